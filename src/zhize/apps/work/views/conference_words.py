"""What the office says on one conference's page beside its steps: papers owed, leave, topics, goals, the record."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from zhize.apps.work import services
from zhize.apps.work.forms import conferences as forms
from zhize.apps.work.models import Conference, ConferenceUnit, Topic
from zhize.apps.work.policies import conferences as policies
from zhize.apps.work.selectors import conferences as selectors
from zhize.apps.work.views.conference_actions import action
from zhize.apps.work.views.conferences import ONLY_OFFICE, conference_page
from zhize.kit.acting import acted, demand
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_POST
@page
def papers(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """布置会议材料."""
    conference: Conference = found(selectors.conference_by_pk(request.actor, pk))
    demand(policies.may_prepare(request.actor, conference), *ONLY_OFFICE)
    rows = selectors.attendance_of(conference)
    return acted(
        request,
        forms.PapersForm(request.POST, rows=rows, auto_id="id_papers_%s"),
        lambda data: services.papers_ask(
            conference=conference, unit_ids=data["units"], due_on=data["due_on"], version=data["version"],
            actor=request.actor, now=request.now,
        ),
        said=_("已布置，未交材料的单位会收到待办"),
        back=reverse("work:conference", args=[pk]) + "#papers",
        again=lambda bound, status: conference_page(request, conference, status=status, papers=bound),
    )  # fmt: skip


record = action(
    "record",
    lambda request: forms.RecordForm(request.POST, auto_id="id_record_%s"),
    services.record_keep,
    gettext_lazy("会议记录已保存"),
)


@require_POST
@page
def leave(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """同意 or 不同意 what a unit asked with its reply."""
    row: ConferenceUnit = found(selectors.attendance_by_pk(request.actor, pk))
    demand(policies.may_prepare(request.actor, row.conference), *ONLY_OFFICE)
    return acted(
        request,
        forms.WordForm(request.POST),
        lambda data: services.leave_decide(
            row=row, granted=data["yes"], word=data["word"], actor=request.actor, now=request.now
        ),
        said=_("已答复，该单位会收到消息"),
        back=reverse("work:conference", args=[row.conference_id]) + "#attendance",
        again=lambda bound, status: conference_page(request, row.conference, status=status, word=bound),
    )


@require_POST
@page
def topic(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """列入议程 or 不列入."""
    row: Topic = found(selectors.topic_by_pk(request.actor, pk))
    demand(policies.may_prepare(request.actor, row.conference), *ONLY_OFFICE)
    return acted(
        request,
        forms.WordForm(request.POST),
        lambda data: services.topic_decide(
            topic=row, chosen=data["yes"], why=data["word"], actor=request.actor, now=request.now
        ),
        said=_("已决定，提出单位会收到消息"),
        back=reverse("work:conference", args=[row.conference_id]) + "#topics",
        again=lambda bound, status: conference_page(request, row.conference, status=status, word=bound),
    )


@require_POST
@page
def goal(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """A decision's goal as the target of a metric card."""
    conference: Conference = found(selectors.conference_by_pk(request.actor, pk))
    demand(policies.may_prepare(request.actor, conference), *ONLY_OFFICE)
    rows = {one.pk: one for one in selectors.resolutions_of(conference)}
    form = forms.GoalForm(request.POST, actor=request.actor, rows=list(rows.values()), auto_id="id_goal_%s")
    return acted(
        request,
        form,
        lambda data: services.resolution_goal(
            resolution=rows[data.pop("resolution")], **data, actor=request.actor, now=request.now
        ),
        said=_("已设为指标目标，完成情况按指标数据跟踪"),
        back=reverse("work:conference", args=[pk]) + "#resolutions",
        again=lambda bound, status: conference_page(request, conference, status=status, goal=bound),
    )

"""What people do with one conference: one address an action, each a plain form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django import forms as django_forms
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhize.apps.work import services
from zhize.apps.work.forms import conferences as forms
from zhize.apps.work.models import Conference, ConferenceCheck, ConferencePaper, ConferenceUnit, Resolution
from zhize.apps.work.policies import conferences as policies
from zhize.apps.work.selectors import conferences as selectors
from zhize.apps.work.views.conferences import ONLY_OFFICE, conference_page
from zhize.core.kernel.ical import Event, ical
from zhize.kit.acting import acted, demand
from zhize.kit.action_forms import VersionForm
from zhize.kit.files.store import open_content
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

Data = dict[str, Any]


def action(
    name: str,
    form: Callable[[HttpRequestWithActor], django_forms.Form],
    run: Callable[..., Any],
    said: str | Promise,
    given: Callable[[Data], Data] = lambda data: data,
) -> Callable[..., HttpResponse]:
    """A page of the office that takes one form for one conference and calls one service with what `given` makes of it."""

    @require_POST
    @page
    def view(request: HttpRequestWithActor, pk: int) -> HttpResponse:
        conference: Conference = found(selectors.conference_by_pk(request.actor, pk))
        demand(policies.may_prepare(request.actor, conference), *ONLY_OFFICE)
        return acted(
            request,
            form(request),
            lambda data: run(conference=conference, **given(data), actor=request.actor, now=request.now),
            said=said,
            back=reverse("work:conference", args=[pk]),
            again=lambda bound, status: conference_page(request, conference, status=status, **{name: bound}),
        )

    return view


def _version(request: HttpRequestWithActor) -> django_forms.Form:
    return VersionForm(request.POST)


def _problems(data: Data) -> Data:
    return {"data": {k: v for k, v in data.items() if k != "version"}, "version": data["version"]}


call = action(
    "call", _version, services.conference_call, gettext_lazy("已通知，各单位会收到消息和参会回执的待办")
)
call_off = action(
    "call_off",
    lambda request: forms.CallOffForm(request.POST),
    services.conference_call_off,
    gettext_lazy("会议已取消"),
)
problems = action(
    "problems",
    lambda request: forms.ProblemsForm(request.POST),
    services.problems_note,
    gettext_lazy("已记录"),
    _problems,
)
resolution_add = action(
    "resolution",
    lambda request: forms.ResolutionForm(request.POST, actor=request.actor),
    services.resolution_add,
    gettext_lazy("已记录会议决定"),
)
hand_out = action(
    "hand_out",
    _version,
    services.resolutions_to_tasks,
    gettext_lazy("已转为任务，牵头单位会收到待办"),
    lambda data: {},
)


def _drafted(run: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """Drafts a paper from the conference and leads to it."""

    @require_POST
    @page
    def view(request: HttpRequestWithActor, pk: int) -> HttpResponse:
        conference: Conference = found(selectors.conference_by_pk(request.actor, pk))
        demand(policies.may_prepare(request.actor, conference), *ONLY_OFFICE)
        document = run(conference=conference, actor=request.actor, now=request.now)
        return redirect("documents:official", pk=document.pk)

    return view


notice = _drafted(services.call_draft)
minutes = _drafted(services.minutes_draft)
situation = _drafted(services.situation_report_draft)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def hold(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """登记召开: who came, ticked from the replies."""
    conference: Conference = found(selectors.conference_by_pk(request.actor, pk))
    demand(policies.may_prepare(request.actor, conference), *ONLY_OFFICE)
    rows = selectors.attendance_of(conference)
    if request.method != "POST":
        return _hold_page(
            request, conference, forms.HoldForm(rows=rows, initial={"version": conference.version}), 200
        )
    return acted(
        request,
        forms.HoldForm(request.POST, rows=rows),
        lambda data: services.conference_hold(
            conference=conference, attended_ids=data["attended"], version=data["version"], actor=request.actor,
            now=request.now,
        ),
        said=_("已登记召开，到会情况计入各单位履职"),
        back=reverse("work:conference", args=[pk]),
        again=lambda bound, status: _hold_page(request, conference, bound, status),
    )  # fmt: skip


def _hold_page(
    request: HttpRequestWithActor, conference: Conference, form: django_forms.Form, status: int
) -> HttpResponse:
    return render(
        request, "work/conference_hold.html", {"conference": conference, "form": form}, status=status
    )


@require_POST
@page
def reply(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """参会回执 of one unit; the office may enter what was said on the telephone."""
    row: ConferenceUnit = found(selectors.attendance_by_pk(request.actor, pk))
    demand(
        policies.may_reply(request.actor, row),
        _("只有参会单位和办公室可以填写参会回执"),
        _("请切换到该单位的身份"),
    )
    return acted(
        request,
        forms.ReplyForm(request.POST),
        lambda data: services.attendance_reply(row=row, **data, actor=request.actor, now=request.now),
        said=_("已回执"),
        back=reverse("work:conference", args=[row.conference_id]),
        again=lambda bound, status: conference_page(request, row.conference, status=status, reply=bound),
    )


@require_POST
@page
def paper_add(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """提交会议材料."""
    conference: Conference = found(selectors.conference_by_pk(request.actor, pk))
    own = next((r for r in selectors.attendance_of(conference) if policies.is_own(request.actor, r)), None)
    allowed = policies.may_bring_paper(request.actor, conference, own)
    demand(allowed, _("只有办公室和参会单位可以提交会议材料"), _("请切换到参会单位的身份"))
    return acted(
        request,
        forms.PaperForm(request.POST, request.FILES),
        lambda data: services.paper_add(
            conference=conference,
            upload=data["file"],
            title=data["title"],
            actor=request.actor,
            now=request.now,
        ),
        said=_("已提交会议材料"),
        back=reverse("work:conference", args=[pk]),
        again=lambda bound, status: conference_page(request, conference, status=status, paper=bound),
    )


@require_safe
@page
def paper(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """A paper of a conference, for everybody who sees the conference; always as an attachment."""
    row: ConferencePaper = found(selectors.paper_by_pk(request.actor, pk))
    response = FileResponse(open_content(row.file.sha256), content_type=row.file.content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(row.file.name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[return-value]  # a streaming response is answered like any other


@require_POST
@page
def tick(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """勾选 an item of the checklist, or takes the tick back."""
    check: ConferenceCheck = found(selectors.check_by_pk(request.actor, pk))
    demand(policies.may_prepare(request.actor, check.conference), *ONLY_OFFICE)
    services.check_tick(check=check, done=check.done_at is None, actor=request.actor, now=request.now)
    return redirect(reverse("work:conference", args=[check.conference_id]) + "#checks")


@require_POST
@page
def resolution_remove(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """Takes a decision out that is no task yet."""
    row: Resolution = found(selectors.resolution_by_pk(request.actor, pk))
    demand(policies.may_prepare(request.actor, row.conference), *ONLY_OFFICE)
    services.resolution_remove(resolution=row, actor=request.actor, now=request.now)
    return redirect("work:conference", pk=row.conference_id)


@require_safe
@page
def calendar_file(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The conference for a calendar (.ics)."""
    conference: Conference = found(selectors.conference_by_pk(request.actor, pk))
    event = Event(
        uid=f"conference-{conference.pk}@zhize",
        on=conference.held_on,
        begins=conference.begins,
        title=conference.title,
        place=conference.place,
        words="\n".join(conference.agenda_items),
        stamp=timezone.localtime(request.now, timezone.get_fixed_timezone(0)),
    )
    response = HttpResponse(ical(event), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="conference-{conference.pk}.ics"'
    return response

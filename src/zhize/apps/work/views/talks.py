"""约谈: the list, one record, recording and correcting."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from zhize.apps.orgs.selectors import own_jurisdiction
from zhize.apps.work import services
from zhize.apps.work.forms.talks import TalkForm
from zhize.apps.work.models import Talk, Task
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.selectors import talks as selectors
from zhize.apps.work.selectors import tasks as task_selectors
from zhize.apps.work.services.talks import EDITABLE
from zhize.apps.work.specs.talks import TALK
from zhize.apps.years.selectors import year_in_progress
from zhize.kit.acting import acted, demand
from zhize.kit.errors import StateConflict
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

ONLY_OFFICE = (gettext_lazy("只有本辖区办公室可以登记约谈"), gettext_lazy("请切换到办公室的身份"))


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """约谈记录."""
    may_record = policies.may_record_talk(request.actor, request.actor.jurisdiction_id or 0)
    return list_page(request, TALK, "work/talks.html", may_record=may_record)


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One talk: what was said, what was promised, about which tasks."""
    talk: Talk = found(selectors.talk_by_pk(request.actor, pk))
    context = {
        "talk": talk,
        "tasks": selectors.tasks_of_talk(talk),
        "may_edit": policies.may_record_talk(request.actor, talk.jurisdiction_id),
    }
    return render(request, "work/talk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def create(request: HttpRequestWithActor) -> HttpResponse:
    """登记约谈, from nothing or about a task (`task`)."""
    jurisdiction = own_jurisdiction(request.actor)
    demand(
        jurisdiction is not None and policies.may_record_talk(request.actor, jurisdiction.pk), *ONLY_OFFICE
    )
    year = year_in_progress(request.actor, request.now.date())
    if year is None or jurisdiction is None:
        raise StateConflict(_("还没有工作年度，不能登记约谈"), remedy=_("请先在“工作年度”中建立并开启本年度"))
    number = request.GET.get("task", "")
    task: Task | None = (
        found(task_selectors.task_by_pk(request.actor, int(number))) if number.isdecimal() else None
    )
    offered = selectors.tasks_to_talk_about(request.actor, task.lead_unit_id, year.pk) if task else []
    address = request.get_full_path()
    if request.method != "POST":
        initial: dict[str, Any] = {"held_on": request.now.date()}
        if task:
            initial |= {"unit": task.lead_unit, "tasks": [task.pk]}
        form = TalkForm(initial=initial, actor=request.actor, tasks=offered)
        return _form_page(request, form, None, address, 200)
    form = TalkForm(request.POST, request.FILES, actor=request.actor, tasks=offered)
    return acted(
        request,
        form,
        lambda data: services.talk_record(
            jurisdiction=jurisdiction,
            year=year,
            data={name: data[name] for name in EDITABLE},
            task_ids=form.task_ids(),
            scan=data["scan"],
            actor=request.actor,
            now=request.now,
        ),
        said=_("已登记，被约谈单位会收到消息"),
        back=lambda talk: reverse("work:talk", args=[talk.pk]),
        again=lambda bound, status: _form_page(request, bound, None, address, status),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page
def edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """更正一条约谈记录."""
    talk: Talk = found(selectors.talk_by_pk(request.actor, pk))
    demand(policies.may_record_talk(request.actor, talk.jurisdiction_id), *ONLY_OFFICE)
    here = selectors.tasks_of_talk(talk)
    offered = {
        t.pk: t for t in [*here, *selectors.tasks_to_talk_about(request.actor, talk.unit_id, talk.year_id)]
    }
    choices, address = list(offered.values()), reverse("work:talk_edit", args=[pk])
    if request.method != "POST":
        initial = {name: getattr(talk, name) for name in (*EDITABLE, "version")}
        form = TalkForm(initial=initial | {"tasks": [t.pk for t in here]}, actor=request.actor, tasks=choices)
        return _form_page(request, form, talk, address, 200)
    form = TalkForm(request.POST, request.FILES, actor=request.actor, tasks=choices)
    return acted(
        request,
        form,
        lambda data: services.talk_correct(
            talk=talk,
            data={name: data[name] for name in EDITABLE},
            task_ids=form.task_ids(),
            scan=data["scan"],
            version=data["version"] or 0,
            actor=request.actor,
            now=request.now,
        ),
        said=_("已更正"),
        back=reverse("work:talk", args=[pk]),
        again=lambda bound, status: _form_page(request, bound, talk, address, status),
    )


def _form_page(
    request: HttpRequestWithActor, form: Any, talk: Talk | None, address: str, status: int
) -> HttpResponse:
    context = {"form": form, "talk": talk, "address": address}
    return render(request, "work/talk_form.html", context, status=status)

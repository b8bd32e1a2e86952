"""任务台账, a unit's own tasks, 督办台账, handing out by hand."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from zhize.apps.orgs.selectors import own_jurisdiction, unit_by_pk
from zhize.apps.regulations.selectors import bounds
from zhize.apps.work import services
from zhize.apps.work.forms.tasks import TaskForm
from zhize.apps.work.models import Matter, Task, TaskReminder
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.policies.coordination import may_handle
from zhize.apps.work.selectors import tasks as selectors
from zhize.apps.work.selectors.coordination import matter_by_pk
from zhize.apps.work.selectors.task_lights import TaskLight, task_light
from zhize.apps.work.selectors.task_replies import requests_open
from zhize.apps.work.specs.tasks import LEDGER, REMINDER, TASK
from zhize.apps.years import selectors as years
from zhize.kit.acting import acted, demand
from zhize.kit.edit import update_page
from zhize.kit.errors import StateConflict
from zhize.kit.imports.services import may_import
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.things import ThingRef
from zhize.kit.views import found, page

ONLY_OFFICE = (gettext_lazy("只有本辖区办公室可以交办任务"), gettext_lazy("请切换到办公室的身份"))


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """任务台账: the year in progress unless another is asked for; lights on top, each a link to its rows."""
    bearing = years.years_bearing(request.actor)
    own = [one for one in bearing if one.jurisdiction_id == request.actor.jurisdiction_id]
    year = years.year_of_day(own, request.now.date())
    rows = selectors.tasks_listed(request.actor)
    chosen_year = request.GET.get("year")
    label = chosen_year or (year.label if year else "")
    lit = rows.filter(year__in=[one.pk for one in bearing if one.label == label])
    counts, counted_at = selectors.task_lights_kept(request.actor, lit, label, request.now)
    may = policies.may_hand_out(request.actor)
    return list_page(
        request,
        TASK,
        "work/tasks.html",
        title=_("任务台账"),
        rows=lit if year and chosen_year is None else rows,
        counted_at=counted_at,
        lights=[(one.value, one.label, counts[one.value]) for one in TaskLight if counts[one.value]],
        chosen=request.GET.get("light", ""),
        shown_year=chosen_year or (year.label if year else ""),
        may_hand_out=may,
        bulk={"name": "ids", "form": "bulk"} if may else None,
        import_url=reverse("imports:upload", args=[LEDGER.kind]) if may_import(request.actor, LEDGER) else "",
    )


@require_safe
@page
def mine(request: HttpRequestWithActor) -> HttpResponse:
    """The page of the acting unit: made for a phone, what to do first on top."""
    if request.actor.unit_id is None:
        return redirect(settings.LOGIN_REDIRECT_URL)
    who = found(unit_by_pk(request.actor, request.actor.unit_id))
    year = years.year_in_progress(request.actor, request.now.date())
    rows = selectors.tasks_of_unit(request.actor, who.pk, year.pk if year else None)
    day = bounds(request.now.date())
    lit = [
        {"task": row, "light": task_light(row, day), "leads": policies.leads(request.actor, row)}
        for row in rows
    ]
    groups = [(title, [one for one in lit if _state(one) in states]) for title, states in _groups()]
    asked = requests_open(request.actor)
    context = {"unit": who, "groups": groups, "total": len(rows), "year": year, "asked": asked}
    return render(request, "work/my_tasks.html", context)


def _state(one: dict[str, Any]) -> str:
    task: Task = one["task"]
    return task.state


def _groups() -> list[tuple[str, tuple[str, ...]]]:
    """Headings with the states under them, in the order of what to do first."""
    return [
        (_("待承办确认"), ("assigned", "handed_back")),
        (_("办理中"), ("returned", "taken", "running")),
        (_("持续推进"), ("continuing",)),
        (_("待核查"), ("asked",)),
        (_("已了结"), ("closed", "cancelled", "suspended")),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@page
def create(request: HttpRequestWithActor) -> HttpResponse:
    """交办: one task by hand; with `from` it carries a task from above further down, with `matter` it is what the
    coordination of a matter came to."""
    demand(policies.may_hand_out(request.actor), *ONLY_OFFICE)
    above, matter = _above(request), _matter(request)
    if request.method == "POST":
        form = TaskForm(request.POST, actor=request.actor, sourced=matter is not None)
        return acted(
            request,
            form,
            lambda data: _create(request, form, data, above, matter),
            said=_("已交办，牵头单位会收到待办"),
            back=reverse("work:matter", args=[matter.pk]) if matter else reverse("work:tasks"),
            again=lambda bound, status: _create_page(request, bound, above, status, matter),
        )
    initial: dict[str, Any] = {"duty": request.GET.get("duty", "")}
    if above:
        initial = {
            "title": above.title, "source": Task.Source.ABOVE, "basis": f"{above.jurisdiction.name} {above.code}",
            "due_on": above.due_on, "part": above.part, "goal": above.goal, "target": above.target,
            "target_kind": above.target_kind, "target_value": above.target_value, "target_unit": above.target_unit,
            "base_value": above.base_value,
        }  # fmt: skip
    if matter:
        initial = {"title": matter.title, "basis": services.basis_of(matter), "goal": matter.wanted[:500]}
    form = TaskForm(initial=initial, actor=request.actor, sourced=matter is not None)
    return _create_page(request, form, above, 200, matter)


def _matter(request: HttpRequestWithActor) -> Matter | None:
    """The matter raised for coordination that this task is to settle; its own office only."""
    number = request.GET.get("matter", "")
    if not number.isdecimal():
        return None
    matter: Matter = found(matter_by_pk(request.actor, int(number)))
    demand(may_handle(request.actor, matter), *ONLY_OFFICE)
    return matter


def _above(request: HttpRequestWithActor) -> Task | None:
    """The task of another jurisdiction that this one is to carry out here."""
    number = request.GET.get("from", "")
    return found(selectors.task_by_pk(request.actor, int(number))) if number.isdecimal() else None


def _create(
    request: HttpRequestWithActor,
    form: TaskForm,
    data: dict[str, Any],
    above: Task | None,
    matter: Matter | None,
) -> None:
    year = years.year_in_progress(request.actor, request.now.date())
    jurisdiction = own_jurisdiction(request.actor)
    if year is None or jurisdiction is None:
        raise StateConflict(_("还没有工作年度，不能交办任务"), remedy=_("请先在“工作年度”中建立并开启本年度"))
    new = services.NewTask(
        title=data["title"],
        lead_unit_id=data["lead_unit"].pk,
        due_on=data["due_on"],
        goal=data["goal"],
        measure=data["measure"],
        target=data["target"],
        target_kind=data["target_kind"],
        target_value=data["target_value"],
        target_unit=data["target_unit"],
        base_value=data["base_value"],
        source=Task.Source.ABOVE if above else data.get("source", Task.Source.HAND),
        ref=ThingRef("work.task", above.pk) if above else None,
        basis=data["basis"],
        support_unit_ids=form.support_ids(),
        duty_ids=[data["duty"].pk] if data["duty"] else [],
        code=data["code"],
        part=data["part"],
    )
    if matter:
        services.matter_assign(matter=matter, task=new, year=year, actor=request.actor, now=request.now)
    else:
        services.task_create(
            task=new, jurisdiction=jurisdiction, year=year, actor=request.actor, now=request.now
        )


def _create_page(
    request: HttpRequestWithActor,
    form: django_forms.Form,
    above: Task | None,
    status: int,
    matter: Matter | None = None,
) -> HttpResponse:
    context = {"form": form, "above": above, "matter": matter}
    return render(request, "work/task_create.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """Corrects the words of a task."""
    return update_page(request, TASK, pk, may=lambda task: policies.may_manage(request.actor, task))


@require_safe
@page
def reminders(request: HttpRequestWithActor) -> HttpResponse:
    """督办台账: every step taken, and whether the unit has answered."""
    may = policies.may_hand_out(request.actor)
    return list_page(request, REMINDER, "work/reminders.html", title=_("督办台账"), may_chase=may)


@require_safe
@page
def reminder(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """A step of supervision is shown with its task."""
    row: TaskReminder = found(selectors.reminders_listed(request.actor).by_pk(pk))
    return redirect("work:task", pk=row.task_id)

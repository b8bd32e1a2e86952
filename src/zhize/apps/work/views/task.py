"""One task: its facts, its story, and what this hat can do with it now."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhize.apps.regulations.selectors import bounds
from zhize.apps.work.forms import tasks as forms
from zhize.apps.work.models import Task, TaskChange, TaskUnit
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.selectors import tasks as selectors
from zhize.apps.work.selectors.chase import CHASED, why_not
from zhize.apps.work.selectors.ladder import ladder_of
from zhize.apps.work.selectors.talks import talks_of_task
from zhize.apps.work.selectors.task_lights import task_light
from zhize.apps.work.selectors.task_story import story_of
from zhize.apps.work.selectors.task_target import target_words
from zhize.core.workflow.ladder import Rung
from zhize.core.workflow.task import TABLE
from zhize.kit.action_forms import VersionForm
from zhize.kit.actor import here
from zhize.kit.clock import local_day
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

STATE = Task.State
DIVISIBLE = (STATE.TAKEN, STATE.RUNNING, STATE.RETURNED, STATE.CONTINUING)
STEP_DUE = {STATE.ASSIGNED: 1, STATE.HANDED_BACK: 1, STATE.ASKED: 4, STATE.CLOSED: 5, STATE.CANCELLED: 5}


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The page of a task."""
    return task_page(request, found(selectors.task_by_pk(request.actor, pk)))


def task_page(request: HttpRequestWithActor, task: Task, *, status: int = 200, **bound: Any) -> HttpResponse:
    """The page, with the form that came back refused under its name."""
    changes = selectors.changes_of(task)
    reminders = selectors.reminders_of(task)
    talks = talks_of_task(task) if getattr(task, "talked", False) else []
    waiting = {change.kind: change for change in changes if change.state == TaskChange.State.ASKED}
    returned = next((c for c in changes if c.kind == TaskChange.Kind.COMPLETION), None)
    progress = selectors.progress_of(task)
    participants = selectors.participants_of(task)
    may = allowed(request, task, waiting, participants)
    rungs = _rungs(request, task, [one.step for one in reminders]) if may["manage"] else []
    day = bounds(request.now.date())
    context = {
        "task": task,
        "light_now": task_light(task, day),
        "participants": participants,
        "duties": selectors.duties_of(task),
        "source": selectors.source_card(request.actor, task),
        "parts": [
            {"task": one, "light": task_light(one, day), "open": open_}
            for one, open_ in selectors.parts_below(request.actor, task)
        ],
        "plan": selectors.steps_of(task),
        "story": story_of(task, progress, reminders, changes, talks),
        "hard": progress[0].difficulties if progress else "",
        "extension": waiting.get(TaskChange.Kind.EXTENSION),
        "returned": returned if task.state == Task.State.RETURNED else None,
        "handed_back": next((c for c in changes if c.kind == TaskChange.Kind.HAND_BACK), None),
        "aim": target_words(task),
        "way": _way(task),
        "may": may,
        "forms": _forms(request, task, may, rungs) | bound,
    }
    return render(request, "work/task.html", context, status=status)


def allowed(
    request: HttpRequestWithActor, task: Task, waiting: dict[str, TaskChange], participants: list[TaskUnit]
) -> dict[str, bool]:
    """What this hat may do in this state: the table says what is possible, the policies who may."""
    actor = request.actor
    steps = set() if task.year.state == "closed" else {step.action for step in TABLE.steps_from(task.state)}
    works = policies.may_work(actor, task)
    manages = policies.may_manage(actor, task)
    judged = "close" in steps or TaskChange.Kind.EXTENSION in waiting
    checks = judged and policies.may_check(actor, task)
    return {
        "take": works and "take" in steps,
        "hand_back": works and "hand_back" in steps,
        "report": "report" in steps and (works or policies.may_report(actor, task, participants)),
        "ask": works and "ask" in steps,
        "withdraw": works and "withdraw" in steps,
        "extend": works and task.state in ("taken", "running", "returned") and task.due_on is not None
        and TaskChange.Kind.EXTENSION not in waiting,
        "check": checks and "close" in steps,
        "decide": checks and TaskChange.Kind.EXTENSION in waiting,
        "reassign": manages and "reassign" in steps,
        "continue": manages and "continue" in steps,
        "suspend": manages and "suspend" in steps,
        "resume": manages and "resume" in steps,
        "cancel": manages and "cancel" in steps,
        "manage": manages and task.state in CHASED,
        "edit": manages and bool(steps),
        "talk": manages and task.state in CHASED,
        "coordinate": works and bool(steps),
        "divide": task.state in DIVISIBLE and (works or manages),
        "pass_down": policies.may_hand_out(actor) and task.jurisdiction_id != actor.jurisdiction_id,
    }  # fmt: skip


def _rungs(request: HttpRequestWithActor, task: Task, taken: list[str]) -> list[Rung]:
    """The steps of supervision that this hat may take against it today; asked of its own office only."""
    today = local_day(request.now)
    ladder = ladder_of(here(), today)
    return [
        rung
        for rung in ladder.rungs
        if request.actor.roles & set(rung.roles) and not why_not(task, ladder, rung, taken, today)
    ]


def _forms(
    request: HttpRequestWithActor, task: Task, may: dict[str, bool], rungs: list[Rung]
) -> dict[str, Any]:
    """An empty form for each thing this hat may do, under the name of its address."""
    actor, start = request.actor, {"version": task.version}
    made: dict[str, Any] = {}
    if may["take"]:
        made["take"] = VersionForm(initial=start)
    if may["report"]:
        month = local_day(request.now)
        made["report"] = forms.ReportForm(
            actor=actor, task=task, initial=start | _reported_before(task) | {"dated_on": month}
        )
    for name, form in (
        ("hand_back", forms.HandBackForm),
        ("withdraw", VersionForm),
        ("extend", forms.ExtensionForm),
        ("check", forms.CommentForm),
        ("decide", forms.CommentForm),
        ("continue", forms.ReasonForm),
        ("suspend", forms.ReasonForm),
        ("resume", forms.ResumeForm),
        ("cancel", forms.ReasonForm),
    ):
        if may[name]:
            made[name] = form(initial=start, auto_id=f"id_{name}_%s")
    if may["reassign"]:
        made["reassign"] = forms.ReassignForm(actor=actor, initial=start, auto_id="id_reassign_%s")
    if rungs:
        made["remind"] = forms.RemindForm(rungs=rungs, initial=start, auto_id="id_remind_%s")
    return made


def _reported_before(task: Task) -> dict[str, Any]:
    """What the form begins with; the percent of a figure or a yes or no follows from what is reported of it."""
    if not task.target_kind:
        return {"percent": task.percent}
    said = {True: "yes", False: "no"}.get(task.is_reached) if task.is_reached is not None else ""
    value = f"{task.reached_value.normalize():f}" if task.reached_value is not None else ""
    return {"value": value, "is_reached": said}


def _way(task: Task) -> list[dict[str, str]]:
    """交办 → 承办确认 → 办理 → 申请办结 → 办结销号: what is done, and the step that is due."""
    words = (_("交办"), _("承办确认"), _("办理"), _("申请办结"), _("办结销号"))
    due = STEP_DUE.get(Task.State(task.state), 2)
    states = ["done" if n < due else "current" if n == due else "todo" for n in range(len(words))]
    return [{"label": word, "state": state} for word, state in zip(words, states, strict=True)]

"""Tasks on pages of others: a clause, a unit, the summary a unit writes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Count, F, Prefetch, Q, Window
from django.urls import reverse

from zhize.apps.documents.models import Evidence
from zhize.apps.orgs import models as orgs
from zhize.apps.regulations.selectors import bounds
from zhize.apps.work.models import Task, TaskDuty, TaskProgress, TaskUnit
from zhize.apps.work.selectors.task_lights import UNSETTLED, TaskLight, task_light
from zhize.apps.work.selectors.tasks import tasks_listed
from zhize.kit.actor import Actor
from zhize.kit.contributions import Digest

SHOWN = 20


def of_clause(actor: Actor, duty_ids: list[int], year_id: int) -> list[dict[str, Any]] | None:
    """The tasks that serve these duties, with their lights and what they rest on. Three statements."""
    serving = TaskDuty.objects.filter(duty_id__in=duty_ids).values("task_id")
    evidence = Evidence.objects.system("belongs to a task the actor sees").select_related("file")
    progress = TaskProgress.objects.system("belongs to a task the actor sees")
    rows = (
        tasks_listed(actor)
        .filter(pk__in=serving, year_id=year_id)
        .prefetch_related(
            Prefetch(
                "progress_rows", progress.prefetch_related(Prefetch("evidence", evidence)).order_by("-at")
            )
        )
    )
    found = rows.order_by(F("due_on").asc(nulls_last=True), "pk")[: SHOWN * 5]
    return [
        {"task": task, "evidence": [e for p in task.progress_rows.all() for e in p.evidence.all()]}
        for task in found
    ] or None


def of_unit(actor: Actor, unit_id: int, today: object) -> dict[str, Any] | None:
    """A unit's unsettled tasks, and how many it has settled. One statement."""
    assert isinstance(today, date)
    part = TaskUnit.objects.system("a unit's tasks, within the actor's scope").filter(unit_id=unit_id)
    rows = tasks_listed(actor).filter(pk__in=part.values("task_id"))
    open_ = Q(state__in=UNSETTLED)
    marked = rows.annotate(unsettled=open_, settled=Window(Count("pk", filter=~open_)))
    found = list(marked.order_by("-unsettled", F("due_on").asc(nulls_last=True), "pk")[:SHOWN])
    if not found:
        return None
    day = bounds(today)
    going = [{"task": one, "light": task_light(one, day)} for one in found if one.unsettled]
    return {"rows": going, "settled": found[0].settled}


def digest(unit_id: int, jurisdiction_id: int, start: date, end: date) -> Digest | None:
    """A unit's tasks of a period in words, for its summary: totals, then each task and where it stands. One statement.

    All it had in hand: handed out by the last day, not finished before the first, or due or reported on within.
    """
    part = TaskUnit.objects.system("a unit's own tasks for its own summary").filter(
        orgs.of_unit(unit_id), role=TaskUnit.Role.LEAD
    )
    rows = Task.objects.system("a unit's own tasks for its own summary").filter(
        Q(due_on__gte=start, due_on__lte=end) | Q(done_on__gte=start, done_on__lte=end)
        | Q(reported_on__gte=start, reported_on__lte=end) | Q(created_at__date__lte=end, done_on__isnull=True),
        pk__in=part.values("task_id"), jurisdiction_id=jurisdiction_id,
    ).exclude(state=Task.State.CANCELLED)  # fmt: skip
    tasks = list(rows.order_by(F("due_on").asc(nulls_last=True), "pk")[:200])
    if not tasks:
        return None
    day = bounds(end)
    lights = [task_light(task, day) for task in tasks]
    lines = [_totals(lights), *(_line(task, light) for task, light in zip(tasks, lights, strict=True))]
    urls = ["", *(reverse("work:task", args=[task.pk]) for task in tasks)]
    return Digest("任务完成情况", tuple(lines), tuple(urls))


def _totals(lights: list[TaskLight]) -> str:
    """牵头任务 5 项：已办结 3 项，逾期 1 项，未到期 1 项。"""
    counts = Counter(lights)
    words = "，".join(f"{one.label} {counts[one]} 项" for one in TaskLight if counts[one])
    return f"牵头任务 {len(lights)} 项：{words}。"


def _line(task: Task, light: TaskLight) -> str:
    done = f"，{task.done_on:%Y-%m-%d}完成" if task.done_on else f"，进度 {task.percent}%"
    word = f"。{task.last_word.rstrip('。')}" if task.last_word else ""
    return f"{task.title}（{light.label}{done}）{word}。"

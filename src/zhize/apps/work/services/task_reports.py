"""Progress reports written in sets: what a unit says of one task on its page, or of all its tasks in answer to a call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.core.files.base import File
from django.db.models import Max

from zhize.apps.documents.models import Evidence
from zhize.apps.documents.services import evidence_hand_in
from zhize.apps.orgs.services.saving import checked
from zhize.apps.orgs.services.todos import todos_close
from zhize.apps.work.models import Task, TaskEvidence, TaskProgress, TaskReminder
from zhize.apps.work.services.task_common import KIND, TODO_REMINDED, ref_of, said
from zhize.apps.work.services.task_steps import behind_of
from zhize.apps.work.services.task_target import target_report
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput


@dataclass(frozen=True, slots=True)
class Report:
    """What a unit says of its progress. `percent` counts from the lead unit only; evidence is new files (`uploads`,
    of `dated_on`), materials registered before (`existing`), or none. `value` or `is_reached` answer the task's target;
    the lead unit's make the percent where it gives none."""

    words: str
    percent: int | None = None
    period: str = ""
    difficulties: str = ""
    uploads: Sequence[File[bytes]] = field(default=())
    existing: Sequence[Evidence] = field(default=())
    dated_on: date | None = None
    value: Decimal | None = None
    is_reached: bool | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One unit's report on one task, which the caller has locked and moved. `evidence` is registered already."""

    task: Task
    report: Report
    leads: bool
    evidence: Sequence[Evidence] = ()


def reports_add(
    rows: Sequence[Said], *, unit_id: int, by: str, at: datetime, actor: Actor, now: datetime
) -> list[TaskProgress]:
    """Writes one unit's reports, said at `at` by `by`, and what each task shows of them (the caller saves the tasks);
    reminders sent before are answered. A task on which somebody has reported later keeps what it shows.

    Statements do not grow with the rows. Raises BadInput where a report does not fit its task.
    """
    if not rows:
        return []
    later = _reported_later(rows, at) if at < now else set()
    kept = [_checked(one, unit_id, by, at, one.task.pk in later) for one in rows]
    TaskProgress.objects.bulk_create(kept, batch_size=500)
    links = [
        TaskEvidence(progress=progress, evidence=file)
        for one, progress in zip(rows, kept, strict=True)
        for file in dict.fromkeys(one.evidence)
    ]
    if links:
        TaskEvidence.objects.bulk_create(links)
        evidence_hand_in(evidence=[link.evidence_id for link in links], now=now)
    _show(rows, kept, later, local_day(at))
    behind = behind_of([one.task for one in rows], now)
    for one in rows:
        one.task.behind = one.task.pk in behind
    _answer([one.task for one in rows if one.leads], at, actor, now)
    return kept


def _checked(one: Said, unit_id: int, by: str, at: datetime, is_late: bool) -> TaskProgress:
    """The report as it is kept; a target's figure makes the percent where none is given."""
    report, percent = one.report, one.report.percent
    words = said(report.words, "进展情况", "一两句话写明做了什么、到哪一步")
    if percent is not None and not 0 <= percent <= 100:
        raise BadInput(f"进度 {percent} 不合适", where="进度", remedy="请填 0 至 100 的整数")
    if one.leads:
        kept = (one.task.reached_value, one.task.is_reached)
        made = target_report(one.task, report.value, report.is_reached)
        if is_late:
            one.task.reached_value, one.task.is_reached = kept
        percent = made if percent is None else percent
    progress = TaskProgress(
        task=one.task, unit_id=unit_id, period=report.period.strip(), percent=percent, value=report.value,
        is_reached=report.is_reached, words=words, difficulties=report.difficulties.strip(), at=at, by=by,
    )  # fmt: skip
    checked(progress, exclude=("task", "unit"))
    return progress


def _show(rows: Sequence[Said], kept: Sequence[TaskProgress], later: set[int], on: date) -> None:
    """What the tasks show of it: words, day, and the lead unit's percent unless parts make it. One statement."""
    led = [one.task.pk for one in rows if one.leads]
    parts = Task.objects.system("a task is the sum of its parts").filter(source_kind=KIND, source_id__in=led)
    divided = set(parts.order_by().values_list("source_id", flat=True).distinct())
    for one, progress in zip(rows, kept, strict=True):
        task = one.task
        if task.pk in later:
            continue
        task.last_word, task.reported_on = progress.words[:200], on
        if one.leads and progress.percent is not None and task.pk not in divided:
            task.percent = progress.percent


def _reported_later(rows: Sequence[Said], at: datetime) -> set[int]:
    """Tasks on which somebody has reported since. One statement."""
    newest = TaskProgress.objects.system("what was said since stands").filter(
        task__in=[one.task.pk for one in rows]
    )
    found = newest.order_by().values_list("task_id").annotate(last=Max("at"))
    return {task_id for task_id, last in found if last > at}


def _answer(tasks: Sequence[Task], at: datetime, actor: Actor, now: datetime) -> None:
    """Reminders that waited for the lead unit's word have it."""
    waiting = TaskReminder.objects.system("a report answers what was asked").filter(
        task__in=[one.pk for one in tasks], answered_at__isnull=True
    )
    if tasks and waiting.filter(at__lte=at).update(answered_at=at):
        asked = set(waiting.values_list("task_id", flat=True))
        refs = [ref_of(one) for one in tasks if one.pk not in asked]
        todos_close(refs=refs, kind=TODO_REMINDED, actor=actor, now=now)

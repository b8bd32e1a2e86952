"""What the lead unit does with a task: takes it on or hands it back, reports, asks for more time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from django.core.files.base import File
from django.db import transaction

from zhize.apps.documents.models import Evidence
from zhize.apps.documents.services import evidence_hand_in, evidence_register
from zhize.apps.orgs.services.saving import checked
from zhize.apps.orgs.services.todos import todo_close, todo_open
from zhize.apps.work.log_types import tasks as log_types
from zhize.apps.work.models import Task, TaskChange, TaskEvidence, TaskProgress, TaskReminder
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.services.task_common import (
    LOGGED,
    TODO_DO,
    TODO_EXTENSION,
    TODO_HANDED_BACK,
    TODO_REMINDED,
    TODO_TAKE,
    asked_change,
    await_office,
    change_of,
    locked,
    log,
    moved,
    parts_of,
    ref_of,
    said,
    save,
    todo_of,
)
from zhize.apps.work.services.task_steps import behind_today
from zhize.apps.work.services.task_target import target_report
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.versioned import check_version, snapshot

ONLY_LEAD = "只有牵头单位的人员可以办理"
SWITCH = "请切换到该单位的身份"


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


@transaction.atomic
def task_take(*, task: Task, version: int | None = None, actor: Actor, now: datetime) -> Task:
    """承办确认: the lead unit takes it on."""
    current = locked(task)
    if not policies.may_work(actor, current):
        raise NotAllowed(ONLY_LEAD, remedy=SWITCH)
    check_version(current, version, mine={})
    before = snapshot(current, LOGGED)
    moved(current, "take")
    save(current)
    todo_close(ref=ref_of(current), kind=TODO_TAKE, actor=actor, now=now)
    todo_open(todo=todo_of(current, TODO_DO, f"办理：{current.title}"), now=now)
    log(log_types.TAKEN, current, actor, now, before)
    return current


@transaction.atomic
def task_hand_back(
    *, task: Task, reason: str, version: int | None = None, actor: Actor, now: datetime
) -> Task:
    """退回交办: not this unit's matter; the office assigns it anew or insists."""
    current = locked(task)
    if not policies.may_work(actor, current):
        raise NotAllowed(ONLY_LEAD, remedy=SWITCH)
    reason = said(reason, "退回理由", "写明依据哪项职责分工、应由谁办理", "办公室要据此改派")
    check_version(current, version, mine={"reason": reason})
    before = snapshot(current, LOGGED)
    moved(current, "hand_back")
    save(current)
    change_of(current, TaskChange.Kind.HAND_BACK, actor, now, reason)
    todo_close(ref=ref_of(current), actor=actor, now=now)
    await_office(current, TODO_HANDED_BACK, f"改派：{current.lead_unit.name}退回“{current.title}”", now)
    log(log_types.HANDED_BACK, current, actor, now, before, note=reason)
    return current


@transaction.atomic
def task_progress_report(*, task: Task, report: Report, actor: Actor, now: datetime) -> TaskProgress:
    """报告进展: words, percent, difficulties, evidence. Answers the reminders that wait for an answer."""
    current = locked(task)
    if not policies.may_report(actor, current):
        raise NotAllowed("只有牵头和配合单位的人员可以报告进展", remedy=SWITCH)
    before = snapshot(current, LOGGED)
    moved(current, "report")
    progress = progress_add(current, report, actor, now)
    save(current)
    log(log_types.REPORTED, current, actor, now, before)
    return progress


def progress_add(task: Task, report: Report, actor: Actor, now: datetime) -> TaskProgress:
    """Writes the report and what the task shows of it (the caller saves the task); reminders are answered."""
    words = said(report.words, "进展情况", "一两句话写明做了什么、到哪一步")
    if report.percent is not None and not 0 <= report.percent <= 100:
        raise BadInput(f"进度 {report.percent} 不合适", where="进度", remedy="请填 0 至 100 的整数")
    leads = policies.leads(actor, task) or actor.is_system
    if leads and (made := target_report(task, report.value, report.is_reached)) is not None:
        report = replace(report, percent=made if report.percent is None else report.percent)
    progress = TaskProgress(
        task=task,
        unit_id=actor.unit_id or task.lead_unit_id,
        period=report.period.strip(),
        percent=report.percent,
        value=report.value,
        is_reached=report.is_reached,
        words=words,
        difficulties=report.difficulties.strip(),
        at=now,
        by=actor.name,
    )
    checked(progress, exclude=("task", "unit"))
    evidence = [*_registered(task, report, actor, now), *report.existing]
    progress.save()
    TaskEvidence.objects.bulk_create(
        TaskEvidence(progress=progress, evidence=one) for one in dict.fromkeys(evidence)
    )
    if evidence:
        evidence_hand_in(evidence=evidence, now=now)
    task.last_word, task.reported_on = words[:200], local_day(now)
    if leads and report.percent is not None and not parts_of(task.pk).exists():
        task.percent = report.percent
    task.behind = behind_today(task, now)
    waiting = TaskReminder.objects.system("a report answers what was asked").filter(task=task)
    if leads and waiting.filter(answered_at__isnull=True).update(answered_at=now):
        todo_close(ref=ref_of(task), kind=TODO_REMINDED, actor=actor, now=now)
    return progress


def _registered(task: Task, report: Report, actor: Actor, now: datetime) -> list[Evidence]:
    return [
        evidence_register(
            upload=upload,
            jurisdiction=task.jurisdiction,
            title=upload.name or "",
            dated_on=report.dated_on or local_day(now),
            actor=actor,
            now=now,
        )
        for upload in report.uploads
    ]


@transaction.atomic
def task_extension_ask(
    *, task: Task, reason: str, new_due_on: date, version: int | None = None, actor: Actor, now: datetime
) -> TaskChange:
    """申请延期: until when, and why. One at a time; the old date holds until the office has granted the new one."""
    current = locked(task)
    if not policies.may_work(actor, current):
        raise NotAllowed(ONLY_LEAD, remedy=SWITCH)
    reason = said(reason, "延期理由", "写明卡在哪里、还差什么", "办公室要据此审批")
    check_version(current, version, mine={"reason": reason})
    if current.state not in (Task.State.TAKEN, Task.State.RUNNING, Task.State.RETURNED):
        raise StateConflict(
            f"{current.get_state_display()}的任务不能申请延期", remedy="请先承办确认，或与办公室联系"
        )
    if current.due_on is None or new_due_on <= current.due_on:
        shown = current.due_on or "未定"
        raise BadInput(
            f"新期限 {new_due_on} 不晚于现期限 {shown}", where="新期限", remedy="请填现期限之后的日期"
        )
    if asked_change(current, TaskChange.Kind.EXTENSION):
        raise StateConflict("已有一份延期申请待审批", why="一次只审批一份", remedy="请等待办公室答复")
    before = snapshot(current, LOGGED)
    change = change_of(
        current, TaskChange.Kind.EXTENSION, actor, now, reason, state=TaskChange.State.ASKED,
        old_due_on=current.due_on, new_due_on=new_due_on,
    )  # fmt: skip
    await_office(current, TODO_EXTENSION, f"审批延期：{current.lead_unit.name}“{current.title}”", now)
    log(log_types.EXTENSION_ASKED, current, actor, now, before, note=f"申请延至 {new_due_on}：{reason}")
    return change

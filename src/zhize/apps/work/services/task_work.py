"""What the lead unit does with a task: takes it on or hands it back, reports, asks for more time."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from zhize.apps.documents.models import Evidence
from zhize.apps.documents.services import evidence_register
from zhize.apps.orgs.services.todos import todo_close, todo_open
from zhize.apps.work.log_types import tasks as log_types
from zhize.apps.work.models import Task, TaskChange, TaskProgress
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.services.task_common import (
    LOGGED,
    TODO_DO,
    TODO_EXTENSION,
    TODO_HANDED_BACK,
    TODO_TAKE,
    asked_change,
    await_office,
    change_of,
    locked,
    log,
    moved,
    ref_of,
    said,
    save,
    todo_of,
)
from zhize.apps.work.services.task_reports import Report, Said, reports_add
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.versioned import check_version, snapshot

ONLY_LEAD = "只有牵头单位的人员可以办理"
SWITCH = "请切换到该单位的身份"


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
    leads = policies.leads(actor, task) or actor.is_system
    evidence = [*_registered(task, report, actor, now), *report.existing]
    unit_id = actor.unit_id or task.lead_unit_id
    one = Said(task, report, leads, evidence)
    return reports_add([one], unit_id=unit_id, by=actor.name, at=now, actor=actor, now=now)[0]


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

"""Completion asked for and checked; more time granted or refused: two parties, never the same unit."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from zhize.apps.orgs.services.todos import todo_close, todo_open
from zhize.apps.work.events.tasks import TaskClosed
from zhize.apps.work.log_types import tasks as log_types
from zhize.apps.work.models import Task, TaskChange
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.services.task_common import (
    LOGGED,
    TODO_CHECK,
    TODO_DO,
    TODO_EXTENSION,
    TODO_RETURNED,
    asked_change,
    await_office,
    change_of,
    drop_asked,
    locked,
    log,
    moved,
    ref_of,
    reschedule_todos,
    said,
    save,
    tell,
    todo_of,
)
from zhize.apps.work.services.task_discharge import tasks_discharge
from zhize.apps.work.services.task_reports import Report
from zhize.apps.work.services.task_steps import demand_parts_settled
from zhize.apps.work.services.task_work import ONLY_LEAD, SWITCH, progress_add
from zhize.apps.years.selectors import confirm_by
from zhize.core.workflow.table import next_state
from zhize.core.workflow.task_change import TABLE
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.events import emit
from zhize.kit.versioned import check_version, snapshot

NOT_OWN = "只有交办的办公室可以核查，且不能核查本单位牵头的任务"
OTHERS = "请由办公室其他身份的人员办理；办公室自己牵头的，由领导核查"


@transaction.atomic
def task_completion_ask(
    *, task: Task, report: Report, version: int | None = None, actor: Actor, now: datetime
) -> TaskChange:
    """申请办结: the last report, with its evidence; this day decides lateness, not the day of the check."""
    current = locked(task)
    if not policies.may_work(actor, current):
        raise NotAllowed(ONLY_LEAD, remedy=SWITCH)
    check_version(current, version, mine={"words": report.words})
    demand_parts_settled(current)
    before = snapshot(current, LOGGED)
    moved(current, "ask")
    progress = progress_add(current, report, actor, now)
    current.percent, current.done_on = 100, local_day(now)
    save(current)
    change = change_of(
        current, TaskChange.Kind.COMPLETION, actor, now, progress.words[:1000], state=TaskChange.State.ASKED,
        progress=progress, old_due_on=current.due_on,
    )  # fmt: skip
    drop_asked(current, actor, now, TaskChange.Kind.EXTENSION)
    todo_close(ref=ref_of(current), actor=actor, now=now)
    due = confirm_by(current.jurisdiction.code, local_day(now))
    await_office(current, TODO_CHECK, f"核查办结：{current.lead_unit.name}“{current.title}”", now, due)
    log(log_types.COMPLETION_ASKED, current, actor, now, before)
    return change


@transaction.atomic
def task_completion_withdraw(*, task: Task, version: int | None = None, actor: Actor, now: datetime) -> Task:
    """The unit takes its application back before it was checked."""
    current = locked(task)
    if not policies.may_work(actor, current):
        raise NotAllowed(ONLY_LEAD, remedy=SWITCH)
    check_version(current, version, mine={})
    before = snapshot(current, LOGGED)
    moved(current, "withdraw")
    current.done_on = None
    save(current)
    _decided(current, TaskChange.Kind.COMPLETION, "withdraw", "", actor, now)
    todo_close(ref=ref_of(current), actor=actor, now=now)
    todo_open(todo=todo_of(current, TODO_DO, f"办理：{current.title}"), now=now)
    log(log_types.COMPLETION_WITHDRAWN, current, actor, now, before)
    return current


@transaction.atomic
def task_check(
    *, task: Task, close: bool, comment: str = "", version: int | None = None, actor: Actor, now: datetime
) -> Task:
    """核查: closes the task, which discharges the duties it serves, or returns it with what is missing."""
    current = locked(task)
    if not policies.may_check(actor, current):
        raise NotAllowed(NOT_OWN, remedy=OTHERS)
    if not close:
        comment = said(comment, "退回意见", "写清缺什么、改哪里", "牵头单位要据此补办")
    check_version(current, version, mine={"comment": comment})
    before = snapshot(current, LOGGED)
    moved(current, "close" if close else "return")
    _decided(current, TaskChange.Kind.COMPLETION, "grant" if close else "refuse", comment, actor, now)
    todo_close(ref=ref_of(current), actor=actor, now=now)
    if close:
        current.closed_on = local_day(now)
        save(current)
        tasks_discharge(tasks=[current], actor=actor, now=now)
        tell(current, f"已办结销号：{current.title}", now)
        emit(TaskClosed(current, actor, now))
    else:
        current.done_on = None
        save(current)
        todo_open(todo=todo_of(current, TODO_RETURNED, f"补办后重新申请办结：{current.title}"), now=now)
        tell(current, f"办结申请被退回：{current.title}。{comment}", now)
    log(log_types.CLOSED if close else log_types.RETURNED, current, actor, now, before, note=comment)
    return current


@transaction.atomic
def task_settle(
    *, task: Task, words: str, on: date, version: int | None = None, actor: Actor, now: datetime
) -> Task:
    """据现场认定办结: whoever checks closes it on what was seen on the spot, asked for or not. `on`, the day it was seen, is the
    day it was done, unless the unit had applied before."""
    current = locked(task)
    if not policies.may_check(actor, current):
        raise NotAllowed(NOT_OWN, remedy=OTHERS)
    words = said(words, "认定情况", "写明看了什么、改到什么程度")
    if on > local_day(now):
        raise BadInput(f"认定日期 {on} 晚于今天", where="认定日期", remedy="请填看到的那一天")
    check_version(current, version, mine={"words": words})
    demand_parts_settled(current)
    before = snapshot(current, LOGGED)
    moved(current, "settle")
    if _decided(current, TaskChange.Kind.COMPLETION, "grant", words, actor, now) is None:
        change_of(current, TaskChange.Kind.COMPLETION, actor, now, words[:1000], old_due_on=current.due_on)
        current.done_on = on
    drop_asked(current, actor, now, TaskChange.Kind.EXTENSION)
    current.percent, current.closed_on = 100, local_day(now)
    save(current)
    todo_close(ref=ref_of(current), actor=actor, now=now)
    tasks_discharge(tasks=[current], actor=actor, now=now)
    tell(current, f"已办结销号：{current.title}。{words}"[:200], now)
    emit(TaskClosed(current, actor, now))
    log(log_types.CLOSED, current, actor, now, before, note=words[:500])
    return current


@transaction.atomic
def task_extension_decide(
    *, task: Task, grant: bool, comment: str = "", version: int | None = None, actor: Actor, now: datetime
) -> Task:
    """审批延期: granted, the date moves and the first one is kept; refused, the reason is said."""
    current = locked(task)
    if not policies.may_check(actor, current):
        raise NotAllowed("只有交办的办公室可以审批延期，且不能审批本单位的申请", remedy=OTHERS)
    if not grant:
        comment = said(comment, "不同意的理由", "写明为什么不能延期")
    check_version(current, version, mine={"comment": comment})
    before = snapshot(current, LOGGED)
    change = _decided(current, TaskChange.Kind.EXTENSION, "grant" if grant else "refuse", comment, actor, now)
    if change is None:
        raise StateConflict("没有待审批的延期申请", remedy="可能已有他人办理，请刷新页面查看")
    if grant and change.new_due_on:
        current.due_on = change.new_due_on
        reschedule_todos([current], change.new_due_on)
    save(current)
    todo_close(ref=ref_of(current), kind=TODO_EXTENSION, actor=actor, now=now)
    word = f"同意延期至 {change.new_due_on}" if grant else "未同意延期"
    tell(current, f"{word}：{current.title}。{comment}", now)
    log(log_types.EXTENSION_DECIDED, current, actor, now, before, note=f"{word}。{comment}")
    return current


def _decided(
    task: Task, kind: str, action: str, comment: str, actor: Actor, now: datetime
) -> TaskChange | None:
    """What waited, moved along its table."""
    change = asked_change(task, kind)
    if change is None:
        return None
    change.state = next_state(TABLE, change.state, action).next_state
    change.decided_at, change.decided_by, change.comment = now, actor.name, comment.strip()[:500]
    change.save()
    return change

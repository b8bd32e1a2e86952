"""What the office does with a task on its way: reassigns, suspends, resumes, cancels, lets it go on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.services.saving import checked
from zhize.apps.orgs.services.todos import todo_close, todo_open
from zhize.apps.work.events.tasks import TaskReassigned
from zhize.apps.work.log_types import tasks as log_types
from zhize.apps.work.models import Task, TaskChange, TaskUnit
from zhize.apps.work.services.task_common import (
    LOGGED,
    TODO_DO,
    TODO_TAKE,
    change_of,
    drop_asked,
    log,
    managed_locked,
    moved,
    ref_of,
    said,
    save,
    tell,
    todo_of,
)
from zhize.apps.work.services.task_links import name_supports
from zhize.apps.work.services.task_target import TARGET_FIELDS, target_settle
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.events import emit
from zhize.kit.versioned import check_version, snapshot

ASKED = (TaskChange.Kind.COMPLETION, TaskChange.Kind.EXTENSION)
EDITABLE = ("title", "part", "goal", "measure", "target", *TARGET_FIELDS, "basis")


@transaction.atomic
def task_update(
    *, thing: Task, data: dict[str, Any], version: int | None, actor: Actor, now: datetime
) -> Task:
    """Corrects the words of a task (title, part, goal, measure, target, basis); dates and units change by their own services."""
    current = managed_locked(thing, actor)
    mine = {name: data[name] for name in EDITABLE if name in data}
    check_version(current, version, mine=mine)
    if current.state in (Task.State.CLOSED, Task.State.CANCELLED):
        raise StateConflict(f"{current.get_state_display()}的任务不能再修改", remedy="请另行交办")
    before = snapshot(current)
    for name, value in mine.items():
        setattr(current, name, value)
    target_settle(current)
    save(current)
    log(log_types.CHANGED, current, actor, now, before)
    return current


@transaction.atomic
def task_reassign(
    *, task: Task, lead_unit_id: int, reason: str, version: int | None = None, actor: Actor, now: datetime
) -> Task:
    """改派: another lead unit takes the matter over; it starts again with 承办确认."""
    current = managed_locked(task, actor)
    reason = said(reason, "改派理由", "写明为什么改派")
    check_version(current, version, mine={"reason": reason})
    unit = Unit.objects.system("who a task is handed to").by_pk(lead_unit_id)
    if unit is None or unit.pk == current.lead_unit_id:
        raise BadInput("新牵头单位与原单位相同，或不存在", where="新牵头单位", remedy="请选择另一个单位")
    before, old = snapshot(current, LOGGED), current.lead_unit
    moved(current, "reassign")
    current.lead_unit = unit
    rows = TaskUnit.objects.system("the lead changes hands").filter(task=current)
    rows.filter(role=TaskUnit.Role.LEAD).delete()
    rows.filter(unit=unit).delete()
    lead = TaskUnit(task=current, unit=unit, role=TaskUnit.Role.LEAD)
    checked(lead)
    lead.save()
    name_supports([current])
    save(current)
    change_of(current, TaskChange.Kind.UNIT, actor, now, reason, old_unit=old, new_unit=unit)
    drop_asked(current, actor, now, *ASKED)
    todo_close(ref=ref_of(current), actor=actor, now=now)
    todo_open(todo=todo_of(current, TODO_TAKE, f"承办确认：{current.title}"), now=now)
    tell(current, f"改派给你单位：{current.title}", now)
    emit(TaskReassigned(current, actor, now))
    log(log_types.REASSIGNED, current, actor, now, before, note=f"{old.name}改为{unit.name}：{reason}")
    return current


@transaction.atomic
def task_continue(
    *, task: Task, reason: str, version: int | None = None, actor: Actor, now: datetime
) -> Task:
    """转为持续推进: not to be finished by a date; it stays open and is reported on."""
    return _ordered(
        task, "continue", TaskChange.Kind.CONTINUE, log_types.CONTINUED, reason, version, actor, now
    )


@transaction.atomic
def task_suspend(*, task: Task, reason: str, version: int | None = None, actor: Actor, now: datetime) -> Task:
    """暂停: no light until it is resumed."""
    return _ordered(
        task, "suspend", TaskChange.Kind.SUSPEND, log_types.SUSPENDED, reason, version, actor, now
    )


@transaction.atomic
def task_resume(
    *,
    task: Task,
    reason: str,
    due_on: date | None = None,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Task:
    """恢复办理, with a new date where one is given."""
    return _ordered(
        task, "resume", TaskChange.Kind.RESUME, log_types.RESUMED, reason, version, actor, now, due_on=due_on
    )


@transaction.atomic
def task_cancel(*, task: Task, reason: str, version: int | None = None, actor: Actor, now: datetime) -> Task:
    """取消: with the reason; nothing is owed any more."""
    return _ordered(task, "cancel", TaskChange.Kind.CANCEL, log_types.CANCELLED, reason, version, actor, now)


def _ordered(
    task: Task,
    action: str,
    kind: str,
    what: LogType,
    reason: str,
    version: int | None,
    actor: Actor,
    now: datetime,
    due_on: date | None = None,
) -> Task:
    current = managed_locked(task, actor)
    reason = said(reason, "理由", "一句话写明情形和依据")
    check_version(current, version, mine={"reason": reason})
    before, old_due = snapshot(current, LOGGED), current.due_on
    moved(current, action)
    current.done_on = None
    if due_on is not None:
        current.due_on = due_on
    save(current)
    change_of(current, kind, actor, now, reason, old_due_on=old_due, new_due_on=current.due_on)
    if action != "resume":
        drop_asked(current, actor, now, *ASKED)
    todo_close(ref=ref_of(current), actor=actor, now=now)
    if action == "resume":
        todo_open(todo=todo_of(current, TODO_DO, f"办理：{current.title}"), now=now)
    words = TaskChange.Kind(kind).label
    tell(current, f"{words}：{current.title}。{reason}", now)
    log(what, current, actor, now, before, note=reason)
    return current

"""Many tasks handed to another unit, or closed, in one step: sets are asked and written, never rows; one entry with the row
file; what cannot be is left out and said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.services.todos import notice_send_to_units, todos_close, todos_open
from zhize.apps.work.events.tasks import TaskClosed, TaskReassigned
from zhize.apps.work.log_types import tasks as log_types
from zhize.apps.work.models import Task, TaskChange, TaskUnit
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.selectors.bulk import Bulk, closings_of, reassignments_of
from zhize.apps.work.services.task_common import TODO_TAKE, desk_of, ref_of, said, todo_of
from zhize.apps.work.services.task_discharge import tasks_discharge
from zhize.apps.work.services.task_links import name_supports
from zhize.core.workflow.table import next_state
from zhize.core.workflow.task import TABLE
from zhize.core.workflow.task_change import TABLE as CHANGE
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.events import emit
from zhize.kit.rowfile import rowfile_store

MOST = 500


@dataclass(frozen=True, slots=True)
class Many:
    """How many were done, and which were left out, why."""

    done: int
    left_out: tuple[Bulk, ...]


@transaction.atomic
def tasks_reassign(
    *, task_ids: Sequence[int], lead_unit_id: int, reason: str, actor: Actor, now: datetime
) -> Many:
    """批量改派 (units merged, matters moved): another lead unit for all of these, each beginning again with 承办确认.

    As `task_reassign` does with one; one message to the new unit. Raises BadInput beyond 500.
    """
    tasks = _locked(task_ids, actor)
    reason = said(reason, "改派理由", "写明为什么改派")
    unit = Unit.objects.system("who tasks are handed to").by_pk(lead_unit_id)
    if unit is None:
        raise BadInput("新牵头单位不存在", where="新牵头单位", remedy="请从单位名录选择")
    found = reassignments_of(tasks, unit.pk, actor)
    chosen = _chosen(found)
    before = [_line(task) for task in chosen]
    old = {task.pk: task.lead_unit for task in chosen}
    _move(chosen, "reassign", lead_unit=unit)
    rows = TaskUnit.objects.system("the lead changes hands").filter(task__in=chosen)
    (rows.filter(role=TaskUnit.Role.LEAD) | rows.filter(unit=unit)).delete()
    TaskUnit.objects.bulk_create(TaskUnit(task=task, unit=unit, role=TaskUnit.Role.LEAD) for task in chosen)
    name_supports(chosen)
    Task.objects.system("the lead changes hands").bulk_update(chosen, ["supports"], batch_size=500)
    TaskChange.objects.bulk_create(
        [
            TaskChange(
                task=task, kind=TaskChange.Kind.UNIT, state=TaskChange.State.GRANTED, unit_id=actor.unit_id or unit.pk,
                reason=reason, old_unit=old[task.pk], new_unit=unit, at=now, by=actor.name, decided_at=now,
                decided_by=actor.name,
            )
            for task in chosen
        ],
        batch_size=500,
    )  # fmt: skip
    _settle(chosen, "withdraw", "", actor, now)
    todos_close(refs=map(ref_of, chosen), actor=actor, now=now)
    todos_open(todos=[todo_of(task, TODO_TAKE, f"承办确认：{task.title}") for task in chosen], now=now)
    _tell(chosen, "改派给你单位", now)
    for task in chosen:
        emit(TaskReassigned(task, actor, now))
    _log(log_types.MANY_REASSIGNED, chosen, before, actor, now, f"改为{unit.name}：{reason}")
    return _many(found)


@transaction.atomic
def tasks_close(*, task_ids: Sequence[int], comment: str = "", actor: Actor, now: datetime) -> Many:
    """批量办结销号 of those whose completion is asked for and which this hat may check; one message a unit.

    As `task_check` does with one. What is asked for stands at 100 percent, so no whole changes. Statements grow only with
    the obligations that are discharged and the papers that are answered, each of which has its own entry.
    """
    tasks = _locked(task_ids, actor)
    found = closings_of(tasks, actor)
    chosen = _chosen(found)
    before = [_line(task) for task in chosen]
    _move(chosen, "close", closed_on=local_day(now))
    _settle(chosen, "grant", comment, actor, now, TaskChange.Kind.COMPLETION)
    todos_close(refs=map(ref_of, chosen), actor=actor, now=now)
    tasks_discharge(tasks=chosen, actor=actor, now=now)
    _tell(chosen, "已办结销号", now)
    for task in chosen:
        emit(TaskClosed(task, actor, now))
    _log(log_types.MANY_CLOSED, chosen, before, actor, now, comment)
    return _many(found)


def _locked(task_ids: Sequence[int], actor: Actor) -> list[Task]:
    """In the order of their keys, so that two at once wait for each other."""
    if not policies.may_hand_out(actor):
        raise NotAllowed("只有交办的办公室可以批量办理", remedy="请切换到办公室的身份")
    if not 0 < len(task_ids) <= MOST:
        raise BadInput("没有选择任务" if not task_ids else f"一次最多办理 {MOST} 项", remedy="请重新勾选")
    rows = Task.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk__in=task_ids)
    return list(rows.select_related("lead_unit", "year", "jurisdiction").order_by("pk"))


def _chosen(found: Sequence[Bulk]) -> list[Task]:
    return [one.task for one in found if not one.why]


def _many(found: Sequence[Bulk]) -> Many:
    left = tuple(one for one in found if one.why)
    return Many(len(found) - len(left), left)


def _move(tasks: Sequence[Task], action: str, **values: object) -> None:
    """Takes all along their table and sets these values: one statement a state they were in."""
    by_state: dict[str, list[int]] = {}
    for task in tasks:
        by_state.setdefault(task.state, []).append(task.pk)
    rows = Task.objects.system("many moved along their table")
    for state, ids in by_state.items():
        goes_to = next_state(TABLE, state, action).next_state
        rows.filter(pk__in=ids).update(state=goes_to, version=F("version") + 1, **values)
    for task in tasks:
        task.state, task.version = next_state(TABLE, task.state, action).next_state, task.version + 1
        for name, value in values.items():
            setattr(task, name, value)


def _settle(
    tasks: Sequence[Task], action: str, comment: str, actor: Actor, now: datetime, kind: str = ""
) -> None:
    """What waited for the office's word about these is decided. One statement."""
    waiting = TaskChange.objects.system("decided with many").filter(
        task__in=tasks, state=TaskChange.State.ASKED
    )
    (waiting.filter(kind=kind) if kind else waiting).update(
        state=next_state(CHANGE, TaskChange.State.ASKED, action).next_state,
        decided_at=now,
        decided_by=actor.name,
        comment=comment.strip()[:500],
    )


def _tell(tasks: Sequence[Task], what: str, now: datetime) -> None:
    """One message a unit, naming the first of its tasks."""
    titles: dict[int, list[str]] = {}
    for task in tasks:
        titles.setdefault(desk_of(task.lead_unit), []).append(task.title)
    texts = {
        desk: f"{what}：{named[0]}" + (f"等 {len(named)} 项，见本单位任务" if len(named) > 1 else "")
        for desk, named in titles.items()
    }
    notice_send_to_units(texts=texts, roles=policies.UNIT, ref=None, now=now)


def _line(task: Task) -> dict[str, object]:
    return {"state": task.state, "lead_unit": task.lead_unit.name, "version": task.version}


def _log(
    what: LogType,
    tasks: Sequence[Task],
    before: Sequence[dict[str, object]],
    actor: Actor,
    now: datetime,
    note: str,
) -> None:
    """One entry for all that moved, with each one's before and after in the row file; none where nothing moved."""
    if not tasks:
        return
    rows = (
        {"id": task.pk, "code": task.code, "before": was, "after": _line(task)}
        for task, was in zip(tasks, before, strict=True)
    )
    digest = rowfile_store(rows)
    record(what, actor=actor, thing=None, now=now, after={"tasks": len(tasks)}, note=note, rows_digest=digest)

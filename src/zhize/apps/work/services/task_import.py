"""The ledger from a file: last year's 台账 as the start of this one, or another system's export."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.services.saving import checked, jurisdiction_of
from zhize.apps.orgs.services.todos import notice_send_to_units, todos_open
from zhize.apps.work.log_types import tasks as log_types
from zhize.apps.work.models import Task, TaskChange, TaskUnit
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.selectors.tasks import units_for_tasks
from zhize.apps.work.services.task_common import (
    RELATIONS,
    TODO_DO,
    TODO_TAKE,
    desk_of,
    reschedule_todos,
    todo_of,
)
from zhize.apps.work.services.task_target import TARGET_FIELDS, target_settle
from zhize.apps.work.services.tasks import Codes, year_locked
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.bulk import chunked
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.fields import Outcome
from zhize.kit.several import parts

Row = Mapping[str, Any]
WORDS = (
    "title",
    "part",
    "source",
    "basis",
    "goal",
    "measure",
    "target",
    *TARGET_FIELDS,
    "supports",
    "due_on",
)
FIXED = {"lead_unit": "改派", "state": "办理", "done_on": "申请办结", "last_word": "报告进展"}
"""What a file may set on a new task only; later each changes by its own step."""


@transaction.atomic
def tasks_import(*, rows: Sequence[Row], actor: Actor, now: datetime, digest: str) -> Outcome:
    """Adds what the year does not have under this code, changes words and dates of what it has, leaves the rest.

    New tasks that still go on get their to-dos; units that lead some get one message. Raises BadInput naming the row.
    """
    if not policies.may_hand_out(actor):
        raise NotAllowed("只有本辖区办公室可以导入任务台账", remedy="请切换到办公室的身份")
    jurisdiction = jurisdiction_of(actor.jurisdiction_id)
    named = {unit.name: unit for unit in units_for_tasks(actor, local_day(now))}
    years: dict[int, tuple[WorkYear, Codes]] = {}
    added = changed = same = 0
    for chunk in chunked(rows):
        for row in chunk:
            if row["year"].pk not in years:
                locked = year_locked(row["year"])
                years[locked.pk] = (locked, Codes(locked))
        held = _held(chunk)
        new = [
            _new(row, years[row["year"].pk][1], jurisdiction, now) for row in chunk if _key(row) not in held
        ]
        edited = {
            task: names for row in chunk if (task := held.get(_key(row))) and (names := _differing(task, row))
        }
        _add(new, named, now)
        _change(edited, named, actor, now)
        added, changed = added + len(new), changed + len(edited)
        same += len(chunk) - len(new) - len(edited)
    record(
        log_types.IMPORTED,
        actor=actor,
        thing=None,
        now=now,
        after={"added": added, "changed": changed, "same": same},
        rows_digest=digest,
    )
    return Outcome(added, changed, same)


def _key(row: Row) -> tuple[int, str]:
    return row["year"].pk, row["code"]


def _held(chunk: Sequence[Row]) -> dict[tuple[int, str], Task]:
    """The tasks these rows mean. One statement."""
    tasks = Task.objects.system("rows of the same year and code as the file's").select_for_update(
        of=("self",)
    )
    found = tasks.filter(year__in={r["year"].pk for r in chunk}, code__in={r["code"] for r in chunk})
    return {(t.year_id, t.code): t for t in found.select_related("lead_unit")}


def _new(row: Row, codes: Codes, jurisdiction: Any, now: datetime) -> Task:
    values = {name: row[name] for name in (*WORDS, *FIXED, "year", "code") if row.get(name) not in (None, "")}
    task = Task(jurisdiction=jurisdiction, seq=codes.seq_of(row["code"]), created_at=now, **values)
    task.first_due_on = task.due_on
    if task.state == Task.State.CLOSED:
        task.done_on = task.done_on or task.due_on
        task.closed_on, task.percent = task.done_on, 100
    target_settle(task)
    checked(task, exclude=RELATIONS)
    return task


def _differing(task: Task, row: Row) -> list[str]:
    """Sets what differs; refuses what a file may not change."""
    for name, step in FIXED.items():
        if name in row and (row[name] or "") != (getattr(task, name) or ""):
            label = task._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            raise BadInput(
                f"已有任务的“{label}”不能由导入改变",
                where=f"任务编号 {task.code}",
                remedy=f"请在任务页“{step}”",
            )
    names = [name for name in WORDS if name in row and _plain(row[name]) != _plain(getattr(task, name))]
    if names:
        task.first_due_on, old = task.first_due_on or task.due_on, task.due_on
        for name in names:
            setattr(task, name, row[name])
        task.version += 1
        task.old_due_on = old  # type: ignore[attr-defined]
        target_settle(task)
        checked(task, exclude=RELATIONS)
    return names


def _plain(value: Any) -> Any:
    """Nothing and no words are the same; zero is a figure."""
    return None if value == "" else value


def _add(new: list[Task], named: Mapping[str, Unit], now: datetime) -> None:
    Task.objects.bulk_create(new, batch_size=500)
    TaskUnit.objects.bulk_create(
        (TaskUnit(task=task, unit=task.lead_unit, role=TaskUnit.Role.LEAD) for task in new), batch_size=500
    )
    _support(new, named)
    kinds = {Task.State.ASSIGNED: TODO_TAKE, Task.State.RUNNING: TODO_DO}
    going = [(task, kinds[Task.State(task.state)]) for task in new if task.state in kinds]
    todos_open(todos=[todo_of(task, kind, task.title) for task, kind in going], now=now)
    counts: dict[int, int] = {}
    for task, _kind in going:
        counts[desk_of(task.lead_unit)] = counts.get(desk_of(task.lead_unit), 0) + 1
    texts = {desk: f"交办任务 {number} 项，请在待办中承办确认" for desk, number in counts.items()}
    notice_send_to_units(texts=texts, roles=policies.UNIT, ref=None, now=now)


def _change(edited: Mapping[Task, list[str]], named: Mapping[str, Unit], actor: Actor, now: datetime) -> None:
    if not edited:
        return
    Task.objects.system("written by an import").bulk_update(
        edited, [*WORDS, "first_due_on", "version"], batch_size=500
    )
    resupported = [task for task, names in edited.items() if "supports" in names]
    others = TaskUnit.objects.system("written anew by an import").filter(task__in=[t.pk for t in resupported])
    others.filter(role=TaskUnit.Role.SUPPORT).delete()
    _support(resupported, named)
    moved = [task for task, names in edited.items() if "due_on" in names]
    TaskChange.objects.bulk_create(
        TaskChange(
            task=task, kind=TaskChange.Kind.DUE, state=TaskChange.State.GRANTED, unit_id=actor.unit_id or task.lead_unit_id,
            reason="由导入的台账调整", old_due_on=task.old_due_on, new_due_on=task.due_on, at=now, by=actor.name,  # type: ignore[attr-defined]
            decided_at=now, decided_by=actor.name,
        )
        for task in moved
    )  # fmt: skip
    for day in {task.due_on for task in moved if task.due_on}:
        reschedule_todos([task for task in moved if task.due_on == day], day)


def _support(tasks: Iterable[Task], named: Mapping[str, Unit]) -> None:
    """The rows of the supporting units, from their names; the import has already refused names that are none."""
    TaskUnit.objects.bulk_create(
        (
            TaskUnit(task=task, unit=named[name], order=number)
            for task in tasks
            for number, name in enumerate(parts(task.supports), 1)
            if name in named and named[name].pk != task.lead_unit_id
        ),
        batch_size=500,
    )

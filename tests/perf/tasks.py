"""Tasks to measure with, written in sets: rows as an import of the ledger leaves them, and one entry of the log for all.

Nothing is held but one chunk, whatever the number. `test_tasks.py` holds that they pass what services demand.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from tests.perf.data import YEAR_START, units_of, year_of
from tests.world import World
from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.services.todos import todos_open
from zhize.apps.work.log_types import tasks as log_types
from zhize.apps.work.models import Task, TaskUnit
from zhize.apps.work.services.task_common import TODO_DO, TODO_TAKE, todo_of
from zhize.apps.years.models import WorkYear
from zhize.kit.audit import record
from zhize.kit.rowfile import rowfile_store
from zhize.kit.versioned import snapshot

NOW = datetime(2012, 4, 16, 2, 0, tzinfo=UTC)
CHUNK = 2000
FILE = 50_000
STATE = Task.State
# Of ten tasks: what an office has in the middle of a year.
STATES = (
    STATE.RUNNING, STATE.RUNNING, STATE.CLOSED, STATE.ASSIGNED, STATE.RUNNING, STATE.CLOSED, STATE.CONTINUING,
    STATE.RUNNING, STATE.CLOSED, STATE.ASSIGNED,
)  # fmt: skip
TODOS = {STATE.ASSIGNED: TODO_TAKE, STATE.RUNNING: TODO_DO}
SOURCES = tuple(Task.Source.values)


def grow_tasks(world: World, total: int) -> None:
    """Adds tasks until there are `total`, as imports of at most `FILE` rows each."""
    there = Task.objects.system("perf").count()
    for first in range(there, total, FILE):
        _import(world, first, min(first + FILE, total))


def _import(world: World, there: int, total: int) -> None:
    """One transaction, one entry with the digest of its row file."""
    year, units = year_of(world), units_of(world)
    with transaction.atomic():
        digest = rowfile_store(
            {"id": task.pk, **snapshot(task)}
            for first in range(there, total, CHUNK)
            for task in _chunk(world, year, units, range(first, min(first + CHUNK, total)))
        )
        record(
            log_types.IMPORTED,
            actor=world.actor("office"),
            thing=None,
            now=NOW,
            after={"added": total - there, "changed": 0, "same": 0},
            rows_digest=digest,
        )


def _chunk(world: World, year: WorkYear, units: list[Unit], numbers: range) -> Iterator[Task]:
    tasks = [task_of(world, year, units, number) for number in numbers]
    Task.objects.bulk_create(tasks, batch_size=500)
    TaskUnit.objects.bulk_create(_participants(tasks, units), batch_size=500)
    todos_open(
        todos=[todo_of(t, TODOS[STATE(t.state)], t.title) for t in tasks if STATE(t.state) in TODOS], now=NOW
    )
    yield from tasks


def task_of(world: World, year: WorkYear, units: list[Unit], number: int) -> Task:
    """The task of this number: always the same one."""
    lead, state = units[number % len(units)], STATES[number % len(STATES)]
    due = YEAR_START + timedelta(days=(number * 7) % 366)
    done = min(due, date(2012, 4, 10)) if state == STATE.CLOSED else None
    return Task(
        jurisdiction=world.jurisdiction["gs"], year=year, code=f"2012-{number + 1:03d}", seq=number + 1,
        title=f"任务{number + 1}：开展重点产品监督抽查", source=SOURCES[number % len(SOURCES)], basis="2012年工作计划（演示）",
        goal="合格率不低于92%", measure="按季安排抽查，公布结果，跟踪整改。" * 3, lead_unit=lead, supports=_supports(units, number),
        due_on=due, first_due_on=due, state=state, percent=100 if done else (number * 13) % 90, done_on=done, closed_on=done,
        last_word="已完成抽样" if state != STATE.ASSIGNED else "", created_at=NOW,
    )  # fmt: skip


def _supporting(units: list[Unit], number: int) -> Unit | None:
    """Every third task has one supporting unit."""
    return units[(number + 1) % len(units)] if number % 3 == 0 else None


def _supports(units: list[Unit], number: int) -> str:
    unit = _supporting(units, number)
    return unit.name if unit else ""


def _participants(tasks: list[Task], units: list[Unit]) -> Iterator[TaskUnit]:
    for task in tasks:
        yield TaskUnit(task=task, unit_id=task.lead_unit_id, role=TaskUnit.Role.LEAD)
        if unit := _supporting(units, task.seq - 1):
            yield TaskUnit(task=task, unit=unit, order=1)

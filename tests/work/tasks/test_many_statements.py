"""Bulk steps cost the same for ten tasks and for a hundred, and do what the single step does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.work.tasks.conftest import DONE, fresh, on, owed
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import Notice, Todo
from zhize.apps.regulations.models import Obligation
from zhize.apps.work.models import Task, TaskChange, TaskUnit
from zhize.apps.work.selectors.bulk import closings_of, reassignments_of
from zhize.apps.work.selectors.tasks import tasks_by_ids
from zhize.apps.work.services import (
    NewTask,
    task_completion_ask,
    task_extension_ask,
    task_take,
    tasks_change_due,
    tasks_close,
    tasks_create,
    tasks_reassign,
)
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import system_actor
from zhize.kit.errors import BadInput

NIGHT = system_actor("test")
Make = Callable[[int, str], list[int]]


@pytest.fixture
def make(world: World, year: WorkYear) -> Make:
    """make(10, "asked") → ids of ten tasks that 省质监局 leads, all as far as that; every other one supported by 省工商局."""

    def run(number: int, state: str) -> list[int]:
        new = [
            NewTask(
                title=f"任务{n}", lead_unit_id=world.unit["zjj"].pk, due_on=date(2012, 9, 30),
                support_unit_ids=[world.unit["gsj"].pk] if n % 2 else [],
            )
            for n in range(number)
        ]  # fmt: skip
        given = {"tasks": new, "jurisdiction": year.jurisdiction, "year": year}
        made = tasks_create(**given, actor=world.actor("office"), now=on(3, 5))
        for task in made if state != "assigned" else ():
            task_take(task=task, actor=NIGHT, now=on(3, 6))
            if state == "asked":
                task_completion_ask(task=task, report=DONE, actor=NIGHT, now=on(5, 6))
        return [task.pk for task in made]

    return run


def sent(act: Callable[[], object]) -> tuple[int, int]:
    """Statements, and how many of them insert rows; marks of nested transactions are not counted."""
    with CaptureQueriesContext(connection) as captured:
        act()
    statements = [q["sql"] for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]
    inserts = sum(sql.startswith("INSERT") for sql in statements)
    return len(statements) - inserts, inserts


def test_reassigning_changing_dates_and_closing_cost_the_same_for_ten_and_for_a_hundred(
    world: World, make: Make
) -> None:
    office, gsj = world.actor("office"), world.unit["gsj"].pk
    acts: dict[str, tuple[str, Callable[[list[int]], object]]] = {
        "reassign": ("taken", lambda ids: tasks_reassign(
            task_ids=ids, lead_unit_id=gsj, reason="机构合并", actor=office, now=on(6, 1))),
        "reschedule": ("taken", lambda ids: tasks_change_due(
            task_ids=ids, due_on=date(2012, 10, 31), reason="会议议定", actor=office, now=on(6, 1))),
        "close": ("asked", lambda ids: tasks_close(task_ids=ids, actor=office, now=on(6, 1))),
        "what would close": ("asked", lambda ids: closings_of(tasks_by_ids(office, ids), office)),
        "what would move": ("taken", lambda ids: reassignments_of(tasks_by_ids(office, ids), gsj, office)),
    }  # fmt: skip
    for name, (state, act) in acts.items():
        cost = {}
        for number in (10, 100):
            ids = make(number, state)
            cost[number] = sent(lambda act=act, ids=ids: act(ids))  # type: ignore[misc]
        assert cost[10][0] == cost[100][0] <= 20, f"{name}: {cost}"
        assert cost[100][1] <= cost[10][1] + 8, f"{name} inserts in chunks, not one by one: {cost}"


def test_many_reassigned_are_as_if_each_had_been(world: World, make: Make) -> None:
    ids = make(6, "taken")
    task_extension_ask(
        task=fresh(Task(pk=ids[0])), reason="等检验", new_due_on=date(2012, 12, 1), actor=NIGHT, now=on(4, 1)
    )
    Notice.objects.system("test").all().delete()
    tasks_reassign(
        task_ids=ids, lead_unit_id=world.unit["gsj"].pk, reason="机构合并", actor=world.actor("office"), now=on(6, 1)
    )  # fmt: skip
    rows = Task.objects.system("test").filter(pk__in=ids)
    assert set(rows.values_list("lead_unit__name", "state")) == {("省工商局", "assigned")}
    assert {row.version for row in rows} == {fresh(Task(pk=ids[1])).version}
    links = TaskUnit.objects.system("test").filter(task__in=ids).values_list("unit__name", "role")
    assert sorted(links) == [("省工商局", "lead")] * 6, "a supporter that leads now does not support too"
    changes = TaskChange.objects.system("test").filter(task__in=ids, kind="unit", state="granted")
    assert set(changes.values_list("old_unit__name", "new_unit__name", "reason")) == {
        ("省质监局", "省工商局", "机构合并")
    }
    asked = TaskChange.objects.system("test").get(kind="extension")
    assert (asked.state, asked.decided_by) == ("withdrawn", world.actor("office").name)
    todos = Todo.objects.system("test").filter(ref_id__in=ids, done_at__isnull=True)
    assert set(todos.values_list("unit__name", "kind")) == {("省工商局", "task.take")} and todos.count() == 6
    note = Notice.objects.system("test").get(user=world.user["other"])
    assert "改派给你单位：任务0等 6 项" in note.text
    entry = Entry.objects.system("test").get(type="work.task.many_reassigned")
    assert entry.rows_digest and "机构合并" in entry.note


def test_many_closed_discharge_what_each_was_done_for(world: World, make: Make, year: WorkYear) -> None:
    owe = owed(world.unit["zjj"], year)
    serving = tasks_create(
        tasks=[NewTask(title="监督抽查", lead_unit_id=world.unit["zjj"].pk, duty_ids=[owe.duty_id])],
        jurisdiction=year.jurisdiction, year=year, actor=world.actor("office"), now=on(3, 5),
    )[0]  # fmt: skip
    task_take(task=serving, actor=NIGHT, now=on(3, 6))
    task_completion_ask(task=serving, report=DONE, actor=NIGHT, now=on(5, 20))
    ids = [serving.pk, *make(3, "asked")]
    many = tasks_close(task_ids=ids, comment="属实", actor=world.actor("office"), now=on(6, 1))
    assert (many.done, many.left_out) == (4, ())
    rows = Task.objects.system("test").filter(pk__in=ids)
    assert set(rows.values_list("state", "closed_on")) == {("closed", date(2012, 6, 1))}
    decided = TaskChange.objects.system("test").filter(kind="completion", state="granted", comment="属实")
    assert decided.count() == 4
    done = Obligation.objects.system("test").get(pk=owe.pk)
    assert (done.status, done.done_on) == ("done", date(2012, 5, 20))
    assert not Todo.objects.system("test").filter(ref_id__in=ids, done_at__isnull=True).exists()
    assert Entry.objects.system("test").get(type="work.task.many_closed").rows_digest


def test_nothing_that_can_be_done_writes_nothing(world: World, make: Make) -> None:
    ids = make(2, "taken")
    many = tasks_close(task_ids=ids, actor=world.actor("office"), now=on(6, 1))
    assert (many.done, len(many.left_out)) == (0, 2)
    assert not Entry.objects.system("test").filter(type="work.task.many_closed").exists()
    with pytest.raises(BadInput, match="没有填写改派理由"):
        tasks_reassign(
            task_ids=ids, lead_unit_id=world.unit["gsj"].pk, reason=" ", actor=world.actor("office"), now=on(6, 1)
        )  # fmt: skip

"""Units merged: the tasks of the one that ended go to its successor in one step, from the page of reform."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.work.tasks.conftest import DONE, HandOut, fresh, on
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import Notice, Succession, Todo, Unit
from zhize.apps.regulations.services import obligations_hand_over
from zhize.apps.work.models import Task, TaskChange, TaskUnit
from zhize.apps.work.services import (
    NewTask,
    task_completion_ask,
    task_remind,
    task_suspend,
    task_take,
    tasks_create,
    tasks_hand_over,
)
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import system_actor
from zhize.kit.errors import NotAllowed

NIGHT = system_actor("test")


@pytest.fixture
def heir(world: World) -> Unit:
    """省质监局 ended on 1 April and was merged into 省工商局."""
    unit = world.unit["zjj"]
    unit.valid_to = date(2012, 4, 1)
    unit.save()
    gsj = world.unit["gsj"]
    Succession.objects.create(predecessor=unit, successor=gsj, kind="merged", effective_on=unit.valid_to)
    return gsj


def many(world: World, year: WorkYear, number: int) -> list[Task]:
    new = [
        NewTask(title=f"任务{n}", lead_unit_id=world.unit["zjj"].pk, support_unit_ids=[world.unit["gsj"].pk])
        for n in range(number)
    ]
    given = {"jurisdiction": year.jurisdiction, "year": year, "actor": world.actor("office"), "now": on(3, 5)}
    return tasks_create(tasks=new, **given)


def test_a_hundred_tasks_go_to_the_successor_from_the_page_each_as_far_as_it_has_come(
    world: World, year: WorkYear, heir: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = many(world, year, 100)
    for task in made[:3]:
        task_take(task=task, actor=NIGHT, now=on(3, 6))
    task_completion_ask(task=made[0], report=DONE, actor=NIGHT, now=on(3, 20))
    task_suspend(task=made[1], reason="等文件", actor=world.actor("office"), now=on(3, 20))
    task_remind(task=made[2], step="remind", actor=world.actor("office"), now=on(3, 25))
    helped = tasks_create(
        tasks=[NewTask(title="配合的", lead_unit_id=world.unit["lz_gov"].pk, support_unit_ids=[world.unit["zjj"].pk])],
        jurisdiction=year.jurisdiction, year=year, actor=world.actor("office"), now=on(3, 5),
    )[0]  # fmt: skip
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: date(2012, 4, 5))
    client = Client()
    client.force_login(world.user["office"], "django.contrib.auth.backends.ModelBackend")
    address = reverse("regulations:hand_over")
    assert "任务 101 项" in client.get(address).content.decode()
    chosen = {"unit": world.unit["zjj"].pk, "heir": heir.pk}
    words = client.post(address, chosen, follow=True).content.decode()
    assert "任务 101 项" in words and "没有需要移交的事项" in words

    rows = Task.objects.system("test").filter(pk__in=[one.pk for one in made])
    assert set(rows.values_list("lead_unit__name", "supports")) == {("省工商局", "")}
    assert [fresh(one).state for one in made[:4]] == ["asked", "suspended", "taken", "assigned"]
    links = TaskUnit.objects.system("test").filter(task__in=made).values_list("unit_id", "role")
    assert sorted(links) == [(heir.pk, "lead")] * 100, "who supported what it now leads, leads only"
    assert fresh(helped).supports == "省工商局"
    changes = TaskChange.objects.system("test").filter(kind="unit", old_unit=world.unit["zjj"], new_unit=heir)
    assert changes.count() == 100
    assert not Todo.objects.system("test").filter(unit=world.unit["zjj"], done_at__isnull=True).exists()
    own = Todo.objects.system("test").filter(unit=heir, done_at__isnull=True)
    kinds = list(own.filter(ref_id=made[2].pk).order_by("kind").values_list("kind", flat=True))
    assert kinds == ["task.do", "task.reminded"], "the reminder waits for the new unit's answer"
    check = Todo.objects.system("test").get(kind="task.check", done_at__isnull=True)
    assert check.unit == world.unit["office"], "what awaits the office stays with the office"
    told = Notice.objects.system("test").filter(user=world.user["other"], text__contains="已撤并")
    assert "101 项任务由本单位承接" in told.get().text
    entry = Entry.objects.system("test").get(type="work.task.handed_over")
    assert entry.rows_digest


def test_it_costs_the_same_for_ten_and_for_a_hundred_and_nothing_the_second_time(
    world: World, year: WorkYear, heir: Unit
) -> None:
    cost = {}
    for number in (10, 100):
        many(world, year, number)
        with CaptureQueriesContext(connection) as captured:
            given = {"year": year, "unit": world.unit["zjj"], "heir": heir}
            assert tasks_hand_over(**given, actor=world.actor("office"), now=on(4, 5)) == number
        sent = [q["sql"] for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]
        cost[number] = len([sql for sql in sent if not sql.startswith("INSERT")])
    assert cost[10] == cost[100] <= 30, cost
    assert tasks_hand_over(**given, actor=world.actor("office"), now=on(4, 5)) == 0
    assert Entry.objects.system("test").filter(type="work.task.handed_over").count() == 2


def test_other_offices_and_units_hand_nothing_over(
    world: World, year: WorkYear, hand_out: HandOut, heir: Unit
) -> None:
    hand_out()
    for key in ("liaison", "sibling", "auditor", "leader"):
        with pytest.raises(NotAllowed):
            tasks_hand_over(
                year=year, unit=world.unit["zjj"], heir=heir, actor=world.actor(key), now=on(4, 5)
            )
    done = obligations_hand_over(
        year=year, unit=world.unit["zjj"], heir=heir, actor=world.actor("office"), now=on(4, 5)
    )
    assert (done.moved, done.joined) == (0, 0), "nothing owed, and the tasks went all the same"
    assert Task.objects.system("test").get().lead_unit == heir

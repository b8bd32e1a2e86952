"""Sub-tasks and steps: parts are checked by who gave them, the whole is their sum, the curve makes it yellow."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.work.tasks.conftest import DONE, HandOut, fresh, on, taken, year_of
from tests.world import World

from zhize.apps.regulations.selectors import bounds
from zhize.apps.work.models import Task, TaskStep
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.selectors.task_lights import TaskLight, task_light
from zhize.apps.work.services import (
    NewStep,
    NewTask,
    Report,
    task_cancel,
    task_check,
    task_completion_ask,
    task_create,
    task_divide,
    task_progress_report,
    task_steps_set,
    task_take,
    tasks_light,
)
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import system_actor
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.things import ThingRef

NIGHT = system_actor("test")


@pytest.fixture
def whole(world: World, hand_out: HandOut) -> Task:
    return taken(hand_out(supports=("gsj",)), world.actor("liaison"))


def part(world: World, whole: Task, unit: str = "zjj", **more: Any) -> Task:
    new = NewTask(**{"title": "抽样", "lead_unit_id": world.unit[unit].pk, **more})
    return task_divide(task=whole, part=new, actor=world.actor("liaison"), now=on(3, 10))


def report(world: World, task: Task, percent: int, month: int = 4) -> None:
    task_progress_report(
        task=task, report=Report("有进展", percent), actor=world.actor("liaison"), now=on(month, 1)
    )


def test_the_whole_is_the_weighted_sum_of_its_parts_and_its_own_report_no_longer_counts(
    world: World, whole: Task
) -> None:
    report(world, whole, 90, 3)
    small, big = part(world, whole, weight=1, person="张工"), part(world, whole, weight=3)
    assert fresh(whole).percent == 0
    for one in (small, big):
        task_take(task=one, actor=world.actor("liaison"), now=on(3, 11))
    report(world, big, 50)
    assert fresh(whole).percent == 37
    report(world, whole, 99)
    assert fresh(whole).percent == 37
    task_cancel(task=small, reason="并入另一项", actor=world.actor("office"), now=on(4, 2))
    assert fresh(whole).percent == 50


def test_the_whole_is_asked_for_when_every_part_is_settled(world: World, whole: Task) -> None:
    liaison = world.actor("liaison")
    one = part(world, whole)
    with pytest.raises(StateConflict, match="还有子任务没有办结"):
        task_completion_ask(task=whole, report=DONE, actor=liaison, now=on(4, 1))
    task_take(task=one, actor=liaison, now=on(3, 11))
    task_completion_ask(task=one, report=DONE, actor=liaison, now=on(4, 2))
    assert not policies.may_check(world.actor("office"), fresh(one)), "who gave the part checks it"
    with pytest.raises(NotAllowed):
        task_check(task=one, close=True, actor=liaison, now=on(4, 3))
    task_check(task=one, close=True, actor=world.actor("head"), now=on(4, 3))
    assert fresh(whole).percent == 100
    task_completion_ask(task=whole, report=DONE, actor=liaison, now=on(4, 4))
    with pytest.raises(StateConflict, match="不能再分解"):
        part(world, whole)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"due_on": date(2012, 7, 1)}, "晚于整项任务的期限"),
        ({"unit": "lz_gov"}, "没有参与本任务"),
        ({"weight": 0}, "权重"),
    ],
)
def test_a_part_that_does_not_fit_is_refused_in_words(
    world: World, whole: Task, more: dict[str, Any], words: str
) -> None:
    with pytest.raises(BadInput) as caught:
        part(world, whole, **more)
    assert words in str(caught.value)
    assert Task.objects.system("test").count() == 1


def test_from_province_to_prefecture_to_county_each_in_its_own_jurisdiction(
    world: World, hand_out: HandOut
) -> None:
    city = world.actor("sibling")
    above = hand_out("lz_gov", due_on=date(2012, 12, 1))
    year = year_of(world.jurisdiction["lz"])
    new = NewTask(
        title="兰州的一份",
        lead_unit_id=world.unit["lz_office"].pk,
        source="above",
        ref=ThingRef("work.task", above.pk),
    )
    below = task_create(task=new, jurisdiction=year.jurisdiction, year=year, actor=city, now=on(3, 8))
    county = task_create(
        task=NewTask(title="区县的一份", lead_unit_id=world.unit["lz_office"].pk, ref=ThingRef("work.task", below.pk)),
        jurisdiction=year.jurisdiction, year=year, actor=city, now=on(3, 9),
    )  # fmt: skip
    task_take(task=county, actor=NIGHT, now=on(3, 10))
    task_progress_report(task=county, report=Report("过半", 60), actor=NIGHT, now=on(4, 1))
    assert [fresh(one).percent for one in (county, below, above)] == [60, 60, 60]


def test_steps_make_it_yellow_in_the_night_and_a_report_puts_it_out(world: World, whole: Task) -> None:
    liaison = world.actor("liaison")
    steps = [NewStep(date(2012, 4, 10), 40, "抽样"), NewStep(date(2012, 6, 20), 90, "检验")]
    task_steps_set(task=whole, steps=steps, actor=liaison, now=on(3, 20))
    assert [tasks_light(actor=NIGHT, now=on(4, day)) for day in (10, 11, 11)] == [0, 1, 0]
    assert task_light(fresh(whole), bounds(date(2012, 4, 11))) is TaskLight.BEHIND
    report(world, whole, 40, 5)
    assert task_light(fresh(whole), bounds(date(2012, 5, 1))) is TaskLight.NOT_DUE
    task_steps_set(task=fresh(whole), steps=[], actor=liaison, now=on(5, 2))
    assert not TaskStep.objects.system("test").exists()


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([(date(2012, 5, 1), 50), (date(2012, 4, 1), 60)], "一个比一个晚"),
        ([(date(2012, 4, 1), 50), (date(2012, 5, 1), 40)], "不应下降"),
        ([(date(2012, 7, 1), 50)], "晚于完成期限"),
        ([(date(2012, 4, 1), 101)], "0 至 100"),
    ],
)
def test_steps_that_make_no_curve_are_refused(
    world: World, whole: Task, steps: list[tuple[date, int]], words: str
) -> None:
    new = [NewStep(day, percent, "") for day, percent in steps]
    with pytest.raises(BadInput) as caught:
        task_steps_set(task=whole, steps=new, actor=world.actor("liaison"), now=on(3, 20))
    assert words in str(caught.value)


def test_the_pages_divide_and_plan_and_a_line_that_cannot_be_read_is_named(
    world: World, whole: Task, year: WorkYear, monkeypatch: Any
) -> None:
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: date(2012, 4, 20))
    client = Client()
    client.force_login(world.user["liaison"], "django.contrib.auth.backends.ModelBackend")
    divide, steps = (reverse(f"work:task_{name}", args=[whole.pk]) for name in ("divide", "steps"))
    assert client.get(divide).status_code == 200
    data = {"title": "现场检查", "lead_unit": world.unit["gsj"].code, "weight": "2", "person": "李工"}
    assert client.post(divide, data).status_code == 302
    wrong = client.post(steps, {"version": whole.version, "steps": "2012-04-10 40% 抽样\n下周 一半"})
    assert wrong.status_code == 400
    assert "第 2 行读不出日期和进度" in wrong.content.decode()
    right = {"version": fresh(whole).version, "steps": "2012-4-10 40% 抽样"}
    assert client.post(steps, right, follow=True).status_code == 200
    shown = client.get(reverse("work:task", args=[whole.pk])).content.decode()
    assert "现场检查" in shown
    assert "进度滞后" in shown

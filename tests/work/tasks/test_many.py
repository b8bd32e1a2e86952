"""Many tasks at once, and the ledger seen other ways: what cannot be is said, nothing is lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.work.tasks.conftest import HandOut, asked, at_most, fresh, on, taken
from tests.world import World

from zhize.apps.work.models import Task, TaskUnit
from zhize.apps.work.selectors.task_groups import groups_of
from zhize.apps.work.selectors.task_lights import TaskLight
from zhize.apps.work.services import NewTask, task_cancel, tasks_close, tasks_create, tasks_reassign
from zhize.apps.years.models import WorkYear
from zhize.kit.errors import BadInput, NotAllowed


@pytest.fixture
def client(world: World, monkeypatch: Any) -> Client:
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: date(2012, 6, 25))
    client = Client()
    client.force_login(world.user["office"], "django.contrib.auth.backends.ModelBackend")
    return client


def test_a_hundred_tasks_follow_a_merger_of_units(world: World, year: WorkYear) -> None:
    """Staff turnover and reform: the new unit leads all, the old one none, what it supported stays."""
    new = [
        NewTask(title=f"任务{n}", lead_unit_id=world.unit["zjj"].pk, support_unit_ids=[world.unit["gsj"].pk])
        for n in range(100)
    ]
    made = tasks_create(
        tasks=new, jurisdiction=year.jurisdiction, year=year, actor=world.actor("office"), now=on(3, 5)
    )
    taken(made[0], world.actor("liaison"))
    task_cancel(task=made[1], reason="不再需要", actor=world.actor("office"), now=on(3, 6))
    many = tasks_reassign(
        task_ids=[one.pk for one in made], lead_unit_id=world.unit["gsj"].pk, reason="机构合并",
        actor=world.actor("office"), now=on(4, 1),
    )  # fmt: skip
    assert (many.done, [one.why for one in many.left_out]) == (99, ["已取消，不能改派"])
    rows = Task.objects.system("test")
    assert rows.filter(lead_unit=world.unit["gsj"], state="assigned").count() == 99
    roles = TaskUnit.objects.system("test").exclude(task=made[1])
    assert set(roles.values_list("unit_id", "role")) == {(world.unit["gsj"].pk, "lead")}
    assert roles.count() == 99
    assert set(rows.exclude(pk=made[1].pk).values_list("supports", flat=True)) == {""}, (
        "it leads, no longer helps"
    )


def test_those_asked_for_are_closed_the_others_say_why_not(
    world: World, hand_out: HandOut, client: Client
) -> None:
    ready = [asked(hand_out(title=f"报结{n}"), world.actor("liaison"), on(5, 20 + n)) for n in range(3)]
    going = taken(hand_out(title="在办"), world.actor("liaison"))
    ids = [one.pk for one in (*ready, going)]
    shown = client.get(reverse("work:tasks_close"), {"ids": ids}).content.decode()
    assert "牵头单位还没有申请办结" in shown
    answer = client.post(reverse("work:tasks_close"), {"ids": ids, "comment": "属实"}, follow=True)
    assert "办理 3 项，1 项没有办理" in answer.content.decode()
    assert [fresh(one).state for one in (*ready, going)] == ["closed"] * 3 + ["taken"]
    assert fresh(ready[0]).done_on == date(2012, 5, 20)


def test_many_are_refused_without_a_choice_and_to_others(world: World, hand_out: HandOut) -> None:
    task = hand_out()
    with pytest.raises(BadInput, match="没有选择任务"):
        tasks_close(task_ids=[], actor=world.actor("office"), now=on(4, 1))
    with pytest.raises(NotAllowed):
        tasks_close(task_ids=[task.pk], actor=world.actor("liaison"), now=on(4, 1))


def test_reassigning_without_a_reason_keeps_the_choice(
    world: World, hand_out: HandOut, client: Client
) -> None:
    task = hand_out()
    answer = client.post(
        reverse("work:tasks_reassign"), {"ids": [task.pk], "lead_unit": world.unit["gsj"].code, "reason": ""}
    )
    assert answer.status_code == 400
    assert f'value="{task.pk}"' in answer.content.decode()
    assert "请写明改派理由" in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"view": "unit"}, "平均进度"),
        ({"view": "calendar", "month": "2012-06"}, "六月到期"),
        ({"view": "steps"}, "gantt-bar"),
        ({"view": "steps", "light": "overdue"}, "没有符合条件的任务"),
        ({"view": "nothing", "month": "xx"}, "平均进度"),
    ],
)
def test_the_ledger_is_seen_other_ways(
    hand_out: HandOut, client: Client, query: dict[str, str], words: str
) -> None:
    hand_out(title="六月到期")
    answer = client.get(reverse("work:tasks_views"), query)
    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_another_month_holds_no_task_of_june(hand_out: HandOut, client: Client) -> None:
    hand_out(title="六月到期")
    shown = client.get(reverse("work:tasks_views"), {"view": "calendar", "month": "2012-12"}).content.decode()
    assert "六月到期" not in shown
    assert "month=2013-01" in shown


def test_the_view_by_unit_counts_all_however_many_and_draws_only_what_can_be_drawn(
    world: World, year: WorkYear, client: Client
) -> None:
    """520 tasks: every one is counted for its unit at the cost of ten; the drawing over time says that it shows the first 500."""
    new = [
        NewTask(
            title=f"任务{n}", lead_unit_id=world.unit["gsj" if n % 4 else "zjj"].pk, due_on=date(2012, 5, 1 + n % 28)
        )
        for n in range(520)
    ]  # fmt: skip
    given = {"jurisdiction": year.jurisdiction, "year": year, "actor": world.actor("office"), "now": on(3, 5)}
    tasks_create(tasks=new[:260], **given)
    tasks_create(tasks=new[260:], **given)
    with at_most(15):
        shown = client.get(reverse("work:tasks_views"), {"view": "unit"})
    page = shown.content.decode()
    assert "520" in page and "只画出" not in page
    groups = groups_of(Task.objects.system("test").all(), date(2012, 6, 25))
    assert [(one.unit.name, one.number, one.attention) for one in groups] == [
        ("省质监局", 130, [(TaskLight.OVERDUE, 130)]),
        ("省工商局", 390, [(TaskLight.OVERDUE, 390)]),
    ]
    drawn = client.get(reverse("work:tasks_views"), {"view": "steps"}).content.decode()
    assert "只画出最早到期的 500 项" in drawn

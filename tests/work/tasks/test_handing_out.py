"""交办: the lead unit gets a to-do, supports a message, each task a code; what cannot be handed out is refused in words."""

from __future__ import annotations

import pytest
from tests.work.tasks.conftest import DUE, HandOut, at_most, fresh, on
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import Notice, Todo
from zhize.apps.regulations.models import Duty
from zhize.apps.work.models import Task, TaskUnit
from zhize.apps.work.services import NewTask, task_create, tasks_create
from zhize.apps.years.models import WorkYear
from zhize.kit.errors import BadInput, NotAllowed, StateConflict


def test_the_lead_unit_is_asked_to_take_it_on_and_the_supporting_unit_is_told(
    world: World, hand_out: HandOut
) -> None:
    task = hand_out("zjj", supports=("gsj",))
    assert (task.code, task.state, task.supports) == ("2012-001", "assigned", "省工商局")
    todo = Todo.objects.system("test").get(ref_kind="work.task", ref_id=task.pk)
    assert (todo.unit, todo.kind, todo.due_on) == (world.unit["zjj"], "task.take", DUE)
    told = Notice.objects.system("test").filter(user=world.user["other"]).values_list("text", flat=True)
    assert list(told) == ["请配合办理：开展五类产品监督抽查"]
    roles = TaskUnit.objects.system("test").filter(task=task).values_list("unit__name", "role")
    assert list(roles) == [("省质监局", "lead"), ("省工商局", "support")]
    assert Entry.objects.system("test").filter(type="work.task.created").count() == 1


def test_codes_go_on_where_the_year_stands_and_own_codes_may_be_given(hand_out: HandOut) -> None:
    assert [hand_out().code, hand_out(code="督办5号").code, hand_out(code="2012-007").code] == [
        "2012-001", "督办5号", "2012-007",
    ]  # fmt: skip
    assert hand_out().code == "2012-008"


def test_a_code_used_before_is_refused_with_its_name(hand_out: HandOut) -> None:
    hand_out(code="督办5号")
    with pytest.raises(BadInput, match="任务编号已用过：督办5号"):
        hand_out(code="督办5号")


def test_a_hundred_tasks_are_handed_out_in_one_go(world: World, year: WorkYear) -> None:
    office = world.actor("office")
    new = [NewTask(title=f"任务{n}", lead_unit_id=world.unit["zjj"].pk, due_on=DUE) for n in range(100)]
    with at_most(20):
        made = tasks_create(tasks=new, jurisdiction=year.jurisdiction, year=year, actor=office, now=on(3, 5))
    assert [made[0].code, made[-1].code] == ["2012-001", "2012-100"]
    assert Todo.objects.system("test").count() == 100
    assert Notice.objects.system("test").filter(user=world.user["liaison"]).count() == 1, "one message a unit"
    entry = Entry.objects.system("test").get(type="work.task.handed_out")
    assert entry.after == {"tasks": 100, "year": "2012年度"} and entry.rows_digest


def test_only_the_office_of_the_jurisdiction_hands_out(world: World, year: WorkYear) -> None:
    new = NewTask(title="任务", lead_unit_id=world.unit["zjj"].pk)
    for key in ("liaison", "leader", "sibling", "auditor"):
        with pytest.raises(NotAllowed):
            task_create(
                task=new, jurisdiction=year.jurisdiction, year=year, actor=world.actor(key), now=on(3, 5)
            )
    assert not Task.objects.system("test").exists()


def test_what_makes_no_sense_is_refused_in_words(world: World, year: WorkYear, hand_out: HandOut) -> None:
    with pytest.raises(BadInput, match="任务：此字段不能为空"):
        hand_out(title="   ")
    with pytest.raises(BadInput, match="没有编号为 99999 的单位"):
        task_create(
            task=NewTask(title="任务", lead_unit_id=99999), jurisdiction=year.jurisdiction, year=year,
            actor=world.actor("office"), now=on(3, 5),
        )  # fmt: skip
    foreign = Duty.objects.create(
        jurisdiction=world.jurisdiction["lz"],
        code="1.1#1",
        title="制定方案",
        text="制定方案。",
        nature="once",
    )
    with pytest.raises(BadInput, match="不在本辖区的责任清单中"):
        hand_out(duty_ids=[foreign.pk])


def test_a_closed_year_takes_no_more_tasks(year: WorkYear, hand_out: HandOut) -> None:
    WorkYear.objects.system("test").filter(pk=year.pk).update(state="closed")
    with pytest.raises(StateConflict, match="2012年度已关账"):
        hand_out()


def test_a_prefecture_sees_the_task_it_leads_and_nobody_elses(world: World, hand_out: HandOut) -> None:
    own, other = hand_out("lz_gov"), hand_out("ts_gov")
    sibling = world.actor("sibling")
    assert list(Task.objects.visible_to(sibling)) == [own]
    todo = Todo.objects.visible_to(sibling).get()
    assert (todo.ref_id, todo.kind) == (own.pk, "task.take")
    assert {own, other} == set(Task.objects.visible_to(world.actor("liaison"))), "within the province all see"
    assert not Task.objects.visible_to(world.actor("child")).exists()
    assert fresh(own).lead_unit == world.unit["lz_gov"]


def test_the_province_never_sees_the_prefectures_own_tasks(world: World) -> None:
    from tests.work.tasks.conftest import year_of

    year = year_of(world.jurisdiction["lz"])
    home = task_create(
        task=NewTask(title="市里的任务", lead_unit_id=world.unit["lz_office"].pk), jurisdiction=year.jurisdiction,
        year=year, actor=world.actor("sibling"), now=on(3, 5),
    )  # fmt: skip
    assert list(Task.objects.visible_to(world.actor("sibling"))) == [home]
    for key in ("office", "director", "leader", "sibling2"):
        assert not Task.objects.visible_to(world.actor(key)).exists()

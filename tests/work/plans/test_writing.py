"""A unit writes its plan: begun from the request, item by item, what its duties lack is told, last year taken over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.work.plans.conftest import Desk, fresh, item_data, items, on, owe, statements

from zhize.apps.audit.models import Entry
from zhize.apps.work import services
from zhize.apps.work.models import Plan
from zhize.apps.work.selectors.plan_choices import gaps_of, plans_to_copy
from zhize.apps.work.selectors.plan_replies import missing, words
from zhize.apps.years.models import WorkYear
from zhize.kit.errors import BadInput, EditConflict, NotAllowed, StateConflict


def test_a_plan_is_begun_once_for_its_request(desk: Desk) -> None:
    plan = desk.plan("zjj")
    assert desk.plan("zjj").pk == plan.pk
    assert (plan.title, plan.level, plan.state) == ("省质监局2012年度质量振兴工作计划", "member", "draft")


def test_a_region_below_writes_a_scheme_through_its_office(desk: Desk) -> None:
    plan = desk.plan("lz_gov")
    assert (plan.level, plan.unit.name) == ("local", "兰州市人民政府")
    assert plan.title == "兰州2012年度质量振兴工作方案", "by the short name of papers"


@pytest.mark.parametrize("who", ["other", "office", "sibling", "leader"])
def test_nobody_else_begins_a_units_plan(desk: Desk, who: str) -> None:
    with pytest.raises(NotAllowed, match="只有省质监局的人员"):
        services.plan_open(request=desk.request("zjj"), actor=desk.actor(who), now=on(1, 10))


def test_an_item_says_what_by_whom_until_when_and_which_duties_it_serves(desk: Desk) -> None:
    plan = desk.plan()
    item = desk.item(plan, support_names="省工商局、省质监局", duty_codes="3.1.1#4")
    assert (item.order, item.support_names, item.duty_codes) == (1, "省工商局", "3.1.1#4")
    assert [link.unit.name for link in item.supports.all()] == ["省工商局"], (
        "who leads does not support as well"
    )
    entry = Entry.objects.system("test").get(type="work.plan_item.created")
    assert entry.after["duty_codes"] == "3.1.1#4"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"due_on": date(2013, 1, 1)}, "完成时限 2013-01-01 不在2012年度之内"),
        ({"support_names": "省电影局"}, "不认识“省电影局”"),
        ({"duty_codes": "3.1.3#1"}, "不认识“3.1.3#1”"),
        ({"card_code": "Q01"}, "指标代码和目标值须一起填写"),
        ({"goal": ""}, "目标"),
    ],
    ids=["a day of another year", "an unknown unit", "another unit's duty", "half a target", "no goal"],
)
def test_what_cannot_be_is_refused_with_its_place(desk: Desk, data: dict[str, Any], says: str) -> None:
    plan = desk.plan()
    with pytest.raises(BadInput) as caught:
        desk.item(plan, **data)
    assert says in str(caught.value.problems[0])
    assert items(plan) == []


def test_duties_no_item_serves_are_told_but_not_those_that_need_none(desk: Desk) -> None:
    plan = desk.plan()
    assert [duty.code for duty in gaps_of(plan)] == ["3.1.1#4"], "3.2#1 is served by the plan itself"
    desk.item(plan, duty_codes="3.1.1#4")
    assert gaps_of(plan) == []


def test_of_two_who_change_one_item_the_second_is_shown_both(desk: Desk) -> None:
    item = desk.item(desk.plan())
    change = {"goal": "批次合格率达到93%以上。"}
    services.plan_item_update(thing=item, data=change, version=1, actor=desk.actor("liaison"), now=on(1, 12))
    with pytest.raises(EditConflict) as caught:
        services.plan_item_update(
            thing=item,
            data={"goal": "批次合格率达到95%以上。"},
            version=1,
            actor=desk.actor("clerk"),
            now=on(1, 12),
        )
    assert caught.value.theirs["goal"] == "批次合格率达到93%以上。"


def test_a_change_that_names_no_duties_leaves_them(desk: Desk) -> None:
    item = desk.item(desk.plan(), duty_codes="3.1.1#4", support_names="省工商局")
    services.plan_item_update(
        thing=item,
        data={"goal": "批次合格率达到93%以上。"},
        version=1,
        actor=desk.actor("liaison"),
        now=on(1, 12),
    )
    (row,) = items(item.plan)
    assert (row.duty_codes, row.support_names, row.version) == ("3.1.1#4", "省工商局", 2)


def test_an_item_taken_out_stays_in_the_log(desk: Desk) -> None:
    item = desk.item(desk.plan())
    services.plan_item_remove(item=item, version=1, actor=desk.actor("liaison"), now=on(1, 12))
    assert items(item.plan) == []
    assert Entry.objects.system("test").get(type="work.plan_item.removed").before["title"] == item.title


def test_items_are_put_in_order_and_numbered_from_one(desk: Desk) -> None:
    plan = desk.plan()
    made = [desk.item(plan, title=title) for title in ("甲", "乙", "丙")]
    ids = [made[2].pk, made[0].pk, made[1].pk]
    services.plan_items_order(plan=plan, ids=ids, version=1, actor=desk.actor("liaison"), now=on(1, 12))
    assert [(i.order, i.title) for i in items(plan)] == [(1, "丙"), (2, "甲"), (3, "乙")]


def test_an_order_that_forgets_an_item_is_refused(desk: Desk) -> None:
    plan = desk.plan()
    one, _two = desk.item(plan), desk.item(plan)
    with pytest.raises(BadInput, match="次序里的事项与计划不一致"):
        services.plan_items_order(
            plan=plan, ids=[one.pk], version=None, actor=desk.actor("liaison"), now=on(1, 12)
        )


def test_last_years_items_are_taken_over_with_their_dates_moved(desk: Desk) -> None:
    year = WorkYear.objects.create(
        jurisdiction=desk.year.jurisdiction, label="2013年度", starts_on=date(2013, 1, 1), ends_on=date(2013, 12, 31),
        state="open",
    )  # fmt: skip
    owe(desk.world, year, "3.1.1#4", desk.world.unit["zjj"], year.starts_on, year.ends_on)
    old = desk.accepted("zjj", duty_codes="3.1.1#4", due_on=date(2012, 2, 29), support_names="省工商局")
    new = Plan.objects.create(
        jurisdiction=year.jurisdiction,
        year=year,
        unit=old.unit,
        level="member",
        title="2013年计划",
        created_at=on(12, 1),
    )
    assert plans_to_copy(desk.actor("liaison"), new) == [old]
    services.plan_items_copy(plan=new, source=old, actor=desk.actor("liaison"), now=on(12, 2))
    (item,) = items(new)
    assert (item.due_on, item.duty_codes, item.support_names, item.review) == (
        date(2013, 2, 28), "3.1.1#4", "省工商局", "pending",
    )  # fmt: skip
    with pytest.raises(StateConflict, match="没有可沿用的事项"):
        services.plan_items_copy(plan=new, source=old, actor=desk.actor("liaison"), now=on(12, 2))


def test_nobody_takes_over_a_plan_he_may_not_see(desk: Desk) -> None:
    draft = desk.plan("gsj")
    with pytest.raises(NotAllowed, match="看不到的计划"):
        services.plan_items_copy(
            plan=desk.plan("zjj"), source=draft, actor=desk.actor("liaison"), now=on(1, 12)
        )


def test_a_hundred_rows_of_a_table_go_in_with_few_statements_and_one_entry(desk: Desk) -> None:
    plan, zjj = desk.plan(), desk.world.unit["zjj"]
    row = item_data(lead_unit=zjj, support_names="省工商局", co_act_names="", duty_codes="3.1.1#4")
    rows = [{**row, "plan": plan, "order": n, "title": f"事项{n}"} for n in range(1, 101)]
    with statements(20):
        outcome = services.plan_items_import(
            rows=rows, actor=desk.actor("liaison"), now=on(1, 12), digest="d" * 64
        )
    assert (outcome.added, outcome.changed) == (100, 0)
    rows[3]["goal"] = "批次合格率达到95%以上。"
    again = services.plan_items_import(rows=rows, actor=desk.actor("liaison"), now=on(1, 12), digest="e" * 64)
    assert (again.added, again.changed, again.same) == (0, 1, 99)
    assert items(plan)[3].support_names == "省工商局"
    assert Entry.objects.system("test").filter(type="work.plan_item.imported").count() == 2


def test_a_table_with_a_day_of_another_year_writes_nothing_and_names_the_row(desk: Desk) -> None:
    plan = desk.plan()
    row = item_data(lead_unit=desk.world.unit["zjj"], plan=plan, order=7, due_on=date(2011, 5, 1))
    with pytest.raises(BadInput) as caught:
        services.plan_items_import(rows=[row], actor=desk.actor("liaison"), now=on(1, 12), digest="d" * 64)
    assert "第 7 项" in str(caught.value.problems[0])
    assert items(plan) == []


def test_the_request_is_told_what_is_missing(desk: Desk) -> None:
    request = desk.request("zjj")
    assert "还没有事项" in missing(request.pk)[0]
    desk.item(desk.plan())
    assert missing(request.pk) == []
    assert words([request.pk]) == {request.pk: "计划事项 1 项"}


def test_a_plan_of_a_closed_year_is_not_written_any_more(desk: Desk) -> None:
    plan = desk.plan()
    WorkYear.objects.system("test").filter(pk=desk.year.pk).update(state="closed")
    with pytest.raises(StateConflict, match="已关账"):
        desk.item(plan)


def test_name_and_overview_change_with_the_version_one_saw(desk: Desk) -> None:
    plan = desk.plan()
    actor = desk.actor("liaison")
    services.plan_update(thing=plan, data={"overview": "稳中求进。"}, version=1, actor=actor, now=on(1, 12))
    assert fresh(plan).overview == "稳中求进。"
    with pytest.raises(EditConflict):
        services.plan_update(thing=plan, data={"overview": "另一句。"}, version=1, actor=actor, now=on(1, 12))


def test_a_stranger_with_a_borrowed_role_writes_nothing(desk: Desk) -> None:
    plan = desk.plan("zjj")
    stranger = replace(desk.actor("other"), roles=frozenset({"unit_head"}))
    with pytest.raises(NotAllowed):
        services.plan_item_create(
            plan=plan, data=item_data(lead_unit=plan.unit), actor=stranger, now=on(1, 12)
        )

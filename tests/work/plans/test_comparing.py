"""Plans set against each other, comments asked on the draft, and who below carries an item."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from tests.work.plans.conftest import Desk, fresh, items, on

from zhize.apps.requests.services import call_create, call_issue
from zhize.apps.work import services
from zhize.apps.work.models import Plan
from zhize.apps.work.selectors.plan_compare import comparable, comparison
from zhize.core.plans.compare import Line, compare
from zhize.kit.things import ThingRef

SOME = Decimal("0.40")


def line(number: str, title: str, made_from: str = "", **fields: str) -> Line:
    return Line(number, title, fields, made_from)


def test_an_item_goes_with_the_one_it_was_made_from_then_its_name_then_the_most_alike() -> None:
    old = [
        line("1", "开展建材抽查", 时限="6月"),
        line("2", "公布服务承诺"),
        line("3", "建立企业质量档案"),
        line("4", "治理扬尘"),
    ]
    new = [
        line("7", "完全改名的事项", "1", 时限="9月"), line("8", "公布服务承诺"), line("9", "建立企业质量信用档案"), line("10", "开设质量课程"),
    ]  # fmt: skip
    found = compare(old, new, SOME)
    assert [(p.before.id, p.after.id) for p in (*found.changed, *found.same)] == [
        ("1", "7"),
        ("2", "8"),
        ("3", "9"),
    ]
    assert [(c.label, c.before, c.after) for c in found.changed[0].changes] == [("时限", "6月", "9月")]
    assert ([one.id for one in found.added], [one.id for one in found.dropped]) == (["10"], ["4"])


def test_two_of_the_same_name_go_with_one_each() -> None:
    found = compare([line("1", "抽查")], [line("2", "抽查"), line("3", "抽查")], Decimal(1))
    assert [p.after.id for p in found.same] == ["2"]
    assert [one.id for one in found.added] == ["3"]


@pytest.fixture
def amended(desk: Desk) -> tuple[Plan, Plan]:
    """The issued plan, and its next version with one item changed, one taken out, one new."""
    old, office = desk.issued(), desk.actor("office")
    new = services.plan_amend(plan=old, reason="半年会商", actor=office, now=on(7, 1))
    first, second = items(new)
    services.plan_item_update(
        thing=first, data={"due_on": date(2012, 12, 20), "goal": "批次合格率达到95%以上。"}, version=None, actor=office,
        now=on(7, 2),
    )  # fmt: skip
    services.plan_item_remove(item=second, version=None, actor=office, now=on(7, 2))
    desk.item(fresh(new), who="office", title="开展汽车4S店服务质量检查", lead_unit=desk.world.unit["gsj"])
    return fresh(old), fresh(new)


def test_a_version_is_set_against_the_one_before_item_by_item(desk: Desk, amended: tuple[Plan, Plan]) -> None:
    old, new = amended
    made = comparison(new, old)
    assert (made.before.pk, made.after.pk) == (old.pk, new.pk), "the earlier one first, whichever is asked"
    assert [one.title for one in made.found.added] == ["开展汽车4S店服务质量检查"]
    assert [one.title for one in made.found.dropped] == ["开展流通领域商品质量抽查"]
    (pair,) = made.found.changed
    assert {c.label: (c.before, c.after) for c in pair.changes} == {
        "目标": ("批次合格率达到92%以上。", "批次合格率达到95%以上。"),
        "完成时限": ("2012年11月30日", "2012年12月20日"),
    }
    assert comparable(desk.actor("office"), new)[0].pk == old.pk


def test_the_page_shows_old_and_new_side_by_side(desk: Desk, amended: tuple[Plan, Plan]) -> None:
    _old, new = amended
    client = Client()
    client.force_login(desk.world.user["office"], "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("work:plan_compare", args=[new.pk])).content.decode()
    for words in (
        "批次合格率达到92%以上。",
        "批次合格率达到95%以上。",
        "开展汽车4S店服务质量检查",
        "新增 1 项，减少 1 项，改动 1 项，不变 0 项",
    ):
        assert words in page
    wrong = client.get(reverse("work:plan_compare", args=[new.pk]), {"with": "999999"})
    assert wrong.status_code == 400


def test_units_asked_for_comments_see_the_draft_and_others_do_not(desk: Desk) -> None:
    plan = desk.taken()
    seen = Plan.objects.visible_to
    assert not seen(desk.actor("liaison")).filter(pk=plan.pk).exists()
    call = call_create(
        jurisdiction=desk.year.jurisdiction, year=desk.year, title="工作计划征求意见", due_on=date(2012, 3, 1),
        unit_ids=[desk.world.unit["zjj"].pk], content="requests.comments", source=ThingRef("work.plan", plan.pk),
        actor=desk.actor("office"), now=on(2, 12),
    )  # fmt: skip
    assert not seen(desk.actor("liaison")).filter(pk=plan.pk).exists(), "not before it is sent"
    call_issue(call=call, version=None, actor=desk.actor("office"), now=on(2, 12))
    assert seen(desk.actor("liaison")).filter(pk=plan.pk).exists()
    assert not seen(desk.actor("other")).filter(pk=plan.pk).exists()
    client = Client()
    client.force_login(desk.world.user["office"], "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("work:plan", args=[plan.pk])).content.decode()
    assert reverse("requests:call", args=[call.pk]) in page
    assert f"template=comments&amp;source=work.plan%3A{plan.pk}" in page

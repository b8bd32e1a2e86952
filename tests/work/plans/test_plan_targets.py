"""印发后成为指标目标: items with figures set the year's targets; what cannot be set is told and stops nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.work.plans.conftest import Desk, fresh, items, on

from zhize.apps.metrics.models import Target
from zhize.apps.metrics.services import cards_load
from zhize.apps.orgs.models import Notice
from zhize.apps.work import services
from zhize.apps.work.models import Plan, PlanItem
from zhize.kit.actor import system_actor

RATE = {"card_code": "product.spot_check.pass_rate", "base_value": "90.5", "target_value": "92"}


@pytest.fixture(autouse=True)
def cards(desk: Desk) -> None:
    cards_load(actor=system_actor("测试"), now=on(1, 5))


def _by(desk: Desk, month: int = 3) -> dict[str, Any]:
    return {"actor": desk.actor("office"), "now": on(month, 6)}


def _issued(desk: Desk, *figures: dict[str, str]) -> Plan:
    """The plan of two items with these figures."""
    plan = desk.approved()
    for item, figure in zip(items(plan), figures, strict=False):
        PlanItem.objects.system("test").filter(pk=item.pk).update(**figure)
    services.plan_issue(plan=plan, doc_no="甘质振办〔2012〕3号", on=date(2012, 3, 6), **_by(desk))
    return fresh(plan)


def _targets() -> list[Target]:
    return list(Target.objects.system("test").select_related("card", "region").order_by("pk"))


def _told(desk: Desk) -> str:
    rows = Notice.objects.system("test").filter(user=desk.world.user["office"], text__contains="指标目标")
    return " ".join(rows.values_list("text", flat=True))


def test_a_figure_of_an_item_is_the_target_of_the_province_with_the_plan_as_its_ground(desk: Desk) -> None:
    _issued(desk, RATE)
    (target,) = _targets()
    assert (target.card.code, target.region, target.value, target.base) == (
        RATE["card_code"], desk.world.region["gs"], Decimal(92), Decimal("90.5"),
    )  # fmt: skip
    assert target.document.endswith("（甘质振办〔2012〕3号）第1项") and _told(desk) == ""


@pytest.mark.parametrize(
    ("figures", "says"),
    [
        ((RATE, RATE | {"target_value": "93"}), "目标值不同"),
        (({"card_code": "no.such.card", "target_value": "9"},), "没有代码为 no.such.card 的指标卡"),
    ],
)
def test_what_cannot_be_set_is_told_and_the_plan_is_issued(
    desk: Desk, figures: tuple[dict[str, str], ...], says: str
) -> None:
    assert _issued(desk, *figures).state == "issued"
    assert _targets() == [] and says in _told(desk)


def test_the_same_promise_of_two_items_is_one_target(desk: Desk) -> None:
    _issued(desk, RATE, RATE)
    assert len(_targets()) == 1


def test_an_amended_figure_changes_the_target_and_one_set_by_hand_since_stays_else(desk: Desk) -> None:
    old = _issued(desk, RATE)
    again = services.plan_amend(plan=old, reason="半年会商", **_by(desk, 7))
    services.plan_item_update(thing=items(again)[0], data={"goal": "改。"}, version=None, **_by(desk, 7))
    Target.objects.system("test").update(value=95)
    second = _reissue(desk, again, "甘质振办〔2012〕9号")
    assert [one.value for one in _targets()] == [Decimal(95)]
    third = services.plan_amend(plan=second, reason="再会商", **_by(desk, 8))
    services.plan_item_update(
        thing=items(third)[0], data={"target_value": Decimal(96)}, version=None, **_by(desk, 8)
    )
    third = _reissue(desk, third, "甘质振办〔2012〕12号")
    assert [(one.value, "12号" in one.document) for one in _targets()] == [(Decimal(96), True)]
    fourth = services.plan_amend(plan=third, reason="又会商", **_by(desk, 9))
    services.plan_item_remove(item=items(fourth)[0], version=None, **_by(desk, 9))
    _reissue(desk, fourth, "甘质振办〔2012〕15号")
    assert len(_targets()) == 1 and "不再列入，它的指标目标还在" in _told(desk)


def _reissue(desk: Desk, plan: Plan, number: str) -> Plan:
    by = _by(desk, 9)
    services.plan_present(plan=fresh(plan), version=None, **by)
    services.plan_approve(plan=plan, by_name="组长", on=date(2012, 9, 2), **by)
    services.plan_issue(plan=plan, doc_no=number, on=date(2012, 9, 2), **by)
    return fresh(plan)

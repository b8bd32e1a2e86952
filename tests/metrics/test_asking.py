"""Drafting a call for figures: what may be asked, and that a form once sent stays as sent."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.metrics.conftest import BATCHES, RATE
from tests.world import World

from zhize.apps.metrics import selectors, services
from zhize.apps.metrics.models import Card, Collection
from zhize.apps.requests import services as asking
from zhize.apps.years.models import WorkYear
from zhize.core.metrics.spans import period_of
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, StateConflict

pytestmark = pytest.mark.django_db


def test_what_the_product_can_count_is_not_asked_for(
    world: World, cards: dict[str, Card], year: WorkYear, office: Actor, now: datetime
) -> None:
    def ask(codes: list[str], periods: list[str]) -> None:
        services.collection_create(
            jurisdiction=world.jurisdiction["gs"], year=year, title="演示", due_on=date(2012, 7, 10),
            unit_ids=[world.unit["lz_gov"].pk], cards=[cards[code] for code in codes],
            periods=[period_of(one) for one in periods], actor=office, now=now,
        )  # fmt: skip

    with pytest.raises(BadInput, match="由系统计算"):
        ask([RATE], ["2012年"])
    with pytest.raises(BadInput, match="没有选指标"):
        ask([], ["2012年"])
    with pytest.raises(BadInput, match="没有选期间"):
        ask([BATCHES], [])
    with pytest.raises(BadInput, match="一次填不完"):
        ask([BATCHES], [f"{1910 + n // 12}年{n % 12 + 1}月" for n in range(401)])


def test_a_call_for_figures_without_a_grid_is_not_sent(
    world: World, year: WorkYear, office: Actor, now: datetime
) -> None:
    call = asking.call_create(
        jurisdiction=world.jurisdiction["gs"], year=year, title="演示", due_on=date(2012, 7, 10),
        unit_ids=[world.unit["lz_gov"].pk], content="metrics.figures", actor=office, now=now,
    )  # fmt: skip
    with pytest.raises(BadInput, match="没有选定要填报的指标"):
        asking.call_issue(call=call, version=None, actor=office, now=now)


def test_a_draft_form_is_changed_and_a_sent_one_is_not(
    world: World, collection: Collection, cards: dict[str, Card], office: Actor, now: datetime
) -> None:
    act = {
        "collection": collection, "data": {"table_no": "演示2", "title": "改了标题"}, "unit_ids": None,
        "cards": [cards[BATCHES]], "periods": [period_of("2012年第三季度")], "version": None, "actor": office, "now": now,
    }  # fmt: skip
    changed = services.collection_update(**act)  # type: ignore[arg-type]
    assert changed.table_no == "演示2" and [label for _span, label in changed.spans] == ["2012年第三季度"]
    assert changed.call.title == "改了标题"
    asking.call_issue(call=collection.call, version=None, actor=office, now=now)
    with pytest.raises(StateConflict):
        services.collection_update(**act)  # type: ignore[arg-type]
    assert selectors.card_by_code(office, BATCHES) is not None

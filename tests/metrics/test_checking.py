"""Figures keep their cards' rules by whatever door they come, and are taken in only once those below are."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.metrics.conftest import BATCHES, PASSED, Enter
from tests.world import SINCE, World

from zhize.apps.metrics import services
from zhize.apps.metrics.models import Card, CellKey, Collection, Observation
from zhize.apps.metrics.selectors.collecting import grid_of
from zhize.apps.metrics.services import Written
from zhize.apps.orgs.models import Membership
from zhize.apps.requests import services as asking
from zhize.apps.requests.models import UnitRequest
from zhize.apps.years.models import WorkYear
from zhize.core.metrics.spans import period_of
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, StateConflict

pytestmark = pytest.mark.django_db
RATE = "product.manufacturing.pass_rate"


@pytest.fixture
def bring(world: World, cards: dict[str, Card], office: Actor, now: datetime, year: WorkYear) -> Any:
    """bring((BATCHES, "lz", {"value": Decimal(1)}), …) imports figures of the first quarter of 2012."""

    def put(*lines: tuple[str, str, dict[str, Any]]) -> None:
        rows = [
            {
                "card": cards[code],
                "region": world.region[place],
                "period_label": "2012年第一季度",
                "source_words": "演示",
            }
            | more
            for code, place, more in lines
        ]
        services.observations_import(rows=rows, actor=office, now=now, digest="")

    return put


def refused(bring: Any, *lines: tuple[str, str, dict[str, Any]]) -> str:
    with pytest.raises(BadInput) as caught:
        bring(*lines)
    assert not Observation.objects.system("test").filter(period_start=date(2012, 1, 1)).exists()
    return "".join(str(one) for one in caught.value.problems)


def test_an_import_against_a_hard_rule_is_refused_with_card_region_and_period(bring: Any) -> None:
    says = refused(
        bring,
        (BATCHES, "lz", {"value": Decimal(100)}),
        (PASSED, "lz", {"value": Decimal(101), "note": "演示"}),
    )
    assert "兰州市 2012年第一季度" in says and "101 应不大于" in says


def test_an_imported_figure_is_compared_with_what_stands_already(bring: Any, enter: Enter) -> None:
    enter(BATCHES, "2012年第一季度", "ts", "90")
    with pytest.raises(BadInput):
        bring((PASSED, "ts", {"value": Decimal(91)}))
    bring((PASSED, "ts", {"value": Decimal(90)}))


def test_an_import_far_from_the_last_period_wants_its_reason_in_the_note(bring: Any, enter: Enter) -> None:
    enter(BATCHES, "2011年第四季度", "lz", "20")
    assert "比上期 20 增长" in refused(bring, (BATCHES, "lz", {"value": Decimal(120)}))
    bring((BATCHES, "lz", {"value": Decimal(120), "note": "专项抽查（演示）"}))
    row = Observation.objects.system("test").get(card__code=BATCHES, value=120, region__code="620100")
    assert row.note == "专项抽查（演示）"


def test_an_imported_rate_against_its_own_counts_is_pointed_out(bring: Any, cards: dict[str, Card]) -> None:
    counts = {"numerator": Decimal(689), "denominator": Decimal(20352)}
    says = refused(bring, (RATE, "lz", counts | {"value": Decimal("3.6")}))
    assert "689 ÷ 20352" in says and "不符" in says
    bring((RATE, "lz", counts | {"value": Decimal("3.6"), "note": "印件如此"}))


def test_many_figures_are_checked_in_as_many_statements_as_one(bring: Any, world: World) -> None:
    one, many = (
        [(code, place, {"value": Decimal(1)}) for code in (BATCHES, PASSED) for place in places]
        for places in (["lz"], ["lz", "ts"])
    )
    bring(*one)
    with CaptureQueriesContext(connection) as few:
        bring(*one)
    bring(*many)
    with CaptureQueriesContext(connection) as more:
        bring(*many)
    assert len(more.captured_queries) == len(few.captured_queries)


def asked(
    world: World, where: str, unit: str, cards: list[Card], actor: Actor, now: datetime, *periods: str
) -> UnitRequest:
    """A call of one jurisdiction to one unit, sent."""
    year = WorkYear.objects.create(
        jurisdiction=world.jurisdiction[where], label="2012年", starts_on=date(2012, 1, 1), ends_on=date(2012, 12, 31), state="open",
    )  # fmt: skip
    collection = services.collection_create(
        jurisdiction=world.jurisdiction[where], year=year, title=f"{where}的征集", due_on=date(2012, 7, 10),
        unit_ids=[world.unit[unit].pk], cards=cards, periods=[period_of(one) for one in periods], actor=actor, now=now,
    )  # fmt: skip
    asking.call_issue(call=collection.call, version=None, actor=actor, now=now)
    rows = UnitRequest.objects.system("test").select_related("call__year", "unit")
    return rows.get(call=collection.call)


def answered(request: UnitRequest, values: dict[int, str], actor: Actor, now: datetime) -> None:
    cells = {
        CellKey(card, span.start, span.end): Written(Decimal(value))
        for card, value in values.items()
        for span, _label in Collection.objects.system("test").get(call=request.call_id).spans
    }
    services.entries_save(request=request, cells=cells, version=None, actor=actor, now=now)
    asking.request_submit(request=request, version=None, actor=actor, now=now)


@pytest.fixture
def below(world: World, cards: dict[str, Card], now: datetime) -> UnitRequest:
    """What 兰州 asked of its district."""
    Membership.objects.create(
        jurisdiction=world.jurisdiction["lz"], unit=world.unit["cg_office"], capacity="assessed", order=1,
        valid_from=SINCE, basis="演示",
    )  # fmt: skip
    return asked(world, "lz", "cg_office", [cards[BATCHES]], world.actor("sibling"), now, "2012年第二季度")


def test_the_province_takes_a_prefectures_figure_only_after_the_prefecture_has_its_districts(
    world: World, cards: dict[str, Card], office: Actor, now: datetime, below: UnitRequest
) -> None:
    lz, pk = world.actor("sibling"), cards[BATCHES].pk
    above = asked(world, "gs", "lz_gov", [cards[BATCHES]], office, now, "2012年第二季度")
    answered(above, {pk: "120"}, lz, now)
    with pytest.raises(StateConflict, match="还没有收齐") as caught:
        asking.request_accept(request=above, version=None, actor=office, now=now)
    assert "城关区" in str(caught.value.problem)
    answered(below, {pk: "120"}, world.actor("child"), now)
    asking.request_accept(request=below, version=None, actor=lz, now=now)
    asking.request_accept(request=above, version=None, actor=office, now=now)
    assert (
        Observation.objects.system("test")
        .filter(jurisdiction=world.jurisdiction["gs"], region=world.region["lz"], value=120)
        .exists()
    )


@pytest.mark.parametrize(("card", "period"), [(PASSED, "2012年第二季度"), (BATCHES, "2012年第三季度")])
def test_another_card_or_another_period_below_holds_nothing_up(
    world: World,
    cards: dict[str, Card],
    office: Actor,
    now: datetime,
    below: UnitRequest,
    card: str,
    period: str,
) -> None:
    above = asked(world, "gs", "lz_gov", [cards[card]], office, now, period)
    answered(above, {cards[card].pk: "1"}, world.actor("sibling"), now)
    accepted = asking.request_accept(request=above, version=None, actor=office, now=now)
    assert accepted.state == "accepted"


def test_two_periods_of_one_form_are_compared_with_each_other(
    world: World, cards: dict[str, Card], office: Actor, now: datetime
) -> None:
    request = asked(world, "gs", "lz_gov", [cards[BATCHES]], office, now, "2012年第一季度", "2012年第二季度")
    pk = cards[BATCHES].pk
    cells = {
        CellKey(pk, date(2012, 1, 1), date(2012, 3, 31)): Written(Decimal(100)),
        CellKey(pk, date(2012, 4, 1), date(2012, 6, 30)): Written(Decimal(300)),
    }
    services.entries_save(request=request, cells=cells, version=None, actor=world.actor("sibling"), now=now)
    grid = grid_of(request, handed=False)
    assert grid is not None
    assert [[one.what for one in cell.findings] for cell in grid.cells] == [
        [],
        ["比上期 100 增长 200.0%，超过 50%"],
    ]

"""What a card's pages read: the newest of each region however old, a year before it, the periods there are; no more."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.metrics.conftest import BATCHES, RATE, Browse, Enter, text_of
from tests.world import World

from zhize.apps.metrics.models import Card
from zhize.apps.metrics.selectors import spread_of, strands_of, with_newest_rows
from zhize.apps.orgs.models import Region

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


def test_a_region_that_stopped_reporting_keeps_its_last_figure_and_its_change(
    world: World, cards: dict[str, Card], enter: Enter
) -> None:
    enter(RATE, "2011年第四季度", "lz", "95")
    for period, value in (("2004年第一季度", "80"), ("2005年第一季度", "82.5")):
        enter(RATE, period, "ts", value)
    office = world.actor("office")
    rows, strands = strands_of(office, cards[RATE])
    found = {one.code: one for one in with_newest_rows(cards[RATE], strands, rows)}
    old = found[world.region["ts"].code]
    assert [row.value for row in old.rows] == [Decimal(80), Decimal("82.5")] and old.recent == (80, 82.5)
    assert found[world.region["lz"].code].newest == date(2011, 10, 1)


def test_the_newest_regular_figure_is_compared_although_a_years_figure_is_newer(
    world: World, cards: dict[str, Card], enter: Enter
) -> None:
    for period, value in (("2011年第三季度", "91"), ("2011年第四季度", "92"), ("2012年", "93")):
        enter(RATE, period, "lz", value)
    rows, strands = strands_of(world.actor("office"), cards[RATE])
    (one,) = with_newest_rows(cards[RATE], strands, rows)
    assert one.last and one.last.value == 92 and one.rows[-1].value == 93


def test_many_different_last_days_are_read_together(
    world: World, cards: dict[str, Card], enter: Enter
) -> None:
    for n in range(45):
        name = f"old{n}"
        world.region[name] = Region.objects.create(
            code=f"63{n:02d}00", name=f"演示{n}市", level="prefecture", parent=world.region["gs"], order=n
        )
        enter(RATE, f"{2000 + n // 4}年第{'一二三四'[n % 4]}季度", name, str(50 + n))
    rows, strands = strands_of(world.actor("office"), cards[RATE])
    with CaptureQueriesContext(connection) as seen:
        found = with_newest_rows(cards[RATE], strands, rows)
    assert len(seen) == 2 and len(found) == 45
    assert all(one.rows and one.rows[-1].period_start == one.newest for one in found)


def test_the_choice_of_periods_has_those_of_every_region(
    world: World, cards: dict[str, Card], enter: Enter
) -> None:
    enter(RATE, "2011年第四季度", "lz", "95")
    enter(RATE, "2009年", "ts", "90")
    spread = spread_of(world.actor("office"), cards[RATE], "2009-01-01_2009-12-31", date(2012, 3, 5))
    assert spread is not None and [label for _key, label in spread.periods] == ["2011年第四季度", "2009年"]
    assert spread.label == "2009年" and spread.missing == ("兰州市",)


def test_the_table_of_a_long_series_is_turned_page_by_page(
    cards: dict[str, Card], enter: Enter, browse: Browse
) -> None:
    for year in range(2006, 2012):
        for month in range(1, 13):
            enter(BATCHES, f"{year}年{month}月", "lz", str(year * 100 + month))
    address = reverse("metrics:series", args=[cards[BATCHES].pk]) + "?years=all&of=620100"
    first = text_of(browse("office").get(address))
    assert "201,112" in first and "200,701" in first and "200,612" not in first and "共 72 条" in first
    second = text_of(browse("office").get(address + "&page=2"))
    assert "200,612" in second and "200,601" in second
    assert "200,601" in text_of(browse("office").get(address + "&page=99"))

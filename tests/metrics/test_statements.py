"""Pages take as many statements for fourteen regions and three years as for one region."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.metrics.conftest import BATCHES, RATE, Browse
from tests.world import World

from zhize.apps.metrics import services
from zhize.apps.metrics.models import Card, Observation
from zhize.apps.metrics.services import NewFigure
from zhize.apps.orgs.models import Region
from zhize.apps.requests import services as asking
from zhize.apps.requests.models import UnitRequest
from zhize.apps.years.models import WorkYear
from zhize.core.metrics.attainment import Step
from zhize.core.metrics.spans import period_of
from zhize.kit import clock
from zhize.kit.actor import Actor, system_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


def statements(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen.captured_queries)


def fill_years(world: World, cards: dict[str, Card], regions: list[Region], years: int) -> None:
    """A card by month over so many years for each of these regions, and one by quarter."""
    figures = [
        NewFigure(
            cards[code].pk, one.start, one.end, one.label, Decimal(90 + n % 9), Observation.Origin.IMPORTED, region_id=region.pk
        )
        for code, parts in ((BATCHES, 12), (RATE, 4))
        for year in range(2013 - years, 2013)
        for n in range(parts)
        for one in [period_of(f"{year}年{n + 1}月" if parts == 12 else f"{year}-Q{n + 1}")]
        for region in regions
    ]  # fmt: skip
    services.observations_save(
        jurisdiction=world.jurisdiction["gs"], figures=figures, reason="", actor=system_actor("测试"), now=datetime(2012, 3, 5, tzinfo=clock.now().tzinfo)
    )  # fmt: skip


def test_fourteen_regions_and_three_years_take_as_many_statements_as_one_region_and_one(
    browse: Browse, cards: dict[str, Card], world: World, year: WorkYear, office: Actor, now: datetime
) -> None:
    services.target_set(
        jurisdiction=world.jurisdiction["gs"], data={"card": cards[RATE], "year": year, "value": Decimal(95), "document": "演示"},
        steps=[Step(date(2012, 6, 30), Decimal(93))], actor=office, now=now,
    )  # fmt: skip
    client = browse("office")
    pages = {
        "list": (reverse("metrics:figures"), 12),
        "cards": (reverse("metrics:cards"), 12),
        "targets": (reverse("metrics:targets"), 12),
        "board": (reverse("metrics:attainment"), 15),
        "card": (reverse("metrics:card", args=[cards[RATE].pk]), 15),
        "series": (reverse("metrics:series", args=[cards[RATE].pk]), 15),
        "chart": (reverse("metrics:series_chart", args=[cards[RATE].pk]), 15),
        "spread": (reverse("metrics:spread", args=[cards[RATE].pk]), 15),
        "region": (reverse("orgs:region", args=[world.region["lz"].pk]), 12),
        "board of one": (reverse("metrics:attainment") + f"?region={world.region['lz'].pk}", 15),
        "compare": (reverse("metrics:compare_chart", args=[cards[RATE].pk]), 15),
    }
    fill_years(world, cards, [world.region["lz"]], 4)
    few = {name: statements(client, url) for name, (url, _most) in pages.items()}
    more = [
        Region.objects.create(code=f"62{n}00", name=f"演示{n}市", short=f"演{n}", level="prefecture", parent=world.region["gs"], order=n)
        for n in range(30, 43)
    ]  # fmt: skip
    fill_years(world, cards, [world.region["lz"], *more], 3)
    many = {name: statements(client, url) for name, (url, _most) in pages.items()}
    assert many == few
    assert {name: n for name, n in many.items() if n > pages[name][1]} == {}


def test_a_form_of_many_cells_takes_as_many_statements_as_one_of_two(
    browse: Browse,
    request_row: UnitRequest,
    world: World,
    cards: dict[str, Card],
    year: WorkYear,
    office: Actor,
    now: datetime,
) -> None:
    collection = services.collection_create(
        jurisdiction=world.jurisdiction["gs"], year=year, title="全部指标", due_on=date(2012, 4, 10),
        unit_ids=[world.unit["lz_gov"].pk], cards=[c for c in cards.values() if c.source == "collected"],
        periods=[period_of("2012年第一季度"), period_of("2012年第二季度")], actor=office, now=now,
    )  # fmt: skip
    asking.call_issue(call=collection.call, version=None, actor=office, now=now)
    large = UnitRequest.objects.system("test").get(call=collection.call)
    client = browse("sibling")
    counts = [statements(client, reverse("metrics:entry", args=[row.pk])) for row in (request_row, large)]
    assert counts[0] == counts[1] <= 15

"""Monthly figures of 60 cards × 115 regions over 15 years, against a tenth of them: a card, its series, its regions, lists."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.db import connection

from tests.perf.data import BATCH, year_of
from tests.perf.measure import analyze, measure_pages
from tests.perf.pages import FIGURE_PAGES
from tests.perf.report import table
from tests.perf.run import begin, memory
from tests.world import World
from zhize.apps.metrics.models import Card, Observation, Target
from zhize.apps.metrics.services import cards_load, collection_create
from zhize.apps.orgs.models import Region
from zhize.apps.requests.models import UnitRequest
from zhize.apps.requests.services import call_issue
from zhize.apps.years.models import WorkYear
from zhize.core.kernel.periods import add_months
from zhize.core.metrics.spans import period_of
from zhize.kit.actor import system_actor

CARDS, REGIONS = 60, 115
LAST = date(2012, 3, 1)
NOW = datetime(2012, 4, 16, 1, tzinfo=UTC)


def figures_table(years: int) -> str:
    """The table in words: each page with a tenth of the months, and with all of `years`."""
    world, clients = begin()
    cards, regions = _cards(), _regions(world)
    asked = _asked(world, cards)
    results = []
    for months in (max(1, years * 12 // 10), years * 12):
        start = time.monotonic()
        grow_figures(world, cards, regions, months)
        analyze()
        took = time.monotonic() - start
        names = {
            "request": asked,
            "card": cards[0].pk,
            "code": regions[1].code,
            "name": cards[0].code,
            "region": regions[1].pk,
        }
        results.append(measure_pages(FIGURE_PAGES, clients, names))
    rows = Observation.objects.system("perf").count()
    head = (
        f"N = {rows:,} figures: {CARDS} cards × {REGIONS} regions × {years * 12} months, {connection.vendor}; beside it "
        f"a tenth of the months; written in {took:,.0f} s; most memory of the process {memory()} MB"
    )
    return f"{head}\n\n{table(*results, 10, FIGURE_PAGES).replace('N/100', 'N/10')}"


def grow_figures(world: World, cards: list[Card], regions: list[Region], months: int) -> None:
    """The newest `months` of every card and region, and a target of each year for every region. Replaces what there was."""
    Target.objects.system("perf").all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM metrics_observation")
    first, jurisdiction, now = cards[0], world.jurisdiction["gs"], NOW
    rows = (
        Observation(
            jurisdiction=jurisdiction, card=first, region=region, period_start=start, version=1,
            period_end=add_months(start, 1) - timedelta(days=1), period_label=f"{start.year}年{start.month}月",
            value=Decimal(80 + (place * 7 + back) % 190) / 10, numerator=90, denominator=100, state="final",
            origin="imported", source_words="演示数据", recorded_at=now, recorded_by="测试",
        )
        for back in range(months)
        for start in [add_months(LAST, -back)]
        for place, region in enumerate(regions)
    )  # fmt: skip
    Observation.objects.bulk_create(rows, BATCH)
    _copy(first, cards[1:])
    years = [_year(world, LAST.year - back) for back in range(-(-months // 12))]
    Target.objects.bulk_create(
        Target(jurisdiction=jurisdiction, card=card, region=region, year=year, value=20, document="演示数据")
        for card in cards[:1]
        for year in years
        for region in regions
    )
    Target.objects.bulk_create(
        Target(
            jurisdiction=jurisdiction,
            card=card,
            region=regions[0],
            year=years[0],
            value=20,
            document="演示数据",
        )
        for card in cards[1:]
    )


def _copy(first: Card, others: list[Card]) -> None:
    """The first card's figures again for every other card: one statement each."""
    names = [f.column for f in Observation._meta.concrete_fields if f.column != "id"]
    columns = ", ".join(names)
    with connection.cursor() as cursor:
        for card in others:
            values = ", ".join("%s" if name == "card_id" else name for name in names)
            sql = f"INSERT INTO metrics_observation ({columns}) SELECT {values} FROM metrics_observation WHERE card_id = %s"
            cursor.execute(sql, [card.pk, first.pk])


def _cards() -> list[Card]:
    cards_load(actor=system_actor("测试"), now=NOW)
    shipped = list(Card.objects.system("perf").order_by("pk"))
    model = next(
        card
        for card in shipped
        if card.over_regions == Card.Combine.RATE and card.direction == Card.Direction.HIGHER
    )
    Card.objects.bulk_create(_again(model, number) for number in range(CARDS))
    return list(Card.objects.system("perf").filter(code__startswith="perf.").order_by("pk"))


def _again(model: Card, number: int) -> Card:
    fields = {f.attname: getattr(model, f.attname) for f in model._meta.concrete_fields if not f.primary_key}
    own = {
        "code": f"perf.rate{number}",
        "name": f"合格率{number}",
        "frequency": "month",
        "order": 900 + number,
    }
    return Card(**fields | own | {"source": Card.Source.IMPORTED, "expression": ""})


def _regions(world: World) -> list[Region]:
    top = world.region["gs"]
    made = Region.objects.bulk_create(
        Region(code=f"62{n:03d}9", name=f"第{n}市", level="prefecture", parent=top, order=100 + n)
        for n in range(REGIONS - 3)
    )
    return [top, world.region["lz"], world.region["ts"], *made]


def _asked(world: World, cards: list[Card]) -> int:
    """A form of all cards for the month after, waiting for a prefecture."""
    office, now = world.actor("office"), NOW
    made = collection_create(
        jurisdiction=world.jurisdiction["gs"], year=year_of(world), title="月度数据", due_on=date(2012, 5, 10),
        unit_ids=[world.unit["lz_gov"].pk], cards=cards, periods=[period_of("2012年4月")], actor=office, now=now,
    )  # fmt: skip
    call_issue(call=made.call, version=None, actor=office, now=now)
    return UnitRequest.objects.system("perf").get(call=made.call).pk


def _year(world: World, year: int) -> WorkYear:
    if year == 2012:
        return year_of(world)
    found, _ = WorkYear.objects.system("perf").get_or_create(
        jurisdiction=world.jurisdiction["gs"],
        label=str(year),
        defaults={"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31), "state": "closed"},
    )
    return found

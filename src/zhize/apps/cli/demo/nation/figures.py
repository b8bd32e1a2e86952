"""Figures of each place: its own, and those of the places below it (演示数据)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Model

from zhize.apps.cli.demo.nation.chance import Chance
from zhize.apps.cli.demo.nation.shape import Place
from zhize.apps.cli.demo.stage import at
from zhize.apps.metrics.models import Card, Observation

YEARS = (2009, 2010, 2011)
OWN, BELOW = 8, 4


def cards() -> list[Card]:
    """Shipped cards of a yearly count that somebody collects for every level, that raises no alert and has no other rule."""
    rows = Card.objects.system("demonstration").filter(
        jurisdiction__isnull=True, source__in=(Card.Source.COLLECTED, Card.Source.IMPORTED), alerts=[],
        identifiable=False, frequency=Card.Frequency.YEAR,
    )  # fmt: skip
    plain: tuple[list[object], ...] = ([], [{"kind": "range", "minimum": 0}])
    return [c for c in rows.order_by("order", "code") if "county" in c.levels and c.checks in plain][:OWN]


def figures(places: Sequence[Place], these: Sequence[Card], chance: Chance) -> Iterator[Sequence[Model]]:
    yield [_figure(p, p, card, year, chance) for p in places for card in these for year in YEARS]
    yield [
        _figure(p, below, card, YEARS[-1], chance)
        for p in places
        for below in p.below
        for card in these[:BELOW]
    ]


def number_of(of: Place, card: Card, year: int, chance: Chance) -> Decimal:
    """The same number wherever it is kept: a prefecture's own is the one the province has of it."""
    return Decimal(chance.below(400, of.code, card.code) + 15 * (year - YEARS[0]))


def _figure(owner: Place, of: Place, card: Card, year: int, chance: Chance) -> Observation:
    value = number_of(of, card, year, chance)
    return Observation(
        jurisdiction=owner.jurisdiction, card=card, region=of.region, period_start=date(year, 1, 1),
        period_end=date(year, 12, 31), period_label=f"{year}年", value=value, state=Observation.State.FINAL,
        origin=Observation.Origin.IMPORTED, source_words="演示数据，由演示程序按规则生成", recorded_at=at(date(2012, 2, 20)),
        recorded_by="演示程序",
    )  # fmt: skip

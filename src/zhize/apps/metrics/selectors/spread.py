"""A card's figures of one period over the regions: the tile diagram, and the table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from zhize.apps.metrics import mapping
from zhize.apps.metrics.models import Card, Observation, Target
from zhize.apps.metrics.selectors.series import Line, Strand, change_words, lines_of
from zhize.kit.actor import Actor
from zhize.kit.tiles import Tile, TileMap, places, shade, size

Dates = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Spread:
    """One period: each region's line in official order, the whole's, how far each lies from it, the diagram.

    `periods` are those with figures, newest first, as (value of the choice, label); `missing` names regions without one.
    """

    chosen: str
    label: str
    periods: tuple[tuple[str, str], ...]
    whole: Line | None
    regions: tuple[tuple[Strand, Line, str], ...]
    missing: tuple[str, ...]
    tiles: TileMap | None
    low: str
    high: str


def spread_of(
    actor: Actor, card: Card, strands: Sequence[Strand], targets: Sequence[Target], chosen: str, on: date
) -> Spread | None:
    """The figures of the chosen period ("2012-01-01_2012-03-31"), the newest regular one otherwise. One statement.

    `strands` as `strands_of` gives them. None where no region has a figure.
    """
    below = [strand for strand in strands if strand.key[0] and not strand.is_whole]
    periods: dict[str, Observation] = {}
    for strand in below:
        for row in strand.rows:
            periods.setdefault(_key(row), row)
    if not periods:
        return None
    ordered = sorted(
        periods, key=lambda key: (periods[key].period_end, periods[key].period_start), reverse=True
    )
    regular = next((key for key in ordered if mapping.is_regular(card, periods[key])), ordered[0])
    key = chosen if chosen in periods else regular
    whole = next((_line(card, s, targets, key) for s in strands if s.is_whole), None)
    lines = [(strand, _line(card, strand, targets, key)) for strand in below]
    base = whole.row.value if whole and card.over_regions != Card.Combine.SUM else None
    found = [
        (
            strand,
            line,
            change_words(card, line.row.value, base).replace("提高", _("高")).replace("降低", _("低")),
        )
        for strand, line in lines
        if line is not None
    ]
    values = [line.row.value for _strand, line, _far in found if line.row.value is not None]
    low, high = (min(values), max(values)) if values else (None, None)
    return Spread(
        chosen=key,
        label=periods[key].period_label,
        periods=tuple((one, periods[one].period_label) for one in ordered),
        whole=whole,
        regions=tuple(found),
        missing=tuple(strand.label for strand, line in lines if line is None),
        tiles=_tiles(actor, card, found, low, high, periods[key].period_label, on),
        low=mapping.shown(card, low),
        high=mapping.shown(card, high),
    )


def _key(row: Observation) -> str:
    return f"{row.period_start.isoformat()}_{row.period_end.isoformat()}"


def _line(card: Card, strand: Strand, targets: Sequence[Target], key: str) -> Line | None:
    return next((line for line in lines_of(card, strand, targets) if _key(line.row) == key), None)


def _tiles(
    actor: Actor,
    card: Card,
    found: Sequence[tuple[Strand, Line, str]],
    low: Decimal | None,
    high: Decimal | None,
    label: str,
    on: date,
) -> TileMap | None:
    where = places(actor.region_code, actor.jurisdiction_code, on)
    if not where or low is None or high is None:
        return None
    address = reverse("metrics:series", args=[card.pk])
    tiles = [
        Tile(*where[strand.code], strand.short, line.shown, shade(_level(line.row.value, low, high)), f"{address}?of={strand.code}")
        for strand, line, _far in found
        if strand.code in where
    ]  # fmt: skip
    return TileMap(card.code, str(card), label, tuple(tiles), *size(where)) if tiles else None


def _level(value: Decimal | None, low: Decimal, high: Decimal) -> float | None:
    """From the lowest to the highest figure; all alike are all in the middle."""
    if value is None:
        return None
    return float((value - low) / (high - low)) if high > low else 0.5

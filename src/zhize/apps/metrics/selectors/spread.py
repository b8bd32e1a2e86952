"""A card's figures of one period over the regions: the tile diagram, and the table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from zhize.apps.metrics import mapping
from zhize.apps.metrics.models import Card, Observation
from zhize.apps.metrics.selectors.series import Aims, Line, change_words, lines_of
from zhize.apps.metrics.selectors.subjects import Strand, strands_of, with_rows
from zhize.apps.metrics.selectors.targets import targets_of_card
from zhize.core.kernel.periods import Every, add_months
from zhize.core.metrics.spans import ONE_DAY
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet
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


def spread_of(actor: Actor, card: Card, chosen: str, on: date) -> Spread | None:
    """The figures of the chosen period ("2012-01-01_2012-03-31"), the newest regular one otherwise. Reads that period and
    the one a year before; a fixed number of statements.

    None where no region has a figure.
    """
    rows, strands = strands_of(actor, card)
    strands = [strand for strand in strands if not strand.is_deeper]
    below = [strand for strand in strands if strand.key[0] and not strand.is_whole]
    periods = _periods(rows.filter(region_id__in=[strand.key[0] for strand in below if strand.key[0]]), below)
    if not periods:
        return None
    regular = next((one for one in periods if mapping.months_of(*one) == Every(card.frequency).months), None)
    asked = next((one for one in periods if _key(*one) == chosen), None) or regular or next(iter(periods))
    before = (add_months(asked[0], -12), add_months(asked[1] + ONE_DAY, -12) - ONE_DAY)
    near = Q(period_start=asked[0], period_end=asked[1]) | Q(period_start=before[0], period_end=before[1])
    filled = with_rows(card, strands, rows.filter(near))
    aims = Aims.of(targets_of_card(actor, card, (asked[1], asked[1])))
    whole = next((_line(card, s, aims, asked) for s in filled if s.is_whole), None)
    lines = [
        (strand, _line(card, strand, aims, asked))
        for strand in filled
        if strand.key[0] and not strand.is_whole
    ]
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
        chosen=_key(*asked),
        label=periods[asked],
        periods=tuple((_key(*one), label) for one, label in periods.items()),
        whole=whole,
        regions=tuple(found),
        missing=tuple(strand.label for strand, line in lines if line is None),
        tiles=_tiles(actor, card, found, low, high, periods[asked], on),
        low=mapping.shown(card, low),
        high=mapping.shown(card, high),
    )


def _periods(rows: ScopedQuerySet[Observation], below: Sequence[Strand]) -> dict[Dates, str]:
    """The periods with figures and their labels, newest first: the days from the index, the labels from one region's rows,
    then from whoever has the rest. Three statements."""
    dates = set(rows.order_by().values_list("period_start", "period_end").distinct())
    labels: dict[Dates, str] = {}
    if below:
        of_one = rows.filter(region_id=below[0].key[0] or 0)
        labels = {(start, end): label for start, end, label in _labelled(of_one)}
    if rest := dates - set(labels):
        others = rows.filter(period_start__in=[start for start, _end in rest])
        for start, end, label in _labelled(others):
            labels.setdefault((start, end), label)
    ordered = sorted(dates, key=lambda one: (one[1], one[0]), reverse=True)
    return {one: labels[one] for one in ordered}


def _labelled(rows: ScopedQuerySet[Observation]) -> Any:
    return rows.order_by().values_list("period_start", "period_end", "period_label").distinct()


def _key(start: date, end: date) -> str:
    return f"{start.isoformat()}_{end.isoformat()}"


def _line(card: Card, strand: Strand, aims: Aims, dates: Dates) -> Line | None:
    lines = lines_of(card, strand, aims)
    return next((line for line in lines if (line.row.period_start, line.row.period_end) == dates), None)


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

"""What the cards' rules say of each cell of a form, period by period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from zhize.apps.metrics import mapping
from zhize.apps.metrics.models import Card, CellKey, Collection, Entry, Observation
from zhize.core.kernel.periods import add_months
from zhize.core.metrics.checks import Finding, Given, broken
from zhize.core.metrics.spans import ONE_DAY, Span


def findings_of(
    collection: Collection,
    cards: list[Card],
    entries: Mapping[CellKey, Entry],
    earlier: Mapping[CellKey, Observation],
    handed: bool,
    regions: Sequence[int | None] = (None,),
) -> dict[CellKey, list[Finding]]:
    """What the cards' rules say of each cell, period by period, each region by itself."""
    rules = {card.code: mapping.checks_of(card) for card in cards}
    ids = {card.code: card.pk for card in cards}
    found: dict[CellKey, list[Finding]] = {}
    for region, span in ((region, span) for region in regions for span, _label in collection.spans):
        own, last, year = (
            {
                card.code: _value_at(CellKey(card.pk, *dates, region), entries, earlier, handed)
                for card in cards
            }
            for dates in ((span.start, span.end), span_before(span), span_year_ago(span))
        )
        given = Given(
            values=own,
            before=last,
            year_ago=year,
            counts={},
            names={card.code: card.name for card in cards},
            places={card.code: card.decimals for card in cards},
            scales={},
        )
        for one in broken(rules, given):
            found.setdefault(CellKey(ids[one.code], span.start, span.end, region), []).append(one)
    return found


def _value_at(
    key: CellKey, entries: Mapping[CellKey, Entry], earlier: Mapping[CellKey, Observation], handed: bool
) -> Decimal | None:
    """What the form itself says of a period, where it asks for it, else the figure in force."""
    if entry := entries.get(key):
        return shown_of(entry, handed)[0]
    row = earlier.get(key)
    return row.value if row else None


def shown_of(entry: Entry | None, handed: bool) -> tuple[Decimal | None, bool, str]:
    if entry is None:
        return None, False, ""
    if handed:
        return entry.handed_value, entry.handed_none, entry.handed_reason
    return entry.value, entry.is_none, entry.reason


def span_before(span: Span) -> tuple[date, date]:
    """The period of the same length just before: whole months where the span is whole months."""
    months = (span.end.year - span.start.year) * 12 + span.end.month - span.start.month + 1
    return add_months(span.start, -months), span.start - ONE_DAY


def span_year_ago(span: Span) -> tuple[date, date]:
    """The same days a year before."""
    return add_months(span.start, -12), add_months(span.end + ONE_DAY, -12) - ONE_DAY

"""Figures made of figures: the whole from its regions, and cards by formula, for every subject at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from zhize.apps.metrics import mapping
from zhize.apps.metrics.models import Card, Observation
from zhize.apps.metrics.selectors.figures import Figure, figure_of, only_one
from zhize.apps.metrics.services.measuring import Moment, deeper_regions, regions_below, state_of
from zhize.apps.metrics.services.new_figures import NewFigure
from zhize.apps.orgs.models import Jurisdiction
from zhize.core.kernel.periods import Every, Period, WorkYear, add_months
from zhize.core.metrics.book import Book
from zhize.core.metrics.combine import Part, combine
from zhize.core.metrics.parse import Expression, parse
from zhize.core.metrics.spans import Span
from zhize.core.metrics.syntax import years_needed

Subject = tuple[int | None, int | None]
BY_HAND = (Card.Source.COLLECTED, Card.Source.IMPORTED)


def rolled_up(
    jurisdiction: Jurisdiction, cards: Sequence[Card], moments: Sequence[Moment]
) -> list[NewFigure]:
    """The whole from its regions, for cards entered by region: by `over_regions`; the missing regions are named. Counties
    that were asked for by name make their prefecture's figure first.

    Left alone where somebody entered the whole, or the prefecture. Four statements at most for any number of periods.
    """
    chosen = [c for c in cards if c.source in BY_HAND and c.over_regions != Card.Combine.NONE]
    if not chosen or not moments:
        return []
    expected = regions_below(jurisdiction, max(moment.on for moment in moments))
    work = _by_period(chosen, moments)
    rows = _rows(jurisdiction, chosen, work, 0)
    deeper = deeper_regions(
        jurisdiction, expected, {r for of_card in rows.values() for r, _unit in of_card if r}
    )
    found: list[NewFigure] = []
    for period, (group, on) in work.items():
        for card in group:
            within = _within(rows.get(card.code, {}), Span(period.start, period.end))
            whole = within.pop((jurisdiction.region_id, None), [])
            regions = {region: of_one for (region, _unit), of_one in within.items() if region is not None}
            given: dict[int, Amount] = {}
            for parent, children in deeper.items():
                there = {region: regions.pop(region) for region in children if region in regions}
                if there and not _by_hand(regions.get(parent, ())):
                    parts = {
                        region: figure_of(some, Span(period.start, period.end))
                        for region, some in there.items()
                    }
                    made = _whole(card, period, parts, children, on, parent)
                    found.append(made)
                    given[parent] = made
            for region, some in regions.items():
                given.setdefault(region, figure_of(some, Span(period.start, period.end)))
            if given and not _by_hand(whole):
                found.append(_whole(card, period, given, expected, on))
    return found


def _by_hand(rows: Iterable[Observation]) -> bool:
    return any(row.origin != Observation.Origin.COMPUTED for row in rows)


Amount = Figure | NewFigure


def _whole(
    card: Card,
    period: Period,
    regions: Mapping[int, Amount],
    expected: Mapping[int, str],
    on: date,
    region_id: int | None = None,
) -> NewFigure:
    parts = []
    for key in dict.fromkeys([*expected, *regions]):
        one = regions.get(key)
        name = expected.get(key, str(key))
        parts.append(Part(name, one.value, one.numerator, one.denominator) if one else Part(name, None))
    made = combine(mapping.rule_of(card.over_regions), parts, scale=mapping.unit_of_card(card).scale)
    note = (
        f"由各地区合并，缺 {len(made.missing)} 个：{'、'.join(made.missing)}"
        if made.missing
        else "由各地区合并"
    )
    return NewFigure(
        card_id=card.pk,
        region_id=region_id,
        start=period.start,
        end=period.end,
        label=period.label,
        value=made.value,
        numerator=made.numerator,
        denominator=made.denominator,
        origin=Observation.Origin.COMPUTED,
        state=Observation.State.PROVISIONAL if made.missing else state_of(period, on),
        note=note,
        source_words=f"各地区{card.get_over_regions_display()}",
    )


def by_formula(
    jurisdiction: Jurisdiction, cards: Sequence[Card], moments: Sequence[Moment]
) -> list[NewFigure]:
    """Computed cards for every subject that has any of the figures they use. One statement for any number of periods."""
    known = {card.code: card for card in cards}
    formulas = {c.code: parse(c.expression) for c in cards if c.source == Card.Source.COMPUTED}
    if not formulas or not moments:
        return []
    units = {card.code: mapping.unit_of_card(card) for card in cards}
    back = max(years_needed(one.tree) for one in formulas.values())
    given = [known[code] for code in _leaves(formulas) if code in known]
    work = _by_period([known[code] for code in formulas], moments)
    rows = _rows(jurisdiction, given, work, back)
    subjects = dict.fromkeys(subject for of_card in rows.values() for subject in of_card)
    found: list[NewFigure] = []
    for period, (group, on) in work.items():
        for subject in subjects:
            figures = _figures(rows, subject, period, back)
            if not figures:
                continue
            book = Book(units, formulas, lambda code, n, figures=figures: _value(figures, code, n))  # type: ignore[misc]
            found += [
                one
                for card in group
                if (one := _computed(card, book, figures, formulas[card.code], subject, period, on))
            ]
    return found


def _computed(
    card: Card,
    book: Book,
    figures: Mapping[tuple[str, int], Figure],
    formula: Expression,
    subject: Subject,
    period: Period,
    on: date,
) -> NewFigure | None:
    answer = book.answer(card.code)
    if answer.value is None:
        return None
    used = [figures[code, 0] for code in formula.uses if (code, 0) in figures]
    open_yet = any(one.missing or one.state == Observation.State.PROVISIONAL for one in used)
    return NewFigure(
        card_id=card.pk,
        region_id=subject[0],
        unit_id=subject[1],
        start=period.start,
        end=period.end,
        label=period.label,
        value=answer.value,
        numerator=answer.numerator,
        denominator=answer.denominator,
        origin=Observation.Origin.COMPUTED,
        state=Observation.State.PROVISIONAL if open_yet else state_of(period, on),
        given_by_id=only_one(one.given_by_id for one in used),
        source_words=f"公式：{card.expression}",
    )


def _leaves(formulas: Mapping[str, Expression]) -> list[str]:
    """The codes that formulas use and that are no formula themselves."""
    used = [code for one in formulas.values() for code in one.uses]
    return [code for code in dict.fromkeys(used) if code not in formulas]


Work = dict[Period, tuple[list[Card], date]]


def _by_period(cards: Iterable[Card], moments: Sequence[Moment]) -> Work:
    """Each period once, with its cards and the latest day it is asked on."""
    work: Work = {}
    for moment in sorted(moments, key=lambda one: one.on):
        for card in cards:
            period = moment.period_of(card)
            group, _earlier = work.get(period, ([], moment.on))
            if card not in group:
                group.append(card)
            work[period] = (group, moment.on)
    return work


BySubject = dict[Subject, list[Observation]]


def _rows(jurisdiction: Jurisdiction, cards: Sequence[Card], work: Work, back: int) -> dict[str, BySubject]:
    """code → subject → observations from so many years before the first period to the end of the last. One statement."""
    first = min(period.start for period in work)
    rows = (
        Observation.objects.system("figures made of figures")
        .filter(
            jurisdiction=jurisdiction,
            card__in=[card.pk for card in cards],
            period_start__gte=add_months(first, -12 * back),
            period_end__lte=max(period.end for period in work),
        )
        .select_related("card")
        .order_by("period_start", "pk")
    )
    found: dict[str, BySubject] = {}
    for row in rows:
        found.setdefault(row.card.code, {}).setdefault((row.region_id, row.unit_id), []).append(row)
    return found


def _within(of_card: Mapping[Subject, list[Observation]], span: Span) -> BySubject:
    """The observations that lie in a period, by subject; subjects without any are left out."""
    found = {
        subject: [r for r in rows if span.start <= r.period_start and r.period_end <= span.end]
        for subject, rows in of_card.items()
    }
    return {subject: rows for subject, rows in found.items() if rows}


def _figures(
    rows: Mapping[str, Mapping[Subject, list[Observation]]], subject: Subject, period: Period, back: int
) -> dict[tuple[str, int], Figure]:
    found = {}
    for code, of_card in rows.items():
        for years in range(back + 1):
            span = span_back(period, years)
            within = [
                r
                for r in of_card.get(subject, ())
                if span.start <= r.period_start and r.period_end <= span.end
            ]
            if within:
                found[code, years] = figure_of(within, span)
    return found


def span_back(period: Period, years: int) -> Span:
    """The same period so many years before."""
    earlier = Period(WorkYear(add_months(period.year.start, -12 * years)), Every(period.every), period.index)
    return Span(earlier.start, earlier.end)


def _value(figures: Mapping[tuple[str, int], Figure], code: str, years: int) -> Decimal | None:
    """Only a figure without gaps is the period's value."""
    one = figures.get((code, years))
    return one.value if one and not one.missing else None

"""Figures of counted cards, asked of the measures the apps have registered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from zhize.apps.metrics.models import Card, Observation
from zhize.apps.metrics.services.figures import NewFigure
from zhize.apps.orgs.models import Jurisdiction
from zhize.core.kernel.periods import Period
from zhize.kit.measures import By, Measured, Where, measures

PeriodOf = Callable[[Card], Period]


def counted(
    jurisdiction: Jurisdiction, cards: Sequence[Card], period_of: PeriodOf, on: date
) -> list[NewFigure]:
    """Every key of every counted card; a code nobody registered (yet) gives nothing. Statements: those of the measures."""
    found = []
    for card in cards:
        measure = measures().get(card.measure) if card.source == Card.Source.MEASURE else None
        if measure is None:
            continue
        period = period_of(card)
        where = Where(jurisdiction.pk, period.start, min(period.end, on))
        for by in sorted(measure.by):
            for key, one in measure.load(where, by).items():
                found.append(_figure(card, period, by, key, one, on))
    return found


def _figure(card: Card, period: Period, by: By, key: int, one: Measured, on: date) -> NewFigure:
    is_share = one.denominator is not None
    return NewFigure(
        card_id=card.pk,
        region_id=key if by is By.REGION else None,
        unit_id=key if by is By.UNIT else None,
        start=period.start,
        end=period.end,
        label=period.label,
        value=one.value,
        numerator=Decimal(one.numerator) if is_share else None,
        denominator=Decimal(one.denominator) if one.denominator is not None else None,
        origin=Observation.Origin.COUNTED,
        state=state_of(period, on),
        source_url=one.url,
        source_words=str(measures()[card.measure].label),
    )


def state_of(period: Period, on: date) -> str:
    """Provisional until the period is over."""
    return Observation.State.FINAL if period.end <= on else Observation.State.PROVISIONAL

"""Figures of counted cards, asked of the measures the apps have registered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhize.apps.metrics.models import Card, Observation
from zhize.apps.metrics.services.new_figures import NewFigure
from zhize.apps.orgs.models import Jurisdiction, Membership, Region
from zhize.core.kernel.periods import Period
from zhize.kit.measures import By, Measured, Where, measures


@dataclass(frozen=True, slots=True)
class Moment:
    """A day figures are asked on, and the period of a card's frequency that holds it."""

    on: date
    period_of: Callable[[Card], Period]


def counted(jurisdiction: Jurisdiction, cards: Sequence[Card], moments: Sequence[Moment]) -> list[NewFigure]:
    """Every key of every counted card; a code nobody registered (yet) gives nothing. Statements: those of the measures."""
    return [figure for moment in moments for figure in _counted_on(jurisdiction, cards, moment)]


def _counted_on(jurisdiction: Jurisdiction, cards: Sequence[Card], moment: Moment) -> Iterator[NewFigure]:
    below = tuple(regions_below(jurisdiction, moment.on))
    for card in cards:
        measure = measures().get(card.measure) if card.source == Card.Source.MEASURE else None
        if measure is None:
            continue
        period = moment.period_of(card)
        for by in sorted(measure.by):
            if by is By.REGION and not below:
                continue
            ids = below if by is By.REGION else ()
            where = Where(jurisdiction.pk, period.start, min(period.end, moment.on), ids)
            for key, one in measure.load(where, by).items():
                yield _figure(card, period, by, key, one, moment.on)


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


def regions_below(jurisdiction: Jurisdiction, on: date) -> dict[int, str]:
    """The governments below (被考核地区) whose figures make the whole, in order: region id → name. One statement."""
    rows = (
        Membership.objects.system("whose figures make the whole")
        .filter(jurisdiction=jurisdiction, capacity=Membership.Capacity.ASSESSED, valid_from__lte=on)
        .exclude(valid_to__lte=on)
        .order_by("order", "pk")
    )
    return dict(rows.values_list("unit__region_id", "unit__region__short"))


def deeper_regions(
    jurisdiction: Jurisdiction, expected: Mapping[int, str], found: Iterable[int]
) -> dict[int, dict[int, str]]:
    """Prefecture → its counties with their names, where some county has figures of its own and answers to a prefecture, not to
    the jurisdiction itself. One statement, a second where there are any."""
    known = Region.objects.system("regions below regions").filter(pk__in=set(found) - set(expected))
    parents = set(known.exclude(parent=jurisdiction.region_id).values_list("parent_id", flat=True))
    parents -= {None, jurisdiction.region_id}
    if not parents:
        return {}
    under: dict[int, dict[int, str]] = {}
    for pk, parent, name in (
        Region.objects.system("regions below regions")
        .filter(parent__in=parents, valid_to__isnull=True)
        .exclude(pk__in=set(expected))
        .order_by("order", "code")
        .values_list("pk", "parent_id", "short")
    ):
        under.setdefault(parent or 0, {})[pk] = name
    return under

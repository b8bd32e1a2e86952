"""The cards of some dimensions as a report of a jurisdiction needs them: newest figure, a year ago, target, how far."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from zhize.apps.metrics import mapping
from zhize.apps.metrics.models import Card, CardDuty, Observation, Target
from zhize.apps.metrics.selectors.board import so_far
from zhize.apps.metrics.selectors.figures import Figure
from zhize.apps.metrics.selectors.series import change_words
from zhize.apps.regulations.models import Duty
from zhize.apps.years.models import WorkYear
from zhize.core.kernel.periods import add_months
from zhize.core.metrics.attainment import State, attain
from zhize.core.metrics.spans import ONE_DAY

WHY = "figures of a whole jurisdiction for its own report"
BACK = 24
"""Months before the year in which a newest figure, or the one a year before it, may lie."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One card of the whole jurisdiction on a day; without `row` there was no figure lately."""

    card: Card
    row: Observation | None
    year_ago: Observation | None
    change: str
    target: Target | None
    total: Figure | None
    state: State | None

    @property
    def shown(self) -> str:
        return mapping.shown(self.card, self.row.value if self.row else None)

    @property
    def shown_before(self) -> str:
        return mapping.shown(self.card, self.year_ago.value if self.year_ago else None)

    @property
    def attained(self) -> str:
        """落后进度; with what the periods of the year make together where that is more than the newest figure."""
        if self.state is None:
            return ""
        together = self.total is not None and len(self.total.refs) > 1
        words = f"本年累计 {mapping.shown(self.card, self.total.value)}，" if together and self.total else ""
        return f"{words}{self.state.label}"


def readings_of(year: WorkYear, on: date, dimensions: Collection[str]) -> list[Reading]:
    """Every card of these dimensions that has a figure of the whole lately or a target of the year, in their order.

    Nothing that identifies a respondent. Four statements. Reads: `year.jurisdiction` joined.
    """
    region_id = year.jurisdiction.region_id
    rows = Observation.objects.system(WHY).filter(
        jurisdiction_id=year.jurisdiction_id,
        region_id=region_id,
        card__dimension__in=dimensions,
        card__identifiable=False,
        period_start__gte=add_months(year.starts_on, -BACK),
        period_end__lte=on,
    )
    by_card: dict[int, list[Observation]] = {}
    for row in rows.select_related("card").order_by("period_end", "-period_start", "pk"):
        by_card.setdefault(row.card_id, []).append(row)
    aims = Target.objects.system(WHY).filter(
        year=year, region_id=region_id, card__dimension__in=dimensions, card__identifiable=False
    )
    targets = {one.card_id: one for one in aims.select_related("card", "year").prefetch_related("steps")}
    cards = Card.objects.system(WHY).filter(pk__in={*by_card, *targets}, is_retired=False)
    return [
        _reading(card, by_card.get(card.pk, []), targets.get(card.pk), year, on)
        for card in cards.order_by("order", "code")
    ]


def _reading(
    card: Card, rows: Sequence[Observation], target: Target | None, year: WorkYear, on: date
) -> Reading:
    regular = [row for row in rows if mapping.is_regular(card, row)]
    lately = add_months(year.starts_on, -12)
    row = next((one for one in reversed(regular or rows) if one.period_end >= lately), None)
    before = None
    if row:
        dates = add_months(row.period_start, -12), add_months(row.period_end + ONE_DAY, -12) - ONE_DAY
        before = next((one for one in rows if (one.period_start, one.period_end) == dates), None)
    of_year = [one for one in rows if one.period_start >= year.starts_on and one.period_end <= year.ends_on]
    total = so_far(sorted(of_year, key=lambda one: one.period_start), year)
    state = None
    if target:
        state = attain(mapping.goal_of(target), total.value if total else None, min(on, year.ends_on)).state
    change = change_words(card, row.value if row else None, before.value if before else None)
    return Reading(card, row, before, change, target, total, state)


def shown_target(target: Target) -> str:
    """The target as people read it: 92.0%, 3.0%—5.0% (card joined)."""
    low = mapping.shown(target.card, target.value)
    return low if target.upper is None else f"{low}—{mapping.shown(target.card, target.upper)}"


def target_figures(ids: list[int]) -> dict[int, list[str]]:
    """What a document may say of targets: as they stand now. One statement."""
    rows = Target.objects.system("figures of documents compared with their source").filter(
        pk__in=ids, card__identifiable=False
    )
    return {row.pk: [shown_target(row)] for row in rows.select_related("card")}


def measures_by_dimension() -> dict[str, set[str]]:
    """Dimension → codes of what its shipped cards count (registers, tasks). One statement."""
    rows = Card.objects.system("which registers belong to which dimension").filter(
        ~Q(measure=""), jurisdiction__isnull=True, is_retired=False
    )
    found: dict[str, set[str]] = {}
    for dimension, measure in rows.order_by().values_list("dimension", "measure"):
        found.setdefault(dimension, set()).add(measure)
    return found


def dimensions_of_duties(duty_ids: Collection[int]) -> dict[int, set[str]]:
    """Duty → the dimensions of the shipped cards that speak about it. Two statements."""
    codes = dict(
        Duty.objects.system("codes of duties cards speak about")
        .filter(pk__in=duty_ids)
        .values_list("pk", "code")
    )
    links = CardDuty.objects.filter(
        duty_code__in=set(codes.values()), card__jurisdiction__isnull=True, card__is_retired=False
    )
    by_code: dict[str, set[str]] = {}
    for code, dimension in links.order_by().values_list("duty_code", "card__dimension").distinct():
        by_code.setdefault(code, set()).add(dimension)
    return {pk: by_code[code] for pk, code in codes.items() if code in by_code}

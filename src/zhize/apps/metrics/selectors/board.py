"""目标完成情况: every card that has a target this year, for the whole and for each region; and the situation page's part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhize.apps.metrics import mapping
from zhize.apps.metrics.models import Card, Observation, Target
from zhize.apps.metrics.models.figures import collected_q
from zhize.apps.metrics.selectors.figures import Figure, figure_of
from zhize.apps.metrics.selectors.targets import targets_listed
from zhize.apps.orgs.models import Region
from zhize.apps.years.models import WorkYear
from zhize.apps.years.selectors import year_by_pk
from zhize.core.metrics.attainment import Attainment, Goal, State, attain
from zhize.core.metrics.spans import Span
from zhize.kit.actor import Actor
from zhize.kit.contributions import Figure as Number
from zhize.kit.contributions import Situation
from zhize.kit.scope import ScopedQuerySet

HEADS = (gettext_lazy("达到目标"), gettext_lazy("落后或未达到"), gettext_lazy("无数据"))
READ = (
    "card", "region", "period_start", "period_end", "period_label", "value", "numerator", "denominator", "state", "given_by",
)  # fmt: skip
GOOD, BAD = (State.REACHED, State.ON_PATH), (State.BEHIND, State.MISSED)
STANDINGS = {"good": GOOD, "bad": BAD, "none": (State.NO_DATA,)}


@dataclass(frozen=True, slots=True)
class Standing:
    """A card's figure of the year so far for one region, and how it stands to the target; of a unit's target the unit is the
    target's and `region_id` is 0."""

    region_id: int
    figure: Figure | None
    shown: str
    goal: Goal
    attained: Attainment
    target: Target
    is_own: bool


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One card: the whole's standing first, then each region's that has figures or a target of its own."""

    card: Card
    whole: Standing | None
    regions: tuple[Standing, ...]

    @property
    def counts(self) -> Counter[State]:
        return Counter(one.attained.state for one in self.regions)

    def of(self, region_id: int | None) -> Standing | None:
        """How it stands for the whole, or for one region."""
        if region_id is None:
            return self.whole
        return next((one for one in self.regions if one.region_id == region_id), None)


def board_of(actor: Actor, year: WorkYear, today: date, region: Region | None = None) -> list[BoardRow]:
    """Every card with a target in the year, in the cards' order; of one `region` alone where it is given. Four statements for
    any number of rows."""
    targets = list(
        targets_listed(actor)
        .filter(year=year, region__isnull=False)
        .order_by("card__order", "card__code", "region__order", "pk")
    )
    by_card: dict[int, list[Target]] = {}
    for target in targets:
        by_card.setdefault(target.card_id, []).append(target)
    rows = (
        (_within_sight(actor, year) if region is None else _within_sight(actor, year).filter(region=region))
        .filter(
            card__in=list(by_card),
            region__isnull=False,
            period_start__gte=year.starts_on,
            period_end__lte=year.ends_on,
        )
        .exclude(Q(region__level=Region.Level.COUNTY) & ~Q(region__parent=F("jurisdiction__region")))
        .only(*READ)
        .order_by("period_start", "pk")
    )
    cards = {pk: of_card[0].card for pk, of_card in by_card.items()}
    found: dict[int, dict[int, list[Observation]]] = {}
    for row in rows:
        row.card = cards[row.card_id]
        found.setdefault(row.card_id, {}).setdefault(row.region_id or 0, []).append(row)
    return [_row(found.get(pk, {}), of_card, year, today) for pk, of_card in by_card.items()]


def units_board(actor: Actor, year: WorkYear, today: date) -> list[Standing]:
    """The targets set for units, each with the unit's own figures; in the cards' order. Two statements."""
    targets = list(
        targets_listed(actor)
        .filter(year=year, unit__isnull=False)
        .order_by("card__order", "card__code", "unit__name", "pk")
    )
    found: dict[tuple[int, int | None], list[Observation]] = {}
    rows = _within_sight(actor, year).filter(
        card__in=[one.card_id for one in targets],
        unit__in=[one.unit_id for one in targets],
        period_start__gte=year.starts_on,
        period_end__lte=year.ends_on,
    )
    cards = {one.card_id: one.card for one in targets}
    for row in rows.order_by("period_start", "pk") if targets else ():
        row.card = cards[row.card_id]
        found.setdefault((row.card_id, row.unit_id), []).append(row)
    return [
        _standing(
            one.card,
            0,
            found.get((one.card_id, one.unit_id), []),
            one,
            mapping.goal_of(one),
            True,
            year,
            today,
        )
        for one in targets
    ]


def _within_sight(actor: Actor, year: WorkYear) -> ScopedQuerySet[Observation]:
    """The figures of the year's jurisdiction the actor sees; its own people see all that identify nobody, by an index."""
    if actor.jurisdiction_id == year.jurisdiction_id:
        rows: ScopedQuerySet[Observation] = Observation.objects.system("a jurisdiction's own figures")
        return rows.filter(collected_q(actor), jurisdiction_id=year.jurisdiction_id)
    seen: ScopedQuerySet[Observation] = Observation.objects.visible_to(actor)
    return seen.filter(jurisdiction_id=year.jurisdiction_id)


def _row(
    of_card: dict[int, list[Observation]], targets: list[Target], year: WorkYear, today: date
) -> BoardRow:
    card, own_region = targets[0].card, targets[0].jurisdiction.region_id
    own = {t.region_id: t for t in targets if t.region_id}
    general = own.get(own_region)
    for_all = general if general and card.over_regions != Card.Combine.SUM else None
    regions = [*of_card, *(r for r in own if r is not None)]
    goals = {target.pk: mapping.goal_of(target) for target in targets}
    standings = []
    for region in dict.fromkeys(regions):
        target = own.get(region) or for_all
        if target is not None:
            standings.append(
                _standing(
                    card,
                    region,
                    of_card.get(region, []),
                    target,
                    goals[target.pk],
                    region in own,
                    year,
                    today,
                )
            )
    whole = next((one for one in standings if one.region_id == own_region), None)
    return BoardRow(card, whole, tuple(one for one in standings if one.region_id != own_region))


def _standing(
    card: Card,
    region: int,
    rows: list[Observation],
    target: Target,
    goal: Goal,
    is_own: bool,
    year: WorkYear,
    today: date,
) -> Standing:
    figure = so_far(rows, year)
    value = figure.value if figure else None
    attained = attain(goal, value, min(today, year.ends_on))
    return Standing(region, figure, mapping.shown(card, value), goal, attained, target, is_own)


def so_far(rows: Sequence[Observation], year: WorkYear) -> Figure | None:
    """The year's figure as far as there are any: its quarters put together, or the last level known."""
    if not rows:
        return None
    if rows[0].card.over_time == Card.Combine.NONE:
        last = max(rows, key=lambda row: (row.period_end, row.period_start))
        return figure_of([last], Span(last.period_start, last.period_end))
    return figure_of(rows, Span(year.starts_on, max(row.period_end for row in rows)))


def metrics_situation(actor: Actor, year_id: int, today: date) -> Situation:
    """How many targets are reached or on their way, behind, or without figures: in all, and by region."""
    year = year_by_pk(actor, year_id)
    if year is None:
        return Situation()
    rows = board_of(actor, year, today)
    if not rows:
        return Situation()
    wholes = Counter(row.whole.attained.state for row in rows if row.whole)
    by_region: dict[int, Counter[State]] = {}
    for row in rows:
        for one in row.regions:
            by_region.setdefault(one.region_id, Counter())[one.attained.state] += 1
    key_figures = tuple(
        Number(
            f"{row.card}",
            row.whole.shown,
            reverse("metrics:card", args=[row.card.pk]),
            light={"behind": "soon", "missed": "overdue"}.get(row.whole.attained.state.value, ""),
        )
        for row in rows
        if row.whole and row.whole.figure
    )
    here = reverse("metrics:attainment")
    return Situation(
        totals=(*_numbers(wholes, here, {}), *key_figures[:6]),
        by_region={
            region: _numbers(counts, here, {"region": region}) for region, counts in by_region.items()
        },
    )


def _numbers(counts: Counter[State], here: str, query: dict[str, object]) -> tuple[Number, ...]:
    """Each leads to the targets it counts."""

    def url(standing: str) -> str:
        return f"{here}?{urlencode(query | {'standing': standing})}"

    good, bad = sum(counts[s] for s in GOOD), sum(counts[s] for s in BAD)
    total = sum(counts.values())
    return (
        Number(
            HEADS[0],
            _("%(good)s/%(total)s") % {"good": good, "total": total},
            url("good"),
            level=good / total if total else None,
        ),
        Number(HEADS[1], str(bad), url("bad"), light="soon" if bad else ""),
        Number(HEADS[2], str(counts[State.NO_DATA]), url("none")),
    )

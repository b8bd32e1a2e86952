"""A card's figures as pages show them: one subject's series, all subjects side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language

from zhize.apps.metrics import mapping
from zhize.apps.metrics.models import Card, Observation, Target
from zhize.apps.metrics.selectors.figures import observations_listed, subject_name
from zhize.core.kernel.periods import add_months
from zhize.core.kernel.rounding import share
from zhize.core.metrics.attainment import Attainment, Goal, attain
from zhize.core.metrics.spans import ONE_DAY
from zhize.kit.actor import Actor

YEARS = 5
"""How far back a page looks unless asked; a list with export shows everything."""
SubjectKey = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of a series with what it is compared with: a year ago, the target of its year."""

    row: Observation
    shown: str
    year_ago: Observation | None
    change: str
    attained: Attainment | None
    interval: mapping.Interval | None = None


@dataclass(frozen=True, slots=True)
class Strand:
    """All figures of one region or unit, oldest first; `regular` those of the card's own frequency."""

    key: SubjectKey
    label: str
    short: str
    code: str
    is_whole: bool
    rows: tuple[Observation, ...]
    regular: tuple[Observation, ...]

    @property
    def last(self) -> Observation | None:
        return next(iter(reversed(self.regular or self.rows)), None)

    @property
    def recent(self) -> list[float | None]:
        """The last twelve regular values, for a sparkline."""
        return [None if row.value is None else float(row.value) for row in self.regular[-12:]]


def strands_of(actor: Actor, card: Card, *, since: date | None = None) -> list[Strand]:
    """Every region's and unit's series the actor may see, the whole first, then in official order. One statement.

    Figures of the acting jurisdiction; where it has none, those the acting unit reported to the one above.
    """
    rows = observations_listed(actor).filter(card=card)
    if since is not None:
        rows = rows.filter(period_end__gte=since)
    found = list(rows.order_by("period_start", "-period_end", "pk"))
    own = [row for row in found if row.jurisdiction_id == actor.jurisdiction_id]
    grouped: dict[SubjectKey, list[Observation]] = {}
    for row in own or found:
        grouped.setdefault((row.region_id, row.unit_id), []).append(row)
    strands = [_strand(card, key, rows) for key, rows in grouped.items()]
    return sorted(strands, key=_official)


def _official(strand: Strand) -> tuple[bool, bool, int, int]:
    row = strand.rows[0]
    order = row.region.order if row.region else row.unit.order if row.unit else 0
    return (not strand.is_whole, row.unit is not None, order, row.pk)


def _strand(card: Card, key: SubjectKey, rows: Sequence[Observation]) -> Strand:
    who = rows[0].region or rows[0].unit
    return Strand(
        key=key,
        label=subject_name(rows[0]),
        short=_short(rows[0]),
        code=who.code if who else "",
        is_whole=key[0] == rows[0].jurisdiction.region_id,
        rows=tuple(rows),
        regular=tuple(row for row in rows if mapping.is_regular(card, row)),
    )


def _short(row: Observation) -> str:
    """A name for the axis of a chart: 临夏州."""
    return row.region.short if row.region and get_language() != "en" else subject_name(row)


def lines_of(card: Card, strand: Strand, targets: Sequence[Target]) -> list[Line]:
    """The strand's figures, newest first, each beside a year ago and judged by its year's target. No statement."""
    by_dates = {(row.period_start, row.period_end): row for row in strand.rows}
    goals = goals_of(strand, targets)
    lines = []
    for row in reversed(strand.rows):
        before = by_dates.get(
            (add_months(row.period_start, -12), add_months(row.period_end + ONE_DAY, -12) - ONE_DAY)
        )
        goal = goal_on(goals, row.period_end)
        lines.append(
            Line(
                row=row,
                shown=mapping.shown(card, row.value),
                year_ago=before,
                change=change_words(card, row.value, before.value if before else None),
                attained=attain(goal, row.value, row.period_end) if goal else None,
                interval=mapping.interval_of(card, row),
            )
        )
    return lines


def change_words(card: Card, now: Decimal | None, before: Decimal | None) -> str:
    """提高 1.2 个百分点 for a share, 增长 12.5% for what is counted; nothing where one of the two is missing."""
    if now is None or before is None:
        return ""
    if card.unit in ("%", "‰"):
        moved = mapping.published(card, now - before) or Decimal(0)
        if not moved:
            return "持平"
        unit = "个百分点" if card.unit == "%" else "个千分点"
        return f"{'提高' if moved > 0 else '降低'} {abs(moved):f} {unit}"
    part = share((now - before) * 100, before) if before > 0 else None
    if part is None:
        return ""
    rounded = round(part, 1)
    return "持平" if not rounded else f"{'增长' if rounded > 0 else '下降'} {abs(rounded):f}%"


Goals = list[tuple[date, date, Goal]]


def goals_of(strand: Strand, targets: Sequence[Target]) -> Goals:
    """The goals that hold for this strand, by year: its own, else the whole's where the card is a rate or a level."""
    own = [t for t in targets if (t.region_id, t.unit_id) == strand.key]
    whole = [
        t
        for t in targets
        if t.region_id == t.jurisdiction.region_id and t.card.over_regions != Card.Combine.SUM
    ]
    found: dict[date, tuple[date, date, Goal]] = {}
    for target in [*whole, *own]:
        found[target.year.starts_on] = (target.year.starts_on, target.year.ends_on, mapping.goal_of(target))
    return list(found.values())


def goal_on(goals: Goals, day: date) -> Goal | None:
    return next((goal for start, end, goal in goals if start <= day <= end), None)

"""A card's figures as pages show them, each beside a year ago and its target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhize.apps.metrics import mapping
from zhize.apps.metrics.models import Card, Observation, Target
from zhize.apps.metrics.selectors.subjects import Strand, SubjectKey
from zhize.core.kernel.periods import add_months
from zhize.core.kernel.rounding import share
from zhize.core.metrics.attainment import Attainment, Goal, attain
from zhize.core.metrics.spans import ONE_DAY


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of a series with what it is compared with: a year ago, the target of its year."""

    row: Observation
    shown: str
    year_ago: Observation | None
    change: str
    attained: Attainment | None
    interval: mapping.Interval | None = None


def lines_of(card: Card, strand: Strand, aims: Aims) -> list[Line]:
    """The strand's figures, newest first, each beside a year ago and judged by its year's target. No statement."""
    by_dates = {(row.period_start, row.period_end): row for row in strand.rows}
    goals = goals_of(strand, aims)
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


@dataclass(frozen=True, slots=True)
class Aims:
    """A card's targets by whom they hold for."""

    own: dict[SubjectKey, list[Target]]
    whole: list[Target]

    @classmethod
    def of(cls, targets: Sequence[Target]) -> Aims:
        own: dict[SubjectKey, list[Target]] = {}
        for target in targets:
            own.setdefault((target.region_id, target.unit_id), []).append(target)
        whole = [
            t
            for t in targets
            if t.region_id == t.jurisdiction.region_id and t.card.over_regions != Card.Combine.SUM
        ]
        return cls(own, whole)


def goals_of(strand: Strand, aims: Aims) -> Goals:
    """The goals that hold for this strand, by year: its own, else the whole's where the card is a rate or a level."""
    found: dict[date, tuple[date, date, Goal]] = {}
    for target in [*aims.whole, *aims.own.get(strand.key, [])]:
        found[target.year.starts_on] = (target.year.starts_on, target.year.ends_on, mapping.goal_of(target))
    return list(found.values())


def goal_on(goals: Goals, day: date) -> Goal | None:
    return next((goal for start, end, goal in goals if start <= day <= end), None)

"""Rows to the core's dataclasses and back. No decisions here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal, localcontext

from zhize.apps.metrics.models import Card, Observation, Target
from zhize.apps.metrics.models.figures import PLACES
from zhize.core.kernel.errors import CoreError
from zhize.core.kernel.periods import Every
from zhize.core.kernel.rounding import DIGITS, Rounding, round_once
from zhize.core.metrics.alerts import SHARES, AlertRule
from zhize.core.metrics.attainment import Direction, Goal, Step
from zhize.core.metrics.checks import Check
from zhize.core.metrics.combine import Part, Rule
from zhize.core.metrics.parse import parse
from zhize.core.metrics.units import Unit, unit_of
from zhize.core.sampling.pass_rate import FEW, MOST, Way, pass_rate

KEPT = Decimal(1).scaleb(-PLACES)


def stored(value: Decimal | None) -> Decimal | None:
    """A value as the column keeps it: cut off, so that it is rounded only once, when it is shown."""
    if value is None:
        return None
    with localcontext() as context:
        context.prec = DIGITS
        return value.quantize(KEPT, rounding=ROUND_DOWN)


def published(card: Card, value: Decimal | None) -> Decimal | None:
    """The value as printed: the card's decimals, half-up."""
    return None if value is None else round_once(value, card.decimals, Rounding.HALF_UP)


def unit_of_card(card: Card) -> Unit:
    return unit_of(card.unit)


def checks_of(card: Card) -> list[Check]:
    """The card's rules; `BadRule` names the place when the stored data are wrong."""
    return [Check.from_mapping(one, f"{card.code}.checks[{n}]") for n, one in enumerate(card.checks, 1)]


def direction_of(card: Card) -> Direction:
    return Direction(card.direction)


def alert_rules_of(card: Card) -> list[AlertRule]:
    """The card's alerts; `BadRule` names the place when the stored data are wrong."""
    return [
        AlertRule.from_mapping(one, direction_of(card), card.unit, f"{card.code}.alerts[{n}]")
        for n, one in enumerate(card.alerts, 1)
    ]


def alert_words(card: Card) -> list[str]:
    """The rules in words, each with where it comes from: 低于 90% 预警（示例，由办公室核定）; 2015年1月1日起，低于 95% 预警（出处）."""
    higher = card.direction == Card.Direction.HIGHER
    said = []
    for one in alert_rules_of(card):
        low, high = (one.value, None) if higher else (None, one.value)
        bounds = (
            ("低于", low if one.minimum is None else one.minimum),
            ("高于", high if one.maximum is None else one.maximum),
        )
        words = [
            f"{word} {bound.normalize():f}{card.unit} 预警" for word, bound in bounds if bound is not None
        ]
        moved = one.points if one.points is not None else one.percent
        if moved is not None:
            unit = SHARES.get(card.unit, "") if one.points is not None else "%"
            words.append(f"比上年同期{'下降' if higher else '上升'}超过 {moved.normalize():f} {unit}预警")
        since = f"{one.since.year}年{one.since.month}月{one.since.day}日起，" if one.since else ""
        where = ["示例，由办公室核定"] if one.example else []
        where += [one.source] if one.source else []
        said.append(since + "；".join(words) + (f"（{'；'.join(where)}）" if where else ""))
    return said


def goal_of(target: Target) -> Goal:
    """The core's goal of a target. Reads: card, year joined, steps prefetched. Raises `BadRule` where it makes no sense."""
    return _goal(target, [Step(step.on, step.value) for step in target.steps.all()])


def goal_from(target: Target, steps: Sequence[Step]) -> Goal | CoreError:
    """The goal a target would have with these steps, or what is wrong with it."""
    try:
        return _goal(target, steps)
    except CoreError as error:
        return error


def _goal(target: Target, steps: Sequence[Step]) -> Goal:
    return Goal(
        direction=Direction(target.card.direction),
        value=target.value,
        due=target.year.ends_on,
        upper=target.upper,
        base=target.base,
        steps=tuple(steps),
    )


def parts_of(rows: Iterable[Observation]) -> list[Part]:
    """Observations as parts of a whole, in the order given."""
    return [Part(row.period_label, row.value, row.numerator, row.denominator) for row in rows]


def rule_of(combine: str) -> Rule:
    return Rule(combine)


def shown(card: Card, value: Decimal | None) -> str:
    """The value as people read it: 81.9%, 1,339 批; a dash where there is none."""
    rounded = published(card, value)
    if rounded is None:
        return "—"
    gap = "" if card.unit in ("", "%", "‰") else " "
    return f"{rounded:,f}{gap}{card.unit}"


@dataclass(frozen=True, slots=True)
class Interval:
    """Between which values a sampled share lies with 95 % confidence, in the card's unit (%). `few`: too few for comparing."""

    low: Decimal
    high: Decimal
    few: bool
    words: str


def interval_of(card: Card, row: Observation) -> Interval | None:
    """The interval of a figure whose card says that it comes from a sample; None without counts, or counts that are none.

    A figure summed up over regions has the summed counts, and so the interval of all that was drawn.
    """
    passed, total = row.numerator, row.denominator
    if not card.sample or row.value is None or passed is None or total is None:
        return None
    if passed % 1 or total % 1 or not 0 <= passed <= total or not 1 <= total <= MOST:
        return None
    way = next((one for one in Way if one.method == card.sample), None)
    if way is None:
        return None
    found = pass_rate(int(passed), int(total), way=way)
    low, high = (
        round_once(Decimal(repr(bound)) * 100, max(card.decimals, 1)) for bound in (found.low, found.high)
    )
    return Interval(low, high, total < FEW, f"{low:f}%—{high:f}%")


def axis_label(row: Observation, *, with_year: bool) -> str:
    """The period on a chart's axis: 一季度 over 2012年, the year only where it begins."""
    start = row.period_start
    match months_of(start, row.period_end):
        case 12:
            return f"{start.year}年"
        case 6:
            part = "上半年" if start.month <= 6 else "下半年"
        case 3:
            part = f"{'一二三四'[(start.month - 1) // 3]}季度"
        case 1:
            part = f"{start.month}月"
        case _:
            return row.period_label
    return f"{part}\n{start.year}年" if with_year else part


def is_regular(card: Card, row: Observation) -> bool:
    """Whether a figure's period is as long as the card's frequency says."""
    return months_of(row.period_start, row.period_end) == Every(card.frequency).months


def months_of(start: date, end: date) -> int:
    """How many calendar months two days span, those of both included."""
    return (end.year - start.year) * 12 + end.month - start.month + 1


def codes_in(expression: str) -> tuple[str, ...]:
    """The codes a formula names; none where there is no formula or it cannot be read."""
    try:
        return parse(expression).uses if expression else ()
    except CoreError:
        return ()

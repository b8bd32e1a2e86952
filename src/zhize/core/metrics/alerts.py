"""预警: rules on a card that say of a figure in force that it should be looked at, by the card's direction.

An alert refuses nothing: the figure stands, and those who answer for it are told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from enum import StrEnum

from ..kernel.errors import BadRule
from ..kernel.fields import Fields
from ..kernel.rounding import DIGITS, round_once
from .attainment import Direction

SHARES = {"%": "个百分点", "‰": "个千分点"}


class AlertKind(StrEnum):
    """What a rule looks at."""

    THRESHOLD = "threshold"
    YEAR_AGO = "year_ago"


@dataclass(frozen=True, slots=True)
class AlertRule:
    """One rule. A threshold has `value`, or `minimum` and `maximum` where a range is good; a year's change has `percent` of the
    figure a year before, or `points` between two shares. `since` is the first day of periods it holds for, `source` the document
    that sets the line; an `example` has none and says so in the alert."""

    kind: AlertKind
    value: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    percent: Decimal | None = None
    points: Decimal | None = None
    since: date | None = None
    source: str = ""
    example: bool = False

    @classmethod
    def from_mapping(
        cls, data: object, direction: Direction, unit: str = "", where: str = "alert"
    ) -> AlertRule:
        """Reads one rule of a card of this direction and unit; raises `BadRule` naming the field."""
        numbers = ("value", "minimum", "maximum", "percent", "points")
        fields = Fields(data, ("kind", "from", "source", "example", *numbers), where)
        rule = cls(
            fields.choice("kind", AlertKind),
            since=fields.day_or_none("from"),
            source=fields.text("source", ""),
            example=fields.flag("example", False),
            **{name: fields.decimal(name) for name in numbers if fields.has(name)},
        )
        given = {name for name in numbers if fields.has(name)}
        if rule.kind is AlertKind.YEAR_AGO:
            if given not in ({"percent"}, {"points"}):
                raise BadRule(
                    "同比预警要写变差的幅度", where=fields.where, remedy="请写 percent 或 points 之一"
                )
            if "points" in given and unit not in SHARES:
                raise BadRule(
                    "百分点只用于百分比", where=fields.place("points"), remedy="请写 percent，或把单位改为 %"
                )
            if direction is Direction.RANGE:
                raise BadRule(
                    "在区间内为好的指标没有变差的方向",
                    where=fields.where,
                    remedy="请写 threshold 的 minimum、maximum",
                )
            if (rule.percent or rule.points or Decimal(0)) <= 0:
                raise BadRule("变差的幅度应大于零", where=fields.where, remedy="请写正数")
        elif direction is Direction.RANGE:
            if not given or given - {"minimum", "maximum"}:
                raise BadRule(
                    "在区间内为好的指标要写上下限", where=fields.where, remedy="请写 minimum、maximum"
                )
        elif given != {"value"}:
            raise BadRule("缺少预警线", where=fields.where, remedy="请写 value")
        return rule


@dataclass(frozen=True, slots=True)
class Alerted:
    """Which rule (counted from 1), and what is to be said."""

    rule: int
    kind: AlertKind
    what: str


def alerts(
    rules: Sequence[AlertRule],
    direction: Direction,
    value: Decimal | None,
    year_ago: Decimal | None,
    *,
    unit: str = "",
    places: int = 1,
    ends: date | None = None,
) -> list[Alerted]:
    """What the rules say of a figure, in their order (method `metrics.alert`). A figure that is missing alerts nobody; exactly on
    the line is not beyond it; without a figure a year before there is no change. Compared unrounded, told as printed.

    Of the rules of one kind those with the latest `since` not after the period's end hold."""
    if value is None:
        return []
    with localcontext() as context:
        context.prec = DIGITS
        found = (
            (n, rule, _says(rule, direction, value, year_ago, unit, places))
            for n, rule in holding(rules, ends)
        )
        return [Alerted(n, rule.kind, words) for n, rule, words in found if words]


def holding(rules: Sequence[AlertRule], ends: date | None) -> list[tuple[int, AlertRule]]:
    """The rules that hold for a period ending on this day, each with its number; a dated one asks for the day."""
    found: list[tuple[int, AlertRule]] = []
    for n, rule in enumerate(rules, 1):
        if rule.since is None:
            found.append((n, rule))
        elif ends is None:
            raise BadRule("预警线有启用日期", where=f"alerts[{n}]", remedy="请写数的期间止 ends")
        elif rule.since <= ends:
            found.append((n, rule))
    newest = {
        kind: max(rule.since or date.min for _n, rule in found if rule.kind is kind)
        for kind in {rule.kind for _n, rule in found}
    }
    return [(n, rule) for n, rule in found if (rule.since or date.min) == newest[rule.kind]]


def _says(
    rule: AlertRule, direction: Direction, value: Decimal, year_ago: Decimal | None, unit: str, places: int
) -> str:
    shown = _shown(value, unit, places)
    if rule.kind is AlertKind.YEAR_AGO:
        return _change(rule, direction, value, year_ago, unit, places)
    low = rule.value if direction is Direction.HIGHER else rule.minimum
    high = rule.value if direction is Direction.LOWER else rule.maximum
    line = "示例预警线" if rule.example else "预警线"
    if low is not None and value < low:
        return f"{shown} 低于{line} {_plain(low)}{unit}"
    if high is not None and value > high:
        return f"{shown} 高于{line} {_plain(high)}{unit}"
    return ""


def _change(
    rule: AlertRule, direction: Direction, value: Decimal, year_ago: Decimal | None, unit: str, places: int
) -> str:
    if year_ago is None:
        return ""
    worse = year_ago - value if direction is Direction.HIGHER else value - year_ago
    way = "下降" if direction is Direction.HIGHER else "上升"
    mark = "（示例线）" if rule.example else ""
    before = f"{_shown(value, unit, places)} 比上年同期 {_shown(year_ago, unit, places)} {way} "
    if rule.points is not None:
        if worse <= rule.points:
            return ""
        word = SHARES.get(unit, "")
        return (
            f"{before}{round_once(worse, max(places, 1)):f} {word}，超过 {_plain(rule.points)} {word}{mark}"
        )
    if rule.percent is None or year_ago == 0 or worse * 100 <= rule.percent * abs(year_ago):
        return ""
    moved = round_once(worse / abs(year_ago) * 100, 1)
    return f"{before}{moved:f}%，超过 {_plain(rule.percent)}%{mark}"


def _shown(value: Decimal, unit: str, places: int) -> str:
    return f"{round_once(value, places):f}{unit}"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"

"""Ranges as printed: 80—89, 90分以上, 60分以下. Which one a value falls in, and where the printed ones leave a hole.

以上、以下、以内 hold the figure itself (`from`, `to`); 不满、超过 do not (`below`, `above`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from ..kernel.errors import BadRule
from ..kernel.fields import Fields
from .numbers import number_or_none, say

RANGE = ("from", "above", "to", "below")


@dataclass(frozen=True, slots=True)
class Range:
    """Ends that are None are open: everything above, everything below."""

    from_: Fraction | None = None
    above: Fraction | None = None
    to: Fraction | None = None
    below: Fraction | None = None

    @classmethod
    def read(cls, fields: Fields) -> Range:
        """BadRule where both ends of one side are given or the range holds nothing."""
        for pair in (("from", "above"), ("to", "below")):
            if all(fields.has(name) for name in pair):
                raise BadRule(
                    f"同时写了 {'、'.join(pair)}",
                    where=fields.where,
                    remedy="同一端只写一种：含本数或不含本数",
                )
        found = cls(*(number_or_none(fields, name) for name in RANGE))
        low, high = found.low, found.high
        open_end = found.above is not None or found.below is not None
        if low is not None and high is not None and (low > high or (low == high and open_end)):
            raise BadRule("起点不低于终点，没有数会落在这一档", where=fields.where, remedy="请核对起止")
        return found

    @property
    def low(self) -> Fraction | None:
        return self.from_ if self.from_ is not None else self.above

    @property
    def high(self) -> Fraction | None:
        return self.to if self.to is not None else self.below

    def holds(self, value: Fraction) -> bool:
        return not (
            (self.from_ is not None and value < self.from_)
            or (self.above is not None and value <= self.above)
            or (self.to is not None and value > self.to)
            or (self.below is not None and value >= self.below)
        )

    def words(self, unit: str = "") -> str:
        """90分以上, 80—89分, 60分以下（不含）."""
        if self.low is None and self.high is None:
            return "其余"
        if self.high is None:
            return f"{say(self.low or Fraction(0))}{unit}" + (
                "以上" if self.above is None else "以上（不含）"
            )
        if self.low is None:
            return f"{say(self.high)}{unit}" + ("以下" if self.below is None else "以下（不含）")
        marks = [word for word, on in (("不含下限", self.above), ("不含上限", self.below)) if on is not None]
        return f"{say(self.low)}—{say(self.high)}{unit}" + (f"（{'、'.join(marks)}）" if marks else "")


@dataclass(frozen=True, slots=True)
class Gap:
    """Between two neighbours: a hole no range holds, or an overlap two hold; `sample` is a value within."""

    is_hole: bool
    first: int
    second: int
    sample: Fraction


def gaps(ranges: Sequence[Range], step: Fraction | None) -> Iterator[Gap]:
    """Holes and overlaps between neighbours in order of their lower ends. `step`: the distance of two possible values
    (1 for whole numbers, 0.01 for two places); None where any value is possible."""
    order = sorted(
        range(len(ranges)), key=lambda n: (ranges[n].low is not None, ranges[n].low or Fraction(0), n)
    )
    for here, there in pairwise(order):
        lower, upper = ranges[here], ranges[there]
        if lower.high is None or upper.low is None:
            yield Gap(False, here, there, upper.low if upper.low is not None else (lower.high or Fraction(0)))
            continue
        last = lower.high if lower.below is None else _before(lower.high, step)
        first = upper.low if upper.above is None else _after(upper.low, step)
        if lower.high > upper.low or (
            lower.high == upper.low and lower.below is None and upper.above is None
        ):
            yield Gap(False, here, there, upper.low)
        elif lower.high == upper.low and lower.below is not None and upper.above is not None:
            yield Gap(True, here, there, upper.low)
        elif lower.high < upper.low and (step is None or first - last > step):
            middle = (lower.high + upper.low) / 2
            yield Gap(True, here, there, middle if step is None else _on_grid(middle, step))


def _before(value: Fraction, step: Fraction | None) -> Fraction:
    return value if step is None else value - step


def _after(value: Fraction, step: Fraction | None) -> Fraction:
    return value if step is None else value + step


def _on_grid(value: Fraction, step: Fraction) -> Fraction:
    return step * (value / step).__floor__()

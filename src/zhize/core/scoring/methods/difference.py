"""每高1个百分点加1.5分，每低1个百分点扣1.5分: from a base at the target, upwards only to a cap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import ClassVar, Self

from ...kernel.fields import Fields
from ..facts import Given
from ..numbers import number, number_or_none, say
from .base import ZERO, Better, Fault, Found, Method, Peers, inputs, not_negative, nothing


@dataclass(frozen=True, slots=True)
class Difference(Method):
    """`base`: points exactly at the target (default: the leaf's). `per` up, `per_down` down (default: the same), for
    each `unit` (a percentage point). `up_cap`: no more than this is added; `down_cap`: no more than this is taken.
    Without `below_zero` the leaf never falls under 0. `whole`: a part of a unit is not counted."""

    per: Fraction
    per_down: Fraction | None
    base: Fraction | None
    target: Fraction | None
    unit: str
    better: Better
    up_cap: Fraction | None
    down_cap: Fraction | None
    whole: bool
    below_zero: bool

    kind: ClassVar[str] = "difference"
    label: ClassVar[str] = "按百分点加减分"
    asks: ClassVar[tuple[str, ...]] = ("actual", "target")

    @classmethod
    def read(cls, fields: Fields) -> Self:
        def cap(name: str) -> Fraction | None:
            value = number_or_none(fields, name)
            return None if value is None else not_negative(value, fields, name)

        return cls(
            per=not_negative(number(fields, "per"), fields, "per"),
            per_down=cap("per_down"),
            base=number_or_none(fields, "base"),
            target=number_or_none(fields, "target"),
            unit=fields.text("unit", "个百分点"),
            better=fields.choice("better", Better, Better.MORE),
            up_cap=cap("up_cap"),
            down_cap=cap("down_cap"),
            whole=fields.flag("whole", False),
            below_zero=fields.flag("below_zero", False),
        )

    @property
    def down(self) -> Fraction:
        return self.per if self.per_down is None else self.per_down

    def start(self, points: Fraction) -> Fraction:
        return points if self.base is None else self.base

    def words(self, points: Fraction) -> str:
        goal = f"目标{say(self.target)}，" if self.target is not None else ""
        high, low = ("高", "低") if self.better is Better.MORE else ("低", "高")
        up = f"，最多加{say(self.up_cap)}分" if self.up_cap is not None else ""
        down = f"，最多扣{say(self.down_cap)}分" if self.down_cap is not None else ""
        return (
            f"{goal}达到目标得{say(self.start(points))}分，每{high}1{self.unit}加{say(self.per)}分{up}，"
            f"每{low}1{self.unit}扣{say(self.down)}分{down}"
        )

    def most(self, points: Fraction) -> Fraction | None:
        return None if self.up_cap is None and self.per else self.start(points) + (self.up_cap or ZERO)

    def faults(self, points: Fraction) -> Iterator[Fault]:
        if self.up_cap is None and self.per:
            yield Fault("no_cap", "加分没有上限", "请写明最多加多少分（up_cap）")
        elif (most := self.most(points)) is not None and most > points:
            yield Fault(
                "beyond",
                f"最高可得{say(most)}分，超过本项{say(points)}分",
                "允许超出的请保留；否则调低 base 或 up_cap",
            )

    def score(self, points: Fraction, given: Given, peers: Peers) -> Found:
        fields = given.fields(self.asks)
        actual = number(fields, "actual")
        target = number_or_none(fields, "target")
        target = self.target if target is None else target
        if target is None:
            return nothing("没有目标值，高低无法计算", 实绩=actual)
        gap = actual - target
        good = gap >= 0 if self.better is Better.MORE else gap <= 0
        size = abs(gap)
        counted = Fraction(floor(size)) if self.whole else size
        start = self.start(points)
        said = f"实际{say(actual)}，目标{say(target)}，"
        said += f"{'高' if gap > 0 else '低'}{say(size)}{self.unit}" if gap else "与目标持平"
        if counted != size:
            said += f"，计{say(counted)}{self.unit}"
        per, cap, verb = (self.per, self.up_cap, "加") if good else (self.down, self.down_cap, "扣")
        change = per * counted
        if change:
            said += f"，每{self.unit.removeprefix('个')}{verb}{say(per)}分，应{verb}{say(change)}分"
        if cap is not None and change > cap:
            change = cap
            said += f"，最多{verb}{say(cap)}分"
        got = start + change if good else start - change
        if got < 0 and not self.below_zero:
            got = ZERO
            said += "，扣完为止"
        return Found(got, f"{said}，得{say(got)}分", inputs(实绩=actual, 目标=target))

"""按完成比例得分: points × actual ÷ target, with a floor and a cap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from ...kernel.errors import BadFact, BadRule
from ...kernel.fields import Fields
from ..facts import Given
from ..numbers import number, number_or_none, percent, say
from .base import ZERO, Better, Fault, Found, Method, Peers, inputs, not_negative, nothing, positive

ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Proportion(Method):
    """`target`: unless each object has its own. `floor`: below this share nothing is given. `cap`: the share counts
    up to here. `better: less`: the share is target ÷ actual."""

    target: Fraction | None
    better: Better
    floor: Fraction
    cap: Fraction
    unit: str

    kind: ClassVar[str] = "proportion"
    label: ClassVar[str] = "按完成比例"
    asks: ClassVar[tuple[str, ...]] = ("actual", "target")

    @classmethod
    def read(cls, fields: Fields) -> Self:
        floor = not_negative(number(fields, "floor", "0"), fields, "floor")
        cap = positive(number(fields, "cap", "1"), fields, "cap")
        if floor > cap:
            raise BadRule("下限高于上限", where=fields.place("floor"), remedy="请让 floor 不大于 cap")
        target = number_or_none(fields, "target")
        if target is not None:
            positive(target, fields, "target")
        return cls(target, fields.choice("better", Better, Better.MORE), floor, cap, fields.text("unit", ""))

    def words(self, points: Fraction) -> str:
        goal = f"，目标{say(self.target)}{self.unit}" if self.target is not None else ""
        below = f"，低于{percent(self.floor)}不得分" if self.floor else ""
        above = f"，最高按{percent(self.cap)}计" if self.cap != 1 else ""
        return f"按完成比例得分{goal}{below}{above}"

    def most(self, points: Fraction) -> Fraction:
        return points * self.cap

    def faults(self, points: Fraction) -> Iterator[Fault]:
        if self.cap > 1:
            yield Fault(
                "beyond",
                f"按比例最高可得{say(points * self.cap)}分，超过本项{say(points)}分",
                "确需超额计分的请保留；否则把 cap 改为 1",
            )

    def score(self, points: Fraction, given: Given, peers: Peers) -> Found:
        fields = given.fields(self.asks)
        actual = not_negative(number(fields, "actual"), fields, "actual")
        target = number_or_none(fields, "target")
        target = self.target if target is None else target
        if target is None:
            return nothing("没有目标值，完成比例无法计算", 实绩=actual)
        if target < 0:
            raise BadFact("目标值小于 0", where=fields.place("target"), remedy="请核对目标值")
        given_values = inputs(实绩=actual, 目标=target)
        top, below = (actual, target) if self.better is Better.MORE else (target, actual)
        if below == 0:
            if self.better is Better.LESS:
                return Found(
                    points * self.cap, f"实际为0，目标不超过{say(target)}{self.unit}，得满分", given_values
                )
            return nothing("目标值为0，完成比例无法计算，请由考核人员认定", 实绩=actual, 目标=target)
        share = top / below
        said = f"实际{say(actual)}{self.unit}，目标{say(target)}{self.unit}，完成{percent(share)}"
        if share < self.floor:
            return Found(ZERO, f"{said}，低于{percent(self.floor)}，不得分", given_values)
        counted = min(share, self.cap)
        times = f"{say(top)}÷{say(below)}" if share == counted else percent(counted)
        if share > self.cap:
            said += f"，按{percent(counted)}计"
        got = points * counted
        return Found(got, f"{said}，{say(points)}分×{times}＝{say(got)}分", given_values)

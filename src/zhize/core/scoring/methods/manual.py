"""人工评分: a named body gives the points within the range, by the guidance; several may, and are combined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, Self

from ...kernel.errors import BadFact
from ...kernel.fields import Fields
from ..facts import Given
from ..numbers import number, number_or_none, rational, say
from .base import ZERO, Fault, Found, Method, Peers, inputs, nothing, positive


class Combine(StrEnum):
    """How the points of several assessors become one: mean; mean without highest and lowest; median."""

    MEAN = "mean"
    TRIMMED = "trimmed"
    MEDIAN = "median"


WORDS = {
    Combine.MEAN: "取平均",
    Combine.TRIMMED: "去掉一个最高分、一个最低分后取平均",
    Combine.MEDIAN: "取中位数",
}


@dataclass(frozen=True, slots=True)
class Manual(Method):
    """`least` to `upto` (default: 0 to the leaf's points), in steps of `step`; `guidance`: what to look at and how."""

    guidance: str
    upto: Fraction | None
    least: Fraction
    step: Fraction | None
    combine: Combine
    reason_below_full: bool

    kind: ClassVar[str] = "manual"
    label: ClassVar[str] = "人工评分"
    asks: ClassVar[tuple[str, ...]] = ("value", "values", "reason")

    @classmethod
    def read(cls, fields: Fields) -> Self:
        step = number_or_none(fields, "step")
        return cls(
            guidance=fields.text("guidance", ""),
            upto=number_or_none(fields, "upto"),
            least=number(fields, "least", "0"),
            step=None if step is None else positive(step, fields, "step"),
            combine=fields.choice("combine", Combine, Combine.MEAN),
            reason_below_full=fields.flag("reason_below_full", False),
        )

    def words(self, points: Fraction) -> str:
        return self.guidance or f"由考核人员在{say(self.least)}至{say(self.most(points))}分间评定"

    def most(self, points: Fraction) -> Fraction:
        return points if self.upto is None else self.upto

    def faults(self, points: Fraction) -> Iterator[Fault]:
        if not self.guidance:
            yield Fault("no_guidance", "人工评分没有评分说明", "请写明看什么、怎样给分")
        if self.upto is not None and self.upto > points:
            yield Fault("beyond", f"最高可评{say(self.upto)}分，超过本项{say(points)}分", "请核对最高分")
        if self.least >= self.most(points):
            yield Fault("empty", "最低分不低于最高分", "请核对可评的最低分和最高分")

    def score(self, points: Fraction, given: Given, peers: Peers) -> Found:
        fields = given.fields(self.asks)
        reason = fields.text("reason", "")
        if fields.data.get("values") is not None:
            marks = [self.check(rational(one, place), points, place) for one, place in _figures(fields)]  # fmt: skip
            if not marks:
                return nothing("没有人评分")
            got, said = self._combined(marks)
        elif fields.has("value"):
            got, said = self.check(number(fields, "value"), points, fields.place("value")), "评"
        else:
            return nothing("还没有评分")
        by = f"（{given.by}）" if given.by else ""
        why = f"，{reason}" if reason else ""
        lacking = (
            ("低于满分而没有写理由",)
            if self.reason_below_full and got < self.most(points) and not reason
            else ()
        )
        return Found(got, f"{said}{say(got)}分{by}{why}", inputs(评分=got), warnings=lacking)

    def check(self, mark: Fraction, points: Fraction, where: str = "") -> Fraction:
        """A mark within the range and on a step; BadFact in words otherwise. Forms ask it before saving."""
        most = self.most(points)
        if not self.least <= mark <= most:
            raise BadFact(
                f"评分{say(mark)}超出范围", where=where, remedy=f"请填 {say(self.least)} 至 {say(most)}"
            )
        if self.step is not None and (mark / self.step).denominator != 1 and mark != most:
            raise BadFact(
                f"评分{say(mark)}不是{say(self.step)}分的整倍数",
                where=where,
                remedy=f"请以{say(self.step)}分为一档",
            )
        return mark

    def _combined(self, marks: list[Fraction]) -> tuple[Fraction, str]:
        order = sorted(marks)
        if self.combine is Combine.MEDIAN:
            middle = len(order) // 2
            got = order[middle] if len(order) % 2 else (order[middle - 1] + order[middle]) / 2
        else:
            kept = order[1:-1] if self.combine is Combine.TRIMMED and len(order) > 2 else order
            got = sum(kept, ZERO) / len(kept)
        how = (
            WORDS[self.combine]
            if self.combine is not Combine.TRIMMED or len(order) > 2
            else WORDS[Combine.MEAN]
        )
        return got, f"{len(order)}人评分，{how}，评"


def _figures(fields: Fields) -> list[tuple[int | str, str]]:
    found: list[tuple[int | str, str]] = []
    for entry, place in fields.items("values"):
        if isinstance(entry, bool) or not isinstance(entry, int | str):
            raise BadFact(f"“{entry}”不是精确的数", where=place, remedy='请把小数写成文字，如 "8.5"')
        found.append((entry, place))
    return found

"""每少一次扣0.5分，扣完为止: a start, less so much per unit, not below nought, or no more than a sub-amount."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import ClassVar, Self

from ...kernel.fields import Fields
from ..facts import Given
from ..numbers import number, number_or_none, say
from .base import ZERO, Fault, Found, Inputs, Method, Peers, cases_of, inputs, not_negative, nothing, positive


@dataclass(frozen=True, slots=True)
class Deduction(Method):
    """`per` points for each `unit`. `required`: how many were due, so that what is short is counted; without it the
    facts say how many cases there were (`count`). `start`: points before deducting. `most_off`: no more than this is
    deducted. `free`: so many are forgiven. `whole`: a part of a unit is not counted. `below_zero`: it may go under 0."""

    per: Fraction
    unit: str
    required: Fraction | None
    start: Fraction | None
    most_off: Fraction | None
    free: Fraction
    whole: bool
    below_zero: bool

    kind: ClassVar[str] = "deduction"
    label: ClassVar[str] = "按次扣分"
    asks: ClassVar[tuple[str, ...]] = ("count", "actual", "required", "items")

    @classmethod
    def read(cls, fields: Fields) -> Self:
        most_off = number_or_none(fields, "most_off")
        return cls(
            per=positive(number(fields, "per"), fields, "per"),
            unit=fields.text("unit", "次"),
            required=number_or_none(fields, "required"),
            start=number_or_none(fields, "start"),
            most_off=None if most_off is None else positive(most_off, fields, "most_off"),
            free=not_negative(number(fields, "free", "0"), fields, "free"),
            whole=fields.flag("whole", False),
            below_zero=fields.flag("below_zero", False),
        )

    def words(self, points: Fraction) -> str:
        verb = "少" if self.required is not None else "有"
        due = f"应有{say(self.required)}{self.unit}，" if self.required is not None else ""
        free = f"（{say(self.free)}{self.unit}以内不扣）" if self.free else ""
        if self.most_off is not None:
            end = f"，最多扣{say(self.most_off)}分"
        else:
            end = "，可扣至负分" if self.below_zero else "，扣完为止"
        return f"{due}每{verb}1{self.unit}扣{say(self.per)}分{free}{end}"

    def most(self, points: Fraction) -> Fraction:
        return points if self.start is None else self.start

    def faults(self, points: Fraction) -> Iterator[Fault]:
        if self.start is not None and self.start > points:
            yield Fault("beyond", f"起评{say(self.start)}分高于本项{say(points)}分", "请核对起评分或本项分值")
        if self.most_off is None and self.per > self.most(points) > 0:
            yield Fault(
                "per_too_big",
                f"每{self.unit}扣{say(self.per)}分，超过本项{say(self.most(points))}分，一{self.unit}即扣完",
                "请核对扣分标准",
            )

    def score(self, points: Fraction, given: Given, peers: Peers) -> Found:
        fields = given.fields(self.asks)
        start = self.most(points)
        required = number_or_none(fields, "required")
        required = self.required if required is None else required
        cases = cases_of(fields)
        if fields.has("count"):
            short = not_negative(number(fields, "count"), fields, "count")
            said, known = f"共{say(short)}{self.unit}", inputs(次数=short)
        elif fields.has("actual"):
            actual = not_negative(number(fields, "actual"), fields, "actual")
            if required is None:
                return nothing("没有写明应有多少，少几次无法计算", 实有=actual)
            short = max(required - actual, ZERO)
            said = f"应有{say(required)}{self.unit}，实有{say(actual)}{self.unit}，少{say(short)}{self.unit}"
            known = inputs(应有=required, 实有=actual)
        elif fields.has("items"):
            short = Fraction(len(cases))
            said, known = f"共{say(short)}{self.unit}", inputs(次数=short)
        else:
            return nothing("没有写明次数")
        return self._found(start, short, said, known, cases)

    def _found(
        self, start: Fraction, short: Fraction, said: str, known: Inputs, cases: tuple[str, ...]
    ) -> Found:
        counted = max(short - self.free, ZERO)
        if self.whole:
            counted = Fraction(floor(counted))
        off = self.per * counted
        if counted != short:
            said += f"，计{say(counted)}{self.unit}"
        if not off:
            return Found(start, f"{said}，不扣分，得{say(start)}分", known, cases)
        said += f"，每{self.unit}扣{say(self.per)}分，应扣{say(off)}分"
        if self.most_off is not None and off > self.most_off:
            off = self.most_off
            said += f"，最多扣{say(off)}分"
        got = start - off
        if got < 0 and not self.below_zero:
            got = ZERO
            said += "，扣完为止"
        return Found(got, f"{said}，得{say(got)}分", known, cases)

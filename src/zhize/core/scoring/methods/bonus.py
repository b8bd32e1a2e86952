"""每增一项加2分，最多加10分: so much per unit, up to a cap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import ClassVar, Self

from ...kernel.fields import Fields
from ..facts import Given
from ..numbers import number, number_or_none, say
from .base import ZERO, Fault, Found, Method, Peers, cases_of, inputs, not_negative, nothing, positive


@dataclass(frozen=True, slots=True)
class Bonus(Method):
    """`per` points for each `unit` above `over` (default 0), no more than `cap`. `whole`: parts are not counted."""

    per: Fraction
    unit: str
    over: Fraction
    cap: Fraction | None
    whole: bool

    kind: ClassVar[str] = "bonus"
    label: ClassVar[str] = "按项加分"
    asks: ClassVar[tuple[str, ...]] = ("count", "items")

    @classmethod
    def read(cls, fields: Fields) -> Self:
        cap = number_or_none(fields, "cap")
        return cls(
            per=positive(number(fields, "per"), fields, "per"),
            unit=fields.text("unit", "项"),
            over=not_negative(number(fields, "over", "0"), fields, "over"),
            cap=None if cap is None else positive(cap, fields, "cap"),
            whole=fields.flag("whole", False),
        )

    def words(self, points: Fraction) -> str:
        over = f"超过{say(self.over)}{self.unit}后，" if self.over else ""
        end = f"，最多加{say(self.cap)}分" if self.cap is not None else ""
        return f"{over}每1{self.unit}加{say(self.per)}分{end}"

    def most(self, points: Fraction) -> Fraction | None:
        return self.cap

    def faults(self, points: Fraction) -> Iterator[Fault]:
        if self.cap is None:
            yield Fault("no_cap", "加分没有上限", "请写明最多加多少分")
        elif points and self.cap > points:
            yield Fault(
                "beyond", f"最多可加{say(self.cap)}分，超过本项{say(points)}分", "请核对加分上限或本项分值"
            )

    def score(self, points: Fraction, given: Given, peers: Peers) -> Found:
        fields = given.fields(self.asks)
        cases = cases_of(fields)
        if fields.has("count"):
            count = not_negative(number(fields, "count"), fields, "count")
        elif fields.data.get("items") is not None:
            count = Fraction(len(cases))
        else:
            return nothing("没有写明项数")
        counted = max(count - self.over, ZERO)
        if self.whole:
            counted = Fraction(floor(counted))
        got = self.per * counted
        said = f"共{say(count)}{self.unit}"
        if counted != count:
            said += f"，计{say(counted)}{self.unit}"
        said += f"，每{self.unit}加{say(self.per)}分，应加{say(got)}分"
        if self.cap is not None and got > self.cap:
            got = self.cap
            said += f"，最多加{say(got)}分"
        return Found(got, f"{said}，加{say(got)}分", inputs(项数=count), cases)

"""区间得分: the printed range a value falls in gives fixed points, or points in proportion to its place in the range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from ...kernel.errors import BadRule
from ...kernel.fields import Fields
from ..facts import Given
from ..numbers import number, number_or_none, publish, rational, say
from ..ranges import RANGE, Range, gaps
from .base import Fault, Found, Method, Peers, inputs, kept


@dataclass(frozen=True, slots=True)
class Band:
    """`points` throughout, or from `points` at the lower end to `points_to` at the upper, in proportion."""

    range: Range
    points: Fraction
    points_to: Fraction | None

    def at(self, value: Fraction) -> Fraction:
        low, high = self.range.low, self.range.high
        if self.points_to is None or low is None or high is None or low == high:
            return self.points
        return self.points + (self.points_to - self.points) * (value - low) / (high - low)


@dataclass(frozen=True, slots=True)
class Bands(Method):
    """`places`: the value is rounded half-up to so many places before its range is looked up; without it any value is
    possible, and ranges printed for whole numbers leave holes."""

    bands: tuple[Band, ...]
    places: int | None
    unit: str

    kind: ClassVar[str] = "bands"
    label: ClassVar[str] = "区间得分"
    asks: ClassVar[tuple[str, ...]] = ("value",)

    @classmethod
    def read(cls, fields: Fields) -> Self:
        found = []
        for entry, place in fields.items("bands"):
            one = Fields(entry, (*RANGE, "points", "points_to"), place)
            band = Band(Range.read(one), number(one, "points"), number_or_none(one, "points_to"))
            if band.points_to is not None and (band.range.low is None or band.range.high is None):
                raise BadRule("两端不全，无法按比例计分", where=place, remedy="请写明起止，或去掉 points_to")
            found.append(band)
        if not found:
            raise BadRule("没有区间", where=fields.place("bands"), remedy="请至少写一个区间")
        places = fields.integer("places", 0, 8, 0) if fields.has("places") else None
        return cls(tuple(found), places, fields.text("unit", ""))

    def mapping(self) -> dict[str, object]:
        rows = [
            {
                **kept({n: getattr(one.range, n if n != "from" else "from_") for n in RANGE}),
                **kept({"points": one.points, "points_to": one.points_to}),
            }
            for one in self.bands
        ]
        return {
            "kind": self.kind,
            "bands": rows,
            **({"places": self.places} if self.places is not None else {}),
            **kept({"unit": self.unit}),
        }

    def words(self, points: Fraction) -> str:
        return "；".join(
            f"{one.range.words(self.unit)}得{say(one.points)}"
            + (f"—{say(one.points_to)}分（按比例）" if one.points_to is not None else "分")
            for one in self.bands
        )

    def most(self, points: Fraction) -> Fraction:
        return max(max(one.points, one.points_to or one.points) for one in self.bands)

    def faults(self, points: Fraction) -> Iterator[Fault]:
        step = None if self.places is None else Fraction(1, 10**self.places)
        for gap in gaps([one.range for one in self.bands], step):
            pair = f"“{self.bands[gap.first].range.words()}”与“{self.bands[gap.second].range.words()}”"
            if gap.is_hole:
                yield Fault(
                    "hole",
                    f"{pair}之间有空档，如{say(gap.sample)}无处可归",
                    "请改用“不满”（below），或写明取整位数（places）",
                )
            else:
                yield Fault("overlap", f"{pair}重叠，如{say(gap.sample)}两处都算", "请把其中一端改为不含本数")
        if self.most(points) != points:
            yield Fault(
                "most_differs",
                f"最高区间{say(self.most(points))}分，与本项{say(points)}分不一致",
                "请核对本项分值或区间分值",
            )

    def score(self, points: Fraction, given: Given, peers: Peers) -> Found:
        value = number(given.fields(self.asks), "value")
        looked = value if self.places is None else rational(publish(value, self.places))
        fitting = [one for one in self.bands if one.range.holds(looked)]
        said = f"实际{say(value)}{self.unit}" + (f"，取{say(looked)}" if looked != value else "")
        if len(fitting) != 1:
            why = "不在任何区间内" if not fitting else "同时属于两个区间"
            return Found(None, f"{said}，{why}，请办公室明确", inputs(实绩=value))
        band = fitting[0]
        got = band.at(looked)
        return Found(got, f"{said}，属“{band.range.words(self.unit)}”，得{say(got)}分", inputs(实绩=value))

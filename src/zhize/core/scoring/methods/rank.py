"""按名次得分: the place of an object's value among all objects that have one. Equal values share the better place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar, Self

from ...kernel.errors import BadRule
from ...kernel.fields import Fields
from ..facts import Given
from ..numbers import number, number_or_none, percent, say
from .base import Better, Fault, Found, Method, Peers, inputs, not_negative, positive


@dataclass(frozen=True, slots=True)
class Upto:
    """Up to this place (or this share of all), inclusive: so many points."""

    to: Fraction
    points: Fraction


@dataclass(frozen=True, slots=True)
class Rank(Method):
    """One of: `places` (第1—3名10分), `shares` (前20%10分), `step` (each place lower, so much less, to `floor`).
    Who is in none of the rows gets `rest`."""

    better: Better
    places: tuple[Upto, ...]
    shares: tuple[Upto, ...]
    step: Fraction | None
    floor: Fraction
    rest: Fraction

    kind: ClassVar[str] = "rank"
    label: ClassVar[str] = "按名次"
    asks: ClassVar[tuple[str, ...]] = ("value",)
    compares: ClassVar[bool] = True

    @classmethod
    def read(cls, fields: Fields) -> Self:
        way = fields.only_one(("places", "shares", "step"))
        rows = {name: _rows(fields, name) if way == name else () for name in ("places", "shares")}
        step = number_or_none(fields, "step")
        return cls(
            better=fields.choice("better", Better, Better.MORE),
            places=rows["places"],
            shares=rows["shares"],
            step=None if step is None else not_negative(step, fields, "step"),
            floor=number(fields, "floor", "0"),
            rest=number(fields, "rest", "0"),
        )

    def words(self, points: Fraction) -> str:
        if self.step is not None:
            return f"第1名得{say(points)}分，每低1名少{say(self.step)}分，最低{say(self.floor)}分"
        rows = [f"前{say(one.to)}名得{say(one.points)}分" for one in self.places] or [
            f"前{percent(one.to)}得{say(one.points)}分" for one in self.shares
        ]
        return "；".join([*rows, f"其余得{say(self.rest)}分"])

    def most(self, points: Fraction) -> Fraction:
        return (
            points
            if self.step is not None
            else max(self.rest, *(one.points for one in self.places + self.shares))
        )

    def faults(self, points: Fraction) -> Iterator[Fault]:
        for one, next_one in pairwise(self.places + self.shares):
            if one.to >= next_one.to:
                yield Fault("overlap", "名次没有从前到后排列", "请按名次从前到后写")
            elif one.points < next_one.points:
                yield Fault("not_rising", "名次靠后的反而得分高", "请核对各档分值")
        if self.most(points) != points:
            yield Fault(
                "most_differs",
                f"第1名得{say(self.most(points))}分，与本项{say(points)}分不一致",
                "请核对本项分值",
            )

    def score(self, points: Fraction, given: Given, peers: Peers) -> Found:
        value = number(given.fields(self.asks), "value")
        more = self.better is Better.MORE
        place = 1 + sum(one > value if more else one < value for one in peers)
        equal = sum(one == value for one in peers)
        said = f"{say(value)}，在{len(peers)}个对象中列第{place}名" + ("（并列）" if equal > 1 else "")
        if self.step is not None:
            got = max(points - self.step * (place - 1), min(self.floor, points))
        else:
            measure = Fraction(place) if self.places else Fraction(place, max(len(peers), 1))
            rows = self.places or self.shares
            got = next((one.points for one in rows if measure <= one.to), self.rest)
        return Found(got, f"{said}，得{say(got)}分", inputs(实绩=value, 名次=place, 对象数=len(peers)))


def _rows(fields: Fields, name: str) -> tuple[Upto, ...]:
    found = []
    for entry, place in fields.items(name):
        one = Fields(entry, ("to", "points"), place)
        to = positive(number(one, "to"), one, "to")
        if name == "shares" and to > 1:
            raise BadRule("比例大于 1", where=one.place("to"), remedy='前20%写成 "0.2"')
        found.append(Upto(to, number(one, "points")))
    if not found:
        raise BadRule("没有写出各档", where=fields.place(name), remedy="请至少写一档（to、points）")
    return tuple(found)

"""按等次得分 and 是否做到: named levels, each with its points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from ...kernel.errors import BadFact, BadRule
from ...kernel.fields import Fields
from ..facts import Given
from ..numbers import number, say
from .base import Fault, Found, Method, Peers, inputs


@dataclass(frozen=True, slots=True)
class Level:
    """A level by its word (好, 较好, 一般, 差) and its points."""

    code: str
    points: Fraction


@dataclass(frozen=True, slots=True)
class Levels(Method):
    """The level given decides."""

    levels: tuple[Level, ...]

    kind: ClassVar[str] = "levels"
    label: ClassVar[str] = "按等次"
    asks: ClassVar[tuple[str, ...]] = ("level", "reason")

    @classmethod
    def read(cls, fields: Fields) -> Self:
        found: dict[str, Level] = {}
        for entry, place in fields.items("levels"):
            one = Fields(entry, ("code", "points"), place)
            code = one.text("code")
            if code in found:
                raise BadRule(f"等次“{code}”写了两次", where=place, remedy="每个等次只写一次")
            found[code] = Level(code, number(one, "points"))
        if not found:
            raise BadRule("没有等次", where=fields.place("levels"), remedy="请至少写两个等次")
        return cls(tuple(found.values()))

    def words(self, points: Fraction) -> str:
        return "；".join(f"{one.code}得{say(one.points)}分" for one in self.levels)

    def most(self, points: Fraction) -> Fraction:
        return max(one.points for one in self.levels)

    def faults(self, points: Fraction) -> Iterator[Fault]:
        if self.most(points) != points:
            yield Fault(
                "most_differs",
                f"最高等次{say(self.most(points))}分，与本项{say(points)}分不一致",
                "请核对本项分值或等次分值",
            )

    def score(self, points: Fraction, given: Given, peers: Peers) -> Found:
        fields = given.fields(self.asks)
        said = fields.text("level")
        level = next((one for one in self.levels if one.code == said), None)
        if level is None:
            known = "、".join(one.code for one in self.levels)
            raise BadFact(f"没有“{said}”这一等次", where=fields.place("level"), remedy=f"可选：{known}")
        reason = fields.text("reason", "")
        return Found(
            level.points,
            f"评为“{said}”，得{say(level.points)}分" + (f"，{reason}" if reason else ""),
            inputs(等次=said),
        )


@dataclass(frozen=True, slots=True)
class Met(Method):
    """All or nothing: met gives the leaf's points, not met gives `otherwise`."""

    otherwise: Fraction

    kind: ClassVar[str] = "met"
    label: ClassVar[str] = "是否做到"
    asks: ClassVar[tuple[str, ...]] = ("met", "reason")

    @classmethod
    def read(cls, fields: Fields) -> Self:
        return cls(number(fields, "otherwise", "0"))

    def words(self, points: Fraction) -> str:
        return f"做到的得{say(points)}分，否则" + (
            f"得{say(self.otherwise)}分" if self.otherwise else "不得分"
        )

    def most(self, points: Fraction) -> Fraction:
        return max(points, self.otherwise)

    def score(self, points: Fraction, given: Given, peers: Peers) -> Found:
        fields = given.fields(self.asks)
        met = fields.flag("met", False) if fields.has("met") else None
        if met is None:
            return Found(None, "还没有认定是否做到")
        reason = fields.text("reason", "")
        got = points if met else self.otherwise
        said = f"{'已做到' if met else '没有做到'}，得{say(got)}分" + (f"，{reason}" if reason else "")
        return Found(got, said, inputs(做到=met))

"""分档得分: the value reaches a step, the step gives the points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar, Self

from ...kernel.errors import BadRule
from ...kernel.fields import Fields
from ..facts import Given
from ..numbers import number, say
from .base import Better, Fault, Found, Method, Peers, inputs


@dataclass(frozen=True, slots=True)
class Tier:
    """Reached at `from` (inclusive), it gives `points`."""

    from_: Fraction
    points: Fraction


@dataclass(frozen=True, slots=True)
class Tiers(Method):
    """The best tier reached counts; none reached: `below`. `better: less`: a tier is reached at its figure or under."""

    tiers: tuple[Tier, ...]
    below: Fraction
    better: Better
    unit: str

    kind: ClassVar[str] = "tiers"
    label: ClassVar[str] = "分档得分"
    asks: ClassVar[tuple[str, ...]] = ("value",)

    @classmethod
    def read(cls, fields: Fields) -> Self:
        found = []
        for entry, place in fields.items("tiers"):
            one = Fields(entry, ("from", "points"), place)
            found.append(Tier(number(one, "from"), number(one, "points")))
        if not found:
            raise BadRule("没有分档", where=fields.place("tiers"), remedy="请至少写一档（from、points）")
        return cls(
            tuple(found),
            number(fields, "below", "0"),
            fields.choice("better", Better, Better.MORE),
            fields.text("unit", ""),
        )

    def ordered(self) -> list[Tier]:
        """The hardest to reach first."""
        return sorted(self.tiers, key=lambda one: one.from_, reverse=self.better is Better.MORE)

    def words(self, points: Fraction) -> str:
        side = "以上" if self.better is Better.MORE else "以下"
        steps = "；".join(f"{say(one.from_)}{self.unit}{side}得{say(one.points)}分" for one in self.ordered())
        return f"{steps}；其余得{say(self.below)}分"

    def most(self, points: Fraction) -> Fraction:
        return max([self.below, *(one.points for one in self.tiers)])

    def faults(self, points: Fraction) -> Iterator[Fault]:
        order = self.ordered()
        for upper, lower in pairwise(order):
            if upper.from_ == lower.from_:
                yield Fault(
                    "overlap", f"“{say(upper.from_)}{self.unit}”写了两档", "请删去其中一档，或改正起点"
                )
            elif upper.points < lower.points:
                yield Fault(
                    "not_rising",
                    f"达到{say(upper.from_)}{self.unit}得{say(upper.points)}分，反而少于{say(lower.from_)}{self.unit}的{say(lower.points)}分",
                    "请核对各档分值",
                )
        if order[-1].points < self.below:
            yield Fault("not_rising", f"未达各档得{say(self.below)}分，反而高于最低一档", "请核对各档分值")
        if self.most(points) != points:
            yield Fault(
                "most_differs",
                f"最高一档{say(self.most(points))}分，与本项{say(points)}分不一致",
                "请核对本项分值或最高一档",
            )

    def score(self, points: Fraction, given: Given, peers: Peers) -> Found:
        value = number(given.fields(self.asks), "value")
        reached = (
            one
            for one in self.ordered()
            if (value >= one.from_ if self.better is Better.MORE else value <= one.from_)
        )
        tier = next(reached, None)
        side = "以上" if self.better is Better.MORE else "以下"
        if tier is None:
            said = f"实际{say(value)}{self.unit}，未达最低一档，得{say(self.below)}分"
            return Found(self.below, said, inputs(实绩=value))
        said = (
            f"实际{say(value)}{self.unit}，属{say(tier.from_)}{self.unit}{side}一档，得{say(tier.points)}分"
        )
        return Found(tier.points, said, inputs(实绩=value))

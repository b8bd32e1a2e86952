"""What comes out: scores of leaves, parts and objects, each with its state; grades, places and demands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from ..kernel.trace import Trace


class State(StrEnum):
    """Named states: a missing value is never a number."""

    SCORED = "scored"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"

    @property
    def words(self) -> str:
        return {"scored": "已计分", "missing": "尚无得分", "not_applicable": "不适用"}[self.value]


@dataclass(frozen=True, slots=True)
class Scored:
    """A criterion of an object. `points`: what it can bring here, after redistribution; `score` None unless scored.

    `so_far`: what its scored parts bring, where others are still missing. `words`: how the score came about.
    """

    code: str
    number: str
    title: str
    is_leaf: bool
    is_bonus: bool
    state: State
    points: Fraction
    score: Fraction | None
    so_far: Fraction
    words: str
    trace: Trace
    children: tuple[Scored, ...] = ()

    @property
    def lost(self) -> Fraction:
        """Points not got; for an addition, what it took away."""
        if self.score is None:
            return Fraction(0)
        return max(-self.score if self.is_bonus else self.points - self.score, Fraction(0))

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Scored]]:
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)

    def leaves(self) -> Iterator[Scored]:
        return (one for _, one in self.walk() if one.is_leaf)


@dataclass(frozen=True, slots=True)
class ObjectScore:
    """An object's result. `total` exact; `published` rounded once; both None while something is missing.

    `grade` is empty where none can be given, `ungraded` says why. `before_veto`: the grade the points alone would give.
    `place`: in the order of objects, None for those without one.
    """

    id: str
    name: str
    state: State
    root: Scored
    total: Fraction | None
    published: Decimal | None
    grade: str = ""
    ungraded: str = ""
    before_veto: str = ""
    vetoes: tuple[str, ...] = ()
    place: int | None = None
    demands: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    trace: Trace | None = None


@dataclass(frozen=True, slots=True)
class RoundScore:
    """All objects, in the order given; `trace` has one branch for each."""

    objects: tuple[ObjectScore, ...]
    warnings: tuple[str, ...]
    trace: Trace

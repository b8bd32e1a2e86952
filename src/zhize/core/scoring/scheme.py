"""A scheme of assessment: the table of criteria, what strikes one down, how points become grades. All of it data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ..kernel.rounding import Rounding
from .methods.base import Method
from .scale import Scale

ALGORITHM = "scoring.score/1"
"""What a frozen round names: raise the number with any change that could give another figure."""


class Part(StrEnum):
    """What a criterion's points are to the total: part of it, or on top of it (加分、扣分项)."""

    BASE = "base"
    BONUS = "bonus"


class Away(StrEnum):
    """What becomes of the points of a leaf that does not apply to an object."""

    REDISTRIBUTE = "redistribute"
    EXCLUDE = "exclude"
    LEAVE_OUT = "leave_out"
    FULL = "full"

    @property
    def words(self) -> str:
        return {
            "redistribute": "不适用，分值由同一部分其他各项按比例分摊",
            "exclude": "不适用，剔除后按满分折算",
            "leave_out": "不适用，剔除不折算",
            "full": "不适用，按满分计",
        }[self.value]


class Lacking(StrEnum):
    """What becomes of a leaf without facts: it stays open, and with it the total; or it counts nought."""

    OPEN = "open"
    ZERO = "zero"


class SourceKind(StrEnum):
    """Where the facts of a leaf come from."""

    FIGURES = "figures"
    OBLIGATIONS = "obligations"
    TASKS = "tasks"
    REQUESTS = "requests"
    FINDINGS = "findings"
    SURVEY = "survey"
    LEDGER = "ledger"
    MANUAL = "manual"

    @property
    def words(self) -> str:
        return {
            "figures": "指标数据",
            "obligations": "履职事项",
            "tasks": "任务",
            "requests": "征集报送",
            "findings": "检查发现",
            "survey": "测评",
            "ledger": "平时台账",
            "manual": "人工认定",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Source:
    """`codes`: metric cards, duties, calls by their codes; what they are is the collector's business, not the core's."""

    kind: SourceKind = SourceKind.MANUAL
    codes: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A criterion. It has either parts or a method.

    `number` as printed, `text` the standard as printed. `points` None: as many as its parts. `out_of`: its parts are
    marked out of this and converted to `points`. `cap`, `floor`: its score stays within. `only`: objects or groups it
    is for (empty: all). `evidence`, `scorer`, `self_scored`: who shows and judges what. `clauses`, `duties`: whom it serves.
    """

    code: str
    title: str
    number: str = ""
    text: str = ""
    points: Fraction | None = None
    part: Part = Part.BASE
    out_of: Fraction | None = None
    cap: Fraction | None = None
    floor: Fraction | None = None
    only: tuple[str, ...] = ()
    away: Away | None = None
    lacking: Lacking | None = None
    method: Method | None = None
    source: Source = Source()
    evidence: tuple[str, ...] = ()
    scorer: str = ""
    self_scored: bool = True
    clauses: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    children: tuple[Node, ...] = ()

    @property
    def name(self) -> str:
        """The number as printed and the title: 3 年度任务按期办结率."""
        return f"{self.number} {self.title}".strip()

    @property
    def is_leaf(self) -> bool:
        return self.method is not None

    @property
    def worth(self) -> Fraction:
        """Points as declared, else those of the base parts added up."""
        if self.points is not None:
            return self.points
        return sum((one.worth for one in self.children if one.part is Part.BASE), Fraction(0))

    def is_for(self, names: frozenset[str]) -> bool:
        return not self.only or not names.isdisjoint(self.only)

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Node]]:
        """This criterion and all below it, in printed order."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)

    def leaves(self) -> Iterator[Node]:
        return (node for _, node in self.walk() if node.is_leaf)


@dataclass(frozen=True, slots=True)
class Veto:
    """一票否决: one of `grade` (this grade, whatever the points), `not_above` (no better than), `lower` (so many grades
    down), `cap` (no more points than)."""

    code: str
    title: str
    grade: str = ""
    not_above: str = ""
    lower: int = 0
    cap: Fraction | None = None
    clause: str = ""


class Ties(StrEnum):
    """Places after equal ones: 1, 1, 3 or 1, 1, 2."""

    SKIP = "skip"
    DENSE = "dense"


@dataclass(frozen=True, slots=True)
class Order:
    """The order of objects. `publish`: whether places are given out at all. `exact`: compared before rounding.
    `breakers`: codes of criteria that decide between equals, the first first. `vetoed_last`: who is struck by a veto
    on the grade comes after all others."""

    publish: bool = False
    exact: bool = True
    ties: Ties = Ties.SKIP
    breakers: tuple[str, ...] = ()
    vetoed_last: bool = True


class Follow(StrEnum):
    """How a demand is followed up: put right by a task, talked about with those who answer for it first, or answered in writing."""

    RECTIFY = "rectify"
    TALK = "talk"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Demand:
    """What follows for whom: those of some grades, or the last so many: 书面报告、约谈、整改."""

    says: str
    grades: tuple[str, ...] = ()
    last: int = 0
    days: int = 0
    by: Follow = Follow.RECTIFY

    @property
    def words(self) -> str:
        """As a result prints it: 书面报告整改情况（30天内）."""
        return f"{self.says}（{self.days}天内）" if self.days else self.says


@dataclass(frozen=True, slots=True)
class Scheme:
    """`root` holds the blocks; its points are the declared total, its `cap` and `floor` those of the total."""

    code: str
    title: str
    root: Node
    scale: Scale
    source: str = ""
    note: str = ""
    places: int = 2
    mode: Rounding = Rounding.HALF_UP
    away: Away = Away.REDISTRIBUTE
    lacking: Lacking = Lacking.OPEN
    vetoes: tuple[Veto, ...] = ()
    order: Order = Order()
    demands: tuple[Demand, ...] = ()

    def node(self, code: str) -> Node | None:
        return next((node for _, node in self.root.walk() if node.code == code), None)

    def veto(self, code: str) -> Veto | None:
        return next((one for one in self.vetoes if one.code == code), None)

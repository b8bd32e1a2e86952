"""What reading a unit's own plan goes by and gives: words, year, candidates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

MOST = 150  # nobody checks more on one page; what is beyond is said


class Column(StrEnum):
    """What a column of a table, or a line beginning “目标：”, holds."""

    TITLE = "title"
    GOAL = "goal"
    MEASURE = "measure"
    TARGET = "target"
    DUE = "due"
    LEAD = "lead"
    SUPPORT = "support"
    PERSON = "person"
    MONEY = "money"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Words:
    """The words the reader goes by (rules/work/plan_reading.yaml)."""

    parts: Mapping[str, Sequence[str]]
    columns: Mapping[str, Sequence[str]]
    not_items: Sequence[str]
    goal: Sequence[str]
    whole_year: Sequence[str]

    def column(self, head: str) -> Column | None:
        """What a head stands for: the longest word in it decides, so that 牵头处室 is no lead unit."""
        found = [
            (len(word), name)
            for name, words in self.columns.items()
            for word in words
            if word and word in head
        ]
        return Column(max(found)[1]) if found else None


@dataclass(frozen=True, slots=True)
class Year:
    """First and last day of the plan's year; both belong to it."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the measure that has a date of its own."""

    text: str
    day: date


@dataclass(frozen=True, slots=True)
class Found:
    """What may be one item. `place` says where it stands in the file; `notes` what a person must look at.

    `sure` is False where the same matter probably stands in a table of the same file already.
    """

    place: str
    title: str
    goal: str = ""
    measure: str = ""
    part: str = ""
    due: date | None = None
    steps: tuple[Step, ...] = ()
    lead: str = ""
    supports: tuple[str, ...] = ()
    co_acts: tuple[str, ...] = ()
    person: str = ""
    target: str = ""
    money: Decimal | None = None
    notes: tuple[str, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one file, in its order; `left` are the headings under which no items were looked for."""

    found: tuple[Found, ...]
    left: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """What is gathered for one item before it is judged."""

    place: str
    title: str
    text: str = ""
    above: str = ""
    rows: list[tuple[str, str]] = field(default_factory=list)  # measure and deadline of each row of a table
    fields: dict[Column, list[str]] = field(default_factory=dict)
    lead: list[str] = field(default_factory=list)
    supports: list[str] = field(default_factory=list)
    co_acts: list[str] = field(default_factory=list)

    def put(self, column: Column, words: str) -> None:
        """Adds to a field what is not there yet."""
        held = self.fields.setdefault(column, [])
        if words and words not in held:
            held.append(words)

    def all(self, column: Column) -> str:
        """All that was put into a field, a line each."""
        return "\n".join(self.fields.get(column, []))

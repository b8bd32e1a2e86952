"""Facts from which the state of an obligation is derived. Order never matters; the same fact twice counts once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..kernel.errors import BadFact


class Form(StrEnum):
    """What was handed in: a report, a nil report (零报告), or a statement within the yearly summary."""

    REPORT = "report"
    NIL = "nil"
    STATEMENT = "statement"


class Decision(StrEnum):
    """Where a submission stands; the same words as the table in core/workflow/discharge.py."""

    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, order=True)
class Submission:
    """One thing handed in. `submitted_on` is the day of the latest hand-in (after a return: of the new one).

    `covers`: any day of the sub-period it reports on. `decided_on`: day of confirmation, return or withdrawal;
    it never decides lateness, only what was known on an earlier day.
    """

    id: str
    submitted_on: date
    state: Decision = Decision.SUBMITTED
    form: Form = Form.REPORT
    covers: date | None = None
    decided_on: date | None = None

    def as_of(self, today: date) -> Decision | None:
        """What was known that day: None before it was handed in."""
        if self.submitted_on > today:
            return None
        undecided = self.decided_on is not None and self.decided_on > today
        return Decision.SUBMITTED if undecided else self.state


@dataclass(frozen=True, slots=True, order=True)
class Record:
    """`number` entries of a register dated `on` (the day of the event, not of its entry)."""

    id: str
    on: date
    number: int = 1

    def __post_init__(self) -> None:
        if self.number < 0:
            raise BadFact(
                f"台账件数 {self.number} 不能为负", where=f"records.{self.id}", remedy="更正台账，或删去该条"
            )


@dataclass(frozen=True, slots=True)
class Member:
    """One of the set to be covered (an enterprise, a county) and the day it was reached."""

    id: str
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Waiver:
    """Leave not to do it (免办): by whom, why, from which day; may be revoked."""

    on: date
    by: str
    reason: str
    revoked_on: date | None = None

    def holds(self, today: date) -> bool:
        """Whether it holds on that day."""
        return self.on <= today and (self.revoked_on is None or self.revoked_on > today)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything known about one obligation."""

    submissions: tuple[Submission, ...] = ()
    records: tuple[Record, ...] = ()
    members: tuple[Member, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    def __post_init__(self) -> None:
        _no_clash("submissions", {(item.id, item) for item in self.submissions})
        _no_clash("records", {(item.id, item) for item in self.records})


def _no_clash(kind: str, found: Iterable[tuple[str, object]]) -> None:
    seen: set[str] = set()
    for name, _ in found:
        if name in seen:
            raise BadFact(
                f"编号 {name} 出现两次而内容不同",
                where=kind,
                why="无法判断以哪一条为准",
                remedy="同一份材料只传最近一次状态；不同材料请用不同编号",
            )
        seen.add(name)

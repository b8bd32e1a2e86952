"""结转: what a year left open, and how it may go on in the next one (method `duties.rollover`).

The old year is never rewritten: what it left open stays open there, and goes on as an obligation of the new year that
is settled by papers (entries of registers count in the year they happened). See docs/algorithms/duties-rollover.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..kernel.workdays import WorkCalendar
from .states import UNSETTLED, Progress

METHOD = "duties.rollover"


class Advice(StrEnum):
    """What the office is told of a row. Only `carry` and `leave` are its choice; the others say what comes first."""

    CARRY = "carry"
    LEAVE = "leave"
    CONFIRM_FIRST = "confirm_first"
    NOT_DUE = "not_due"
    ENDED = "ended"
    HEIR_FIRST = "heir_first"

    @property
    def is_open(self) -> bool:
        """Whether the row may be carried."""
        return self in (Advice.CARRY, Advice.LEAVE)


@dataclass(frozen=True, slots=True)
class Left:
    """An obligation of the old year. `ends`: last day the duty is in force; `heir`: who owes now, empty where undecided."""

    id: str
    nature: str
    progress: Progress
    due: date | None
    unit: str
    heir: str
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Rolled:
    """`due` is set where the row may be carried: the day proposed for it."""

    id: str
    advice: Advice
    heir: str
    due: date | None
    why: str


def rollover(
    left: Iterable[Left],
    *,
    starts: date,
    today: date,
    days: int,
    advised: Mapping[str, Advice],
    calendar: WorkCalendar,
) -> list[Rolled]:
    """One line for each obligation that is still owed, in the order given; settled, waived and standing ones are left out.

    `starts`: first day of the new year. `days`: working days from then, or from today where that is later, that are
    proposed as the new date. `advised`: `carry` or `leave` by nature; a nature not named is left. Never raises on
    well-formed input.
    """
    due = calendar.add(max(today, starts), days)
    return [_line(one, starts, today, due, advised) for one in left if one.progress in UNSETTLED]


def _line(one: Left, starts: date, today: date, due: date, advised: Mapping[str, Advice]) -> Rolled:
    if one.progress is Progress.CLAIMED:
        return Rolled(one.id, Advice.CONFIRM_FIRST, one.heir, None, "已报待确认，请先审核")
    if one.due is not None and one.due >= today:
        return Rolled(one.id, Advice.NOT_DUE, one.heir, None, f"{one.due}到期，仍在原年度办理")
    if one.ends is not None and one.ends < starts:
        return Rolled(one.id, Advice.ENDED, one.heir, None, f"职责已于{one.ends}终止")
    if not one.heir:
        return Rolled(one.id, Advice.HEIR_FIRST, "", None, "单位已撤并，请先在机构沿革中指明由谁承接")
    advice = advised.get(one.nature, Advice.LEAVE)
    why = "仍须补办" if advice is Advice.CARRY else "下一年度另有本期事项，一般不结转"
    if one.heir != one.unit:
        why += "，由承接单位履行"
    return Rolled(one.id, advice, one.heir, due, why)


def once_each(rolled: Sequence[Rolled], same: Mapping[str, object]) -> list[tuple[Rolled, tuple[str, ...]]]:
    """Rows that end in the same thing (`same` by id: duty, period, heir) go on as one: the first, and the ids it stands for.

    A unit into which two were merged makes up for both by one paper.
    """
    found: dict[object, tuple[Rolled, list[str]]] = {}
    for one in rolled:
        found.setdefault(same[one.id], (one, []))[1].append(one.id)
    return [(first, tuple(ids)) for first, ids in found.values()]

"""Lights: what colour, word and shape an obligation shows on a day (method `duties.lights`).

Never by colour alone: each light has a Chinese word and a shape. The rule is written twice: as a person would say
it (`light_of`) and as comparisons with two boundary dates (`light_within`), which a database can do on an index;
a property test proves them equal. See docs/algorithms/lights.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ..kernel.errors import BadRule
from ..kernel.workdays import WorkCalendar
from .states import WAITING, Progress


class Colour(StrEnum):
    """Value and Chinese name. `none`: no light at all."""

    NONE = "none"
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"

    @property
    def label(self) -> str:
        """As said in a report."""
        return {"none": "不亮灯", "green": "绿灯", "yellow": "黄灯", "red": "红灯", "grey": "灰灯"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Light:
    """Colour, word and the name of the shape drawn."""

    colour: Colour
    word: str
    shape: str


STANDING = Light(Colour.NONE, "常态", "dash")
DONE = Light(Colour.GREEN, "已落实", "check")
DONE_LATE = Light(Colour.GREEN, "逾期落实", "check-late")
CLAIMED = Light(Colour.YELLOW, "已报待确认", "hourglass")
RETURNED = Light(Colour.YELLOW, "已退回", "return")
SOON = Light(Colour.YELLOW, "临期", "triangle")
OVERDUE = Light(Colour.RED, "逾期", "square")
NOT_DUE = Light(Colour.GREY, "未到期", "circle")
PARTLY = Light(Colour.GREY, "部分履行", "half-circle")
WAIVED = Light(Colour.GREY, "免办", "slash")
ALL = (STANDING, DONE, DONE_LATE, CLAIMED, RETURNED, SOON, OVERDUE, NOT_DUE, PARTLY, WAIVED)

LONGEST_WARNING = 366


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Red: due < today. Yellow: today ≤ due ≤ warn_until."""

    today: date
    warn_until: date


def boundaries(today: date, warn_days: int, calendar: WorkCalendar | None = None) -> Boundaries:
    """The two dates of one request. With a calendar `warn_days` are working days, else calendar days.

    The far boundary is the last day with no more than `warn_days` working days ahead: the day before the next
    working day, so a date within a holiday warns as early as the working day before it.
    """
    if not 0 <= warn_days <= LONGEST_WARNING:
        raise BadRule(
            f"提前提醒 {warn_days} 天不合适", where="warn_days", remedy=f"请填 0 至 {LONGEST_WARNING} 的整数"
        )
    if calendar is None:
        return Boundaries(today, today + timedelta(days=warn_days))
    return Boundaries(today, calendar.add(today, warn_days + 1) - timedelta(days=1))


def light_within(progress: Progress, due: date | None, done_on: date | None, bounds: Boundaries) -> Light:
    """The light by comparisons alone: stored progress, due and done dates, two boundaries."""
    if progress not in WAITING:
        return _settled(progress, due, done_on)
    if due is not None and due < bounds.today:
        return OVERDUE
    if progress is Progress.RETURNED:
        return RETURNED
    if due is not None and due <= bounds.warn_until:
        return SOON
    return PARTLY if progress is Progress.PARTLY else NOT_DUE


def light_of(
    progress: Progress,
    due: date | None,
    done_on: date | None,
    today: date,
    warn_days: int,
    calendar: WorkCalendar | None = None,
) -> Light:
    """The light as a person would work it out: how many (working) days are left today?"""
    if progress not in WAITING:
        return _settled(progress, due, done_on)
    if due is not None and today > due:
        return OVERDUE
    if progress is Progress.RETURNED:
        return RETURNED
    if due is not None and days_left(due, today, calendar) <= warn_days:
        return SOON
    return PARTLY if progress is Progress.PARTLY else NOT_DUE


def days_left(due: date, today: date, calendar: WorkCalendar | None = None) -> int:
    """Days after today up to and with the due day; working days if a calendar is given."""
    return (due - today).days if calendar is None else calendar.count(today, due)


def _settled(progress: Progress, due: date | None, done_on: date | None) -> Light:
    if progress is Progress.DONE:
        return DONE_LATE if due is not None and done_on is not None and done_on > due else DONE
    return {Progress.CLAIMED: CLAIMED, Progress.WAIVED: WAIVED, Progress.STANDING: STANDING}[progress]

"""Due dates as data: the ways a regulation or the office says “by when”, and the date each gives.

Each way is a small value with `raw(period, calendar, in_force)`: the date before any move to a working day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ..kernel.periods import Period, add_months, month_end
from ..kernel.workdays import WorkCalendar

LAST = "last"


class InMonth(StrEnum):
    """Which month of the period (or the one after it) a monthly day lies in."""

    FIRST = "first"
    LAST = "last"
    NEXT = "next"


class Which(StrEnum):
    """The work year itself or the one after it (次年)."""

    THIS = "this"
    NEXT = "next"


class Unit(StrEnum):
    """Calendar days (日) or working days (个工作日)."""

    DAYS = "days"
    WORKDAYS = "workdays"

    @property
    def label(self) -> str:
        """As after a number."""
        return "日" if self is Unit.DAYS else "个工作日"


@dataclass(frozen=True, slots=True)
class Span:
    """A number of days of one unit; negative goes back. The day it starts from is not counted."""

    count: int
    unit: Unit = Unit.DAYS

    def from_day(self, day: date, calendar: WorkCalendar) -> date:
        """The day so far away."""
        return (
            calendar.add(day, self.count) if self.unit is Unit.WORKDAYS else day + timedelta(days=self.count)
        )

    def to_mapping(self) -> dict[str, object]:
        """{days: 10} or {workdays: 5}."""
        return {self.unit.value: abs(self.count)}


@dataclass(frozen=True, slots=True)
class OnDate:
    """One given date, for things done once."""

    day: date

    def raw(self, period: Period, calendar: WorkCalendar, in_force: date | None) -> date | None:
        """The date itself."""
        return self.day

    def words(self) -> str:
        """于…前."""
        return f"{self.day.year}年{self.day.month}月{self.day.day}日"

    def to_mapping(self) -> dict[str, object]:
        """Back to data."""
        return {"date": self.day.isoformat()}


@dataclass(frozen=True, slots=True)
class OnMonthDay:
    """A month and day inside the work year, or inside the next one: 3月31日, 次年1月15日. Day 0 means the last."""

    month: int
    day: int
    which: Which = Which.THIS

    def raw(self, period: Period, calendar: WorkCalendar, in_force: date | None) -> date | None:
        """The one day of that name in the twelve months of the year: 3/31 of 2011-07-01… is 2012-03-31."""
        start = period.year.start if self.which is Which.THIS else period.year.next().start
        this, later = (
            date(year, self.month, self.day or month_end(year, self.month))
            for year in (start.year, start.year + 1)
        )
        return this if this >= start else later

    def words(self) -> str:
        """As in an official letter."""
        ahead = "次年" if self.which is Which.NEXT else ""
        return f"{ahead}{self.month}月{f'{self.day}日' if self.day else '最后一日'}"

    def to_mapping(self) -> dict[str, object]:
        """Back to data."""
        found: dict[str, object] = {"month": self.month, "day": self.day or LAST}
        return {"fixed": found | ({"year": "next"} if self.which is Which.NEXT else {})}


@dataclass(frozen=True, slots=True)
class OnDay:
    """A day of the first or last month of the period or of the month after it: 每月25日, 季末月20日, 次月5日."""

    day: int
    in_month: InMonth

    def raw(self, period: Period, calendar: WorkCalendar, in_force: date | None) -> date | None:
        """The day in that month; 31 in a shorter month is its last day."""
        months = {"first": 0, "last": period.every.months - 1, "next": period.every.months}[self.in_month]
        begin = add_months(period.start, months)
        found = self._in(begin)
        # Assumption: months of a year that starts on the 26th run 26–25, so their “5th” is in the next calendar month.
        return found if found >= begin else self._in(add_months(begin.replace(day=1), 1))

    def _in(self, month: date) -> date:
        last = month_end(month.year, month.month)
        return month.replace(day=min(self.day or last, last))

    def words(self) -> str:
        """As in an official letter."""
        where = {"first": "首月", "last": "末月", "next": "次月"}[self.in_month]
        return f"{where}{f'{self.day}日' if self.day else '最后一日'}"

    def to_mapping(self) -> dict[str, object]:
        """Back to data."""
        return {"fixed": {"day": self.day or LAST, "in_month": self.in_month.value}}


@dataclass(frozen=True, slots=True)
class Offset:
    """So many days before or after the period's start or end, or after the document came into force."""

    way: str
    span: Span

    def raw(self, period: Period, calendar: WorkCalendar, in_force: date | None) -> date | None:
        """The date; None where it hangs on the day of coming into force and none is known."""
        anchor = {"start": period.start, "end": period.end}.get(self.way.rpartition("_")[2], in_force)
        return None if anchor is None else self.span.from_day(anchor, calendar)

    def words(self) -> str:
        """As in an official letter: 期末后10日; 期末 on the day itself."""
        anchor = {"start": "期初", "end": "期末"}.get(self.way.rpartition("_")[2], "施行")
        if self.span.count == 0 and anchor != "施行":
            return anchor
        side = "前" if self.span.count < 0 or self.way.startswith("before") else "后"
        return f"{anchor}{side}{abs(self.span.count)}{self.span.unit.label}"

    def to_mapping(self) -> dict[str, object]:
        """Back to data."""
        return {self.way: self.span.to_mapping()}


Due = OnDate | OnMonthDay | OnDay | Offset

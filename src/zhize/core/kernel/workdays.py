"""Working days as China keeps them: weekends off, public holidays off, some weekends worked instead (调休).

The days come from the State Council's yearly notice (部分节假日安排的通知), published only weeks before the year.
Years it has not yet covered are reckoned with weekends alone and reported by `knows`.
The day on which a term starts is not counted (民法通则 art. 154 until 2020, 民法典 art. 201 since 2021).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from .errors import BadRule
from .fields import Fields, read_day

ONE_DAY = timedelta(days=1)
LONGEST_BREAK = 366
"""Days searched for a working day. Assumption: no calendar closes a whole year; one that does is refused."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """`off`: weekdays and weekends that are holidays; `working`: weekend days worked; `years`: years announced."""

    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if both := sorted(self.off & self.working):
            days = "、".join(day.isoformat() for day in both[:5])
            raise BadRule(
                f"{days} 既列为放假又列为上班", where="calendar", remedy="请按当年放假通知只保留一种"
            )

    @classmethod
    def of(
        cls, off: Iterable[date], working: Iterable[date], years: Iterable[int] | None = None
    ) -> WorkCalendar:
        """A calendar from lists of days; the years announced are those of the days off unless said otherwise."""
        free = frozenset(off)
        return cls(
            free,
            frozenset(working),
            frozenset(years) if years is not None else frozenset(d.year for d in free),
        )

    @classmethod
    def from_mapping(cls, data: object, where: str = "calendar") -> WorkCalendar:
        """From {holidays: [dates], workdays: [dates], years: [2012]}; errors name the entry."""
        fields = Fields(data, ("holidays", "workdays", "years"), where)
        off = [read_day(value, place) for value, place in fields.items("holidays")]
        working = [read_day(value, place) for value, place in fields.items("workdays")]
        years: list[int] = []
        for value, place in fields.items("years"):
            if isinstance(value, bool) or not isinstance(value, int):
                raise BadRule(f"“{value}”不是年份", where=place, remedy="请写成 2012 这样的整数")
            years.append(value)
        return cls.of(off, working, years if fields.has("years") else None)

    def knows(self, day: date) -> bool:
        """Whether the holiday arrangement of that day's year has been announced."""
        return day.year in self.years

    def is_working(self, day: date) -> bool:
        """Whether people work that day."""
        return day in self.working or (day not in self.off and day.weekday() < 5)

    def on_or_after(self, day: date) -> date:
        """The day itself if worked, else the next working day (顺延)."""
        return self._seek(day, ONE_DAY)

    def on_or_before(self, day: date) -> date:
        """The day itself if worked, else the working day before it (提前)."""
        return self._seek(day, -ONE_DAY)

    def next_working(self, day: date) -> date:
        """The first working day after this day."""
        return self._seek(day + ONE_DAY, ONE_DAY)

    def previous_working(self, day: date) -> date:
        """The last working day before this day."""
        return self._seek(day - ONE_DAY, -ONE_DAY)

    def add(self, day: date, working_days: int) -> date:
        """The n-th working day after (before, if negative) a day that is itself not counted; 0 gives the day itself."""
        for _ in range(abs(working_days)):
            day = self.next_working(day) if working_days > 0 else self.previous_working(day)
        return day

    def count(self, after: date, until: date) -> int:
        """Number of working days d with after < d ≤ until."""
        span = range(1, (until - after).days + 1)
        return sum(self.is_working(after + timedelta(days=number)) for number in span)

    def _seek(self, day: date, step: timedelta) -> date:
        for _ in range(LONGEST_BREAK):
            if self.is_working(day):
                return day
            day += step
        raise BadRule("日历中一年之内没有工作日", where="calendar", remedy="请检查放假日期是否整段误填")

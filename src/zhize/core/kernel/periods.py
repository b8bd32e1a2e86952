"""Work years and their parts.

A work year is twelve months from any date: 1/1–12/31, or 7/1–6/30 as many assessment years run. Its halves,
quarters and months count from its own start, not from 1 January. Periods include both their first and last day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .errors import BadRule

ORDINALS = "零一二三四"
ONE_DAY = timedelta(days=1)


class Every(StrEnum):
    """How often something recurs within a work year. `once` spans the whole year and is its only part."""

    ONCE = "once"
    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"

    @property
    def months(self) -> int:
        """Length in months."""
        return {"once": 12, "year": 12, "half": 6, "quarter": 3, "month": 1}[self.value]

    @property
    def label(self) -> str:
        """Chinese word on forms and in traces."""
        return {"once": "一次性", "year": "每年", "half": "每半年", "quarter": "每季度", "month": "每月"}[
            self.value
        ]


def month_end(year: int, month: int) -> int:
    """Number of the last day of a month: 29 for February 2012."""
    return (date(year + month // 12, month % 12 + 1, 1) - ONE_DAY).day


def add_months(day: date, months: int) -> date:
    """The same day `months` later; where the month is too short, its last day (1/31 + 1 → 2/28 or 2/29)."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, month_end(year, month)))


@dataclass(frozen=True, slots=True, order=True)
class WorkYear:
    """Twelve months from `start`. The next work year starts the day after `end`.

    >>> WorkYear(date(2011, 7, 1)).label, WorkYear(date(2011, 7, 1)).end.isoformat()
    ('2011—2012年度', '2012-06-30')
    """

    start: date

    def __post_init__(self) -> None:
        if not 1900 <= self.start.year <= 9000:
            raise BadRule(
                f"工作年度的起始年份 {self.start.year} 不合适", where="start", remedy="请填 1900 至 9000 年"
            )
        if (self.start.month, self.start.day) == (2, 29):
            raise BadRule(
                "工作年度不能从 2 月 29 日起",
                where="start",
                why="平年没有这一天，各年度会首尾相错",
                remedy="请改为 3 月 1 日",
            )

    @property
    def end(self) -> date:
        """Last day, included."""
        return add_months(self.start, 12) - ONE_DAY

    @property
    def is_calendar_year(self) -> bool:
        """Whether it runs from 1 January to 31 December."""
        return (self.start.month, self.start.day) == (1, 1)

    @property
    def label(self) -> str:
        """2012年, or 2011—2012年度 where the year does not start on 1 January."""
        first = self.start.year
        return f"{first}年" if self.is_calendar_year else f"{first}—{first + 1}年度"

    @property
    def code(self) -> str:
        """Stable key: 2012, or 20110701."""
        return str(self.start.year) if self.is_calendar_year else self.start.strftime("%Y%m%d")

    def split(self, every: Every) -> tuple[Period, ...]:
        """All parts of one kind, in order; together they are the year, without gap or overlap."""
        return tuple(Period(self, every, index) for index in range(1, 12 // every.months + 1))

    def part_of(self, every: Every, day: date) -> Period | None:
        """The part of that kind in which a day lies; None outside the year."""
        return next((part for part in self.split(every) if day in part), None)

    def next(self) -> WorkYear:
        """The work year after this one."""
        return WorkYear(add_months(self.start, 12))


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The `index`-th part (from 1) of a kind within a work year."""

    year: WorkYear
    every: Every
    index: int = 1

    def __post_init__(self) -> None:
        last = 12 // self.every.months
        if not 1 <= self.index <= last:
            raise BadRule(
                f"一个年度没有第 {self.index} 个（{self.every.label}）",
                where="index",
                remedy=f"请填 1 至 {last}",
            )

    @property
    def start(self) -> date:
        """First day."""
        return add_months(self.year.start, (self.index - 1) * self.every.months)

    @property
    def end(self) -> date:
        """Last day, included."""
        return add_months(self.year.start, self.index * self.every.months) - ONE_DAY

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def days(self) -> Iterator[date]:
        """Every day of the period, in order."""
        return (self.start + timedelta(days=number) for number in range((self.end - self.start).days + 1))

    def split(self, every: Every) -> tuple[Period, ...]:
        """Shorter parts lying in this one: the months of a quarter."""
        if every.months > self.every.months:
            raise BadRule(
                f"{self.label}不能再按“{every.label}”划分",
                where="every",
                remedy="子周期应不长于本周期，如季度之下用月",
            )
        return tuple(part for part in self.year.split(every) if part.start in self)

    @property
    def code(self) -> str:
        """Stable key within a jurisdiction: 2012, 2012-H1, 2012-Q1, 2012-M03, 2012-ONCE; months count from the start."""
        tail = {"once": "-ONCE", "year": "", "half": f"-H{self.index}", "quarter": f"-Q{self.index}"}
        return self.year.code + tail.get(self.every, f"-M{self.index:02d}")

    @property
    def label(self) -> str:
        """As printed: 2012年上半年, 2011—2012年度第一季度, 2012年3月."""
        year = self.year.label
        if self.every is Every.MONTH:
            return (
                f"{self.start.year}年{self.start.month}月"
                if self.start.day == 1
                else f"{year}第{self.index}个月"
            )
        words = {
            Every.ONCE: "（一次性）",
            Every.YEAR: "",
            Every.HALF: ("上半年", "下半年")[min(self.index, 2) - 1],
            Every.QUARTER: f"第{ORDINALS[min(self.index, 4)]}季度",
        }
        return year + words[self.every]

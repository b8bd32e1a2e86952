"""Periods as people write them, and which of them together make a longer one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ..kernel.errors import BadRule
from ..kernel.periods import Every, Period, WorkYear

ONE_DAY = timedelta(days=1)
QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
# Samples: “2012年第一季度”, “2012Q1”, “2012-Q1”, “2012年1季度”, “2012年上半年”, “2012-H1”, “2012年3月”, “2012-M03”, “2012-03”, “2012年”
FORMS = (
    (re.compile(r"^(\d{4})(?:年)?[-\s]*(?:第)?([一二三四1-4])季度?$"), Every.QUARTER),
    (re.compile(r"^(\d{4})(?:年)?[-\s]*Q([1-4])$", re.IGNORECASE), Every.QUARTER),
    (re.compile(r"^(\d{4})年?([上下])半年$"), Every.HALF),
    (re.compile(r"^(\d{4})[-\s]*H([12])$", re.IGNORECASE), Every.HALF),
    (re.compile(r"^(\d{4})(?:年|-M?)(\d{1,2})月?$", re.IGNORECASE), Every.MONTH),
    (re.compile(r"^(\d{4})(?:年度?)?()$"), Every.YEAR),
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Both days inclusive."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def holds(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


def period_of(text: str) -> Period:
    """The period of the calendar that a text names. Raises `BadRule` with the forms that are understood.

    >>> period_of("2012年第三季度").code, period_of("2012-03").label
    ('2012-Q3', '2012年3月')
    """
    written = text.strip().replace("年度", "年")
    for form, every in FORMS:
        if found := form.match(written):
            part = found[2]
            index = QUARTERS.get(part, {"上": 1, "下": 2, "": 1}.get(part, 0)) or int(part)
            return Period(WorkYear(date(int(found[1]), 1, 1)), every, index)
    raise BadRule(
        f"看不懂期间“{text}”",
        where="期间",
        remedy="请写作 2012年、2012年上半年、2012年第一季度、2012年3月，或 2012-Q1、2012-03",
    )


def cover(whole: Span, spans: Iterable[Span]) -> tuple[list[Span], list[Span]]:
    """Which of the spans fill the whole without overlap, longest first at each day; and the days left open.

    A span that reaches out of the whole is left aside. The same spans in another order give the same answer.
    """
    inside = sorted({span for span in spans if whole.holds(span)}, key=lambda s: (s.start, -s.days))
    chosen: list[Span] = []
    gaps: list[Span] = []
    day = whole.start
    for span in inside:
        if span.start < day:
            continue
        if span.start > day:
            gaps.append(Span(day, span.start - ONE_DAY))
        chosen.append(span)
        day = span.end + ONE_DAY
    if day <= whole.end:
        gaps.append(Span(day, whole.end))
    return chosen, gaps

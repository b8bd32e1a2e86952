"""Dates as plans write them (3月底前, 第二季度, 十月中旬), within the plan's year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from ..kernel.numerals import han_to_int
from ..kernel.periods import month_end
from ..regulation.sentences import cuts
from .found import Step, Year

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
# 2012年3月31日前 · 3月底 · 十月中旬 · 6月份
MONTH = re.compile(
    rf"(?:(?P<year>\d{{4}})年)?(?P<month>{_N})月份?(?:(?P<day>{_N})日|(?P<part>底|末|上旬|中旬|下旬|初))?"
)
# 2012年上半年 · 第三季度 · 四季度
SPAN = re.compile(r"(?:(?P<year>\d{4})年)?(?:(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度)")
# 2013年底
YEAR_END = re.compile(r"(?P<year>\d{4})年(?:底|末)")
_PARTS = {"上旬": 10, "初": 10, "中旬": 20}


def days_in(text: str, year: Year) -> list[date]:
    """The last days the words allow, in the order of the text; also of other years, where a year is printed."""
    found: list[tuple[int, date]] = []
    for hit in MONTH.finditer(text):
        month, day = _number(hit["month"]), _number(hit["day"] or "")
        for one in _years(hit["year"], year):
            last = month_end(one, month) if 1 <= month <= 12 else 0
            wanted = day or _PARTS.get(hit["part"] or "", last)
            if last and 1 <= wanted <= last and (hit["year"] or date(one, month, wanted) in year):
                found.append((hit.start(), date(one, month, wanted)))
                break
    for hit in SPAN.finditer(text):
        months = (6 if hit["half"] == "上" else 12) if hit["half"] else 3 * _number(hit["quarter"])
        days = [date(one, months, month_end(one, months)) for one in _years(hit["year"], year)]
        found += [(hit.start(), day) for day in days if hit["year"] or day in year][:1]
    for hit in YEAR_END.finditer(text):
        found += [(hit.start(), date(one, 12, 31)) for one in _years(hit["year"], year)]
    return [day for _at, day in sorted(found)]


def steps_of(text: str, year: Year) -> tuple[Step, ...]:
    """The pieces between 。；and line ends that carry a date of their own; none where there are not two."""
    found = list(_steps(text, year))
    return tuple(found) if len(found) > 1 else ()


def due_of(texts: Sequence[str], year: Year, whole_year: Sequence[str]) -> tuple[date | None, str]:
    """The day by which all is done, and what to tell about it. The first text that says anything decides.

    A column of deadlines before the words of the measure; the latest of several dates; 全年 is the year's last day.
    """
    for text in texts:
        days = days_in(text, year)
        within = [day for day in days if day in year]
        if any(word in text for word in whole_year) and not within:
            return year.end, ""
        if within:
            return max(within), ""
        if later := [day for day in days if day > year.end]:
            return None, f"原文写的时限 {max(later)} 在本年度之后，请写本年度要达到的一步"
    return year.end, "原文没有写时限，先按年度末填"


def _steps(text: str, year: Year) -> Iterator[Step]:
    for line in text.split("\n"):
        for start, end in cuts(line, 0, len(line), "。；"):
            piece = line[start:end].strip("。； ")
            if within := [day for day in days_in(piece, year) if day in year]:
                yield Step(piece, max(within))


def _years(printed: str | None, year: Year) -> list[int]:
    if printed:
        return [int(printed)] if 1900 <= int(printed) <= 2200 else []
    return list(dict.fromkeys((year.start.year, year.end.year)))


def _number(text: str) -> int:
    return int(text) if text.isdigit() else han_to_int(text) or 0

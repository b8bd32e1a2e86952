"""Steps of a plan's item, a line each, the time first: 6月底前 完成抽样 · 第三季度 60% 公布结果 · 2012-11-30 完成整改复查.

Kept as they are read, with the day written out; a percent is how much of the whole is then done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ..kernel.errors import BadFact
from .found import Step, Year
from .read_days import MONTH, SPAN, YEAR_END, days_in

MOST = 24
LONGEST = 80
_ISO = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_YEAR = "年底|年末|年内|全年"
_WRITTEN = "|".join(re.sub(r"\?P<\w+>", "?:", one.pattern) for one in (YEAR_END, SPAN, MONTH))
# 6月底前： · 2012年第三季度， · 1-6月 · 年底前
_SAID = re.compile(
    rf"(?:{_ISO.pattern}|(?:[\d一二三四五六七八九十]{{1,3}}月?\s*[-—–~～至到]\s*)?(?:{_WRITTEN})|{_YEAR})"
    r"(?:之前|以前|前|内)?[\s：:，,、]*"
)
_NUMBER = re.compile(r"^(?:[(（]?[\d一二三四五六七八九十]{1,2}[)）.．、]|[①-⑳])\s*(?!\d)")
_AFTER = re.compile(rf"[（(](?:{_WRITTEN}|{_YEAR})(?:之前|以前|前|内)?(?:完成)?[)）]$")
_PERCENT = re.compile(r"(\d{1,3})\s*[%％][\s：:，,、]*")


@dataclass(frozen=True, slots=True)
class ItemStep:
    """By this day this is done; `percent` of the whole, None where nothing was said."""

    day: date
    text: str
    percent: int | None = None

    def __str__(self) -> str:
        """As a line of the field holds it.

        >>> str(ItemStep(date(2012, 6, 30), "完成抽样", 40))
        '2012-06-30 40% 完成抽样'
        """
        share = "" if self.percent is None else f"{self.percent}% "
        return f"{self.day.isoformat()} {share}{self.text}"


def steps_read(text: str, year: Year, due: date | None) -> tuple[ItemStep, ...]:
    """The steps of the lines that say something.

    Raises BadFact naming the line: no time at its head, a time outside the year or after `due`, nothing said, longer
    than `LONGEST`, not later than the step before, percent falling or over 100; or more than `MOST` steps.

    >>> [str(s) for s in steps_read("6月底前完成抽样\\n三季度 60% 公布结果", Year(date(2012, 1, 1), date(2012, 12, 31)), None)]
    ['2012-06-30 完成抽样', '2012-09-30 60% 公布结果']
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST:
        raise BadFact(f"步骤有 {len(lines)} 个", where="步骤", remedy=f"一个事项最多 {MOST} 步，请合并")
    found = [_line(line, f"步骤第 {number} 行", year, due) for number, line in lines]
    for (number, _text), (before, step) in zip(lines[1:], pairwise(found), strict=True):
        where = f"步骤第 {number} 行"
        if step.day <= before.day:
            raise BadFact(
                f"{step.day} 不比上一步 {before.day} 晚",
                where=where,
                remedy="请按时间先后排列，同一天的并为一步",
            )
    told = [
        (number, one.percent)
        for (number, _t), one in zip(lines, found, strict=True)
        if one.percent is not None
    ]
    for (_n, before_it), (number, percent) in pairwise(told):
        if percent < before_it:
            raise BadFact(
                f"进度 {percent}% 比前面的 {before_it}% 小",
                where=f"步骤第 {number} 行",
                remedy="进度填累计数",
            )
    return tuple(found)


def _line(line: str, where: str, year: Year, due: date | None) -> ItemStep:
    head = _SAID.match(line)
    day = _day(head[0], year) if head else None
    if head is None or day is None:
        raise BadFact(
            f"读不出时间：{line[:40]}",
            where=where,
            remedy="请先写时间再写做到什么，如“6月底前 完成抽样”或“2012-06-30 完成抽样”",
        )
    if day not in year:
        raise BadFact(
            f"{day} 不在本年度之内", where=where, remedy=f"请填写 {year.start} 至 {year.end} 之间的时间"
        )
    if due and day > due:
        raise BadFact(f"{day} 晚于完成时限 {due}", where=where, remedy="请提前这一步，或改完成时限")
    rest = line[head.end() :]
    percent = None
    if told := _PERCENT.match(rest):
        percent, rest = int(told[1]), rest[told.end() :]
        if percent > 100:
            raise BadFact(f"进度 {percent}% 超过 100%", where=where, remedy="进度填累计数")
    rest = rest.strip().rstrip("。；;")
    if not rest:
        raise BadFact("没有写做到什么", where=where, remedy="请在时间后面写明，如“完成抽样”")
    if len(rest) > LONGEST:
        raise BadFact(f"有 {len(rest)} 字", where=where, remedy=f"一步最多 {LONGEST} 字，细节请写在措施里")
    return ItemStep(day, rest, percent)


def _day(head: str, year: Year) -> date | None:
    if written := _ISO.match(head):
        try:
            return date(*map(int, written.groups()))
        except ValueError:
            return None
    return max(days_in(head, year), default=year.end if head.startswith(tuple(_YEAR.split("|"))) else None)


def steps_kept(text: str) -> tuple[ItemStep, ...]:
    """The steps of a text that `steps_read` has made."""
    found = []
    for line in text.splitlines():
        day, _sep, rest = line.partition(" ")
        told = _PERCENT.match(rest)
        found.append(
            ItemStep(
                date.fromisoformat(day), rest[told.end() :] if told else rest, int(told[1]) if told else None
            )
        )
    return tuple(found)


def steps_text(steps: Sequence[ItemStep]) -> str:
    return "\n".join(map(str, steps))


def steps_moved(text: str, move: Callable[[date], date]) -> str:
    """A kept text with other days; steps that come to lie on one day are one.

    >>> steps_moved("2011-06-30 完成抽样", lambda day: day.replace(year=2012))
    '2012-06-30 完成抽样'
    """
    return steps_text(_together([ItemStep(move(one.day), one.text, one.percent) for one in steps_kept(text)]))


def steps_merged(texts: Sequence[str]) -> str:
    """The steps of several kept texts in order of time, each once; their percents are of different wholes and go.

    >>> print(steps_merged(["2012-06-30 40% 抽样", "2012-03-31 制定方案\\n2012-06-30 检查"]))
    2012-03-31 制定方案
    2012-06-30 抽样；检查
    """
    some = [text for text in texts if text]
    if len(some) < 2:
        return "".join(some)
    steps = [ItemStep(one.day, one.text) for text in some for one in steps_kept(text)]
    return steps_text(_together(sorted(steps, key=lambda one: one.day)))


def _together(steps: Sequence[ItemStep]) -> list[ItemStep]:
    by_day: dict[date, ItemStep] = {}
    for one in steps:
        held = by_day.get(one.day)
        if held is None:
            by_day[one.day] = one
        elif one.text not in held.text:
            by_day[one.day] = ItemStep(one.day, f"{held.text}；{one.text}"[:LONGEST], one.percent)
    return list(by_day.values())


def steps_found(steps: Sequence[Step], year: Year, due: date | None) -> str:
    """What a reader of a plan's text found, in order of time, without number and without the time where it stands at an
    end. What is later than the item is due stays in the measure alone.

    >>> year = Year(date(2012, 1, 1), date(2012, 12, 31))
    >>> steps_found([Step("1.制定计划（3月底前）", date(2012, 3, 31))], year, None)
    '2012-03-31 制定计划'
    """
    rows = [ItemStep(one.day, _bare(one.text)[:LONGEST]) for one in steps]
    within = [one for one in rows if one.day in year and (due is None or one.day <= due)]
    return steps_text(_together(sorted(within, key=lambda one: one.day)))


def _bare(text: str) -> str:
    found = _AFTER.sub("", _NUMBER.sub("", text.strip()))
    head = _SAID.match(found)
    return (found[head.end() :] if head else found) or text


def curve(steps: Sequence[ItemStep]) -> tuple[int, ...]:
    """How much of the whole is done after each step: as said, else in equal shares between what was said, from 0 to 100.

    Whole percents, rounded down; the last step is the whole where nothing is said of it.

    >>> curve([ItemStep(date(2012, m, 1), "x") for m in (3, 6, 9)])
    (33, 66, 100)
    """
    known = {0: 0, **{number: one.percent for number, one in enumerate(steps, 1) if one.percent is not None}}
    known.setdefault(len(steps), 100)
    places = sorted(known)
    found = []
    for number in range(1, len(steps) + 1):
        low = max(place for place in places if place <= number)
        high = min(place for place in places if place >= number)
        gap = high - low
        found.append(known[low] + ((known[high] - known[low]) * (number - low) // gap if gap else 0))
    return tuple(found)

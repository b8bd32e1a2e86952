"""When something registered falls due: verified on a day for so many months, valid until (method `registers.due.v1`).

Unit: calendar months and days. A month later is the same day of that month, or its last day where it has none (31
January and one month: 29 February 2012). `less_days` is taken off afterwards: a certificate of 5 March 2012 for twelve
months that says “有效期至2013年3月4日” has less_days 1. A printed date goes before a calculated one. What is verified
once and used until it fails has no due date; what failed has none either, for it must not be used at all.
See docs/algorithms/verification-due.md.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ..kernel.errors import BadFact

LONGEST = 1200


class Standing(StrEnum):
    """How something stands on a day, worst last in the order of a chase list."""

    VALID = "valid"
    SOON = "soon"
    EXPIRED = "expired"
    FAILED = "failed"
    ENDLESS = "endless"


@dataclass(frozen=True, slots=True)
class DueBounds:
    """Expired: due < today. Soon: today ≤ due ≤ warn_until."""

    today: date
    warn_until: date


def due_bounds(today: date, warn_days: int) -> DueBounds:
    """The two dates of one request; `warn_days` calendar days ahead."""
    if not 0 <= warn_days <= LONGEST:
        raise BadFact(
            f"提前提醒 {warn_days} 天不合适", where="warn_days", remedy=f"请填 0 至 {LONGEST} 的整数"
        )
    return DueBounds(today, today + timedelta(days=warn_days))


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the month's last day.

    >>> months_after(date(2012, 1, 31), 1), months_after(date(2011, 11, 30), 3)
    (datetime.date(2012, 2, 29), datetime.date(2012, 2, 29))
    """
    if not 1 <= months <= LONGEST:
        raise BadFact(f"{months} 个月不合适", where="months", remedy=f"请填 1 至 {LONGEST} 的整数")
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        raise BadFact(f"{day} 之后 {months} 个月超出日历", where="after", remedy="请核对日期")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_due(
    *,
    printed: date | None = None,
    after: date | None = None,
    months: int | None = None,
    less_days: int = 0,
    falls_due: bool = True,
    failed: bool = False,
) -> date | None:
    """The last day it may be used: as printed, else so many months after `after`, less `less_days`; None for none.

    `falls_due` is False for what is verified only once and scrapped on failure.
    """
    if failed or not falls_due:
        return None
    if printed is not None:
        return printed
    if after is None or months is None:
        return None
    return months_after(after, months) - timedelta(days=less_days)


def standing_of(due: date | None, *, failed: bool, bounds: DueBounds) -> Standing:
    """How it stands, by comparisons alone (a database does the same on an index)."""
    if failed:
        return Standing.FAILED
    if due is None:
        return Standing.ENDLESS
    if due < bounds.today:
        return Standing.EXPIRED
    return Standing.SOON if due <= bounds.warn_until else Standing.VALID

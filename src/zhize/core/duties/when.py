"""The period and deadline the words of a duty suggest, as data a person may change before the duty is registered."""

from __future__ import annotations

import re
from datetime import date

from ..kernel.periods import Every, month_end
from ..regulation.proposal import Recurrence
from .natures import Nature

# 2013年底前 / 2013年10月底前 / 2011年9月30日前
_DATED = re.compile(r"(\d{4})年(?:(底|末)|(\d{1,2})月(?:(底|末)|(\d{1,2})日)?)")
# 12月底前 / 3月31日前, of every year
_YEARLY = re.compile(r"(?<!\d)(\d{1,2})月(?:(底|末)|(\d{1,2})日)")


def suggested(found: Recurrence, nature: str) -> dict[str, object]:
    """{every, due} as in `duties.recurrence`; empty where neither period nor deadline can be told from the words.

    A period without a day is due at its end: the day is the office's to set, and the page says so.

    >>> suggested(Recurrence(due="2011年10月底前"), "once")
    {'every': 'once', 'due': {'date': '2011-10-31'}}
    >>> suggested(Recurrence(every="quarter", words="每季度"), "periodic")
    {'every': 'quarter', 'due': {'before_end': {'days': 0}}}
    """
    if nature == Nature.STANDING:
        return {}
    if nature == Nature.ONCE:
        day = _day(found.due)
        return {"every": Every.ONCE.value, "due": {"date": day.isoformat()}} if day else {}
    if not found.every:
        return {}
    yearly = _YEARLY.search(found.due) if found.every == Every.YEAR and not _DATED.search(found.due) else None
    if yearly and 1 <= (month := int(yearly[1])) <= 12:
        day_of = min(int(yearly[3] or 31), month_end(2001, month))
        return {"every": found.every, "due": {"fixed": {"month": month, "day": day_of}}}
    return {"every": found.every, "due": {"before_end": {"days": 0}}}


def _day(words: str) -> date | None:
    """The last day the words allow; None for a day that no calendar has."""
    hit = _DATED.search(words)
    if not hit:
        return None
    year, month = int(hit[1]), int(hit[3] or 12)
    if not (1900 <= year <= 2200 and 1 <= month <= 12):
        return None
    day = int(hit[5] or month_end(year, month))
    return date(year, month, day) if 1 <= day <= month_end(year, month) else None

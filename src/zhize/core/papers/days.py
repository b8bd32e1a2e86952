"""成文日期 as a document prints it: in Chinese numerals until the 2012 standard, in Arabic digits since."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from ..kernel.numerals import int_to_han

_DIGITS = "〇一二三四五六七八九"


class DateStyle(StrEnum):
    """How a standard prints the date: GB/T 9704-1999 in Chinese numerals, GB/T 9704-2012 in Arabic digits."""

    HAN = "han"
    ARABIC = "arabic"


def printed_day(day: date, style: DateStyle = DateStyle.ARABIC) -> str:
    """The date in words of the standard.

    >>> printed_day(date(2012, 3, 5), DateStyle.HAN), printed_day(date(2012, 7, 20), DateStyle.ARABIC)
    ('二〇一二年三月五日', '2012年7月20日')
    """
    if style is DateStyle.ARABIC:
        return f"{day.year}年{day.month}月{day.day}日"
    year = "".join(_DIGITS[int(c)] for c in str(day.year))
    return f"{year}年{int_to_han(day.month)}月{int_to_han(day.day)}日"

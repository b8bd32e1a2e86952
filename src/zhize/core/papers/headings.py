"""Headings of a document: 一、 （一） 1. （1）, how they are written and read back."""

from __future__ import annotations

import re

from ..kernel.numerals import han_to_int, int_to_han

BODY, FIRST, SECOND, THIRD, FOURTH = range(5)
LEVELS = (FIRST, SECOND, THIRD, FOURTH)
_HAN = "[〇零一二三四五六七八九十百]{1,5}"
_PATTERNS = (
    (FIRST, re.compile(rf"({_HAN})、")),  # 一、总体要求
    (SECOND, re.compile(rf"（({_HAN})）")),  # （一）加强领导。
    (THIRD, re.compile(r"(\d{1,3})[.．](?!\d)")),  # 1.建立台账。
    (FOURTH, re.compile(r"（(\d{1,3})）")),  # （1）按月更新；
)


def marker(level: int, number: int) -> str:
    """The number in front of a heading; nothing before plain text.

    >>> [marker(level, 3) for level in LEVELS]
    ['三、', '（三）', '3.', '（3）']
    """
    han = int_to_han(number)
    return ("", f"{han}、", f"（{han}）", f"{number}.", f"（{number}）")[level]


def marked(text: str) -> tuple[int, int, str]:
    """Level, number and the rest of a paragraph; level 0 and number 0 where it begins with none.

    >>> marked("（二）严格责任。"), marked("各部门要……"), marked("2.5倍")
    ((2, 2, '严格责任。'), (0, 0, '各部门要……'), (0, 0, '2.5倍'))
    """
    for level, pattern in _PATTERNS:
        if found := pattern.match(text):
            number = int(found[1]) if found[1].isdecimal() else han_to_int(found[1]) or 0
            return level, number, text[found.end() :]
    return BODY, 0, text


def lead(text: str) -> int:
    """How many characters of a heading are set in its own face: up to the first full stop where text follows it.

    >>> lead("（一）加强领导。各部门要切实负起责任。"), lead("一、总体要求")
    (8, 6)
    """
    stop = text.find("。") + 1
    return stop if 0 < stop < len(text) else len(text)

"""Chinese numerals of official texts: 十六 ↔ 16, ○ and 〇 alike."""

from __future__ import annotations

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "两": 2}
_UNITS = {"十": 10, "百": 100}
_HAN = "零一二三四五六七八九"


def han_to_int(text: str) -> int | None:
    """The number a short Chinese numeral stands for; None where it is none.

    >>> han_to_int("二十一"), han_to_int("一百零三"), han_to_int("二○一一"), han_to_int("甲")
    (21, 103, 2011, None)
    """
    if not text or any(c not in _DIGITS and c not in _UNITS for c in text):
        return None
    if not any(c in _UNITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def int_to_han(number: int) -> str:
    """The numeral as a document prints it, 1 to 999; other numbers in Arabic digits.

    >>> int_to_han(10), int_to_han(21), int_to_han(103)
    ('十', '二十一', '一百零三')
    """
    if not 1 <= number <= 999:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    out = f"{_HAN[hundreds]}百" if hundreds else ""
    if tens:
        out += ("" if tens == 1 and not hundreds else _HAN[tens]) + "十"
    elif hundreds and ones:
        out += "零"
    return out + (_HAN[ones] if ones else "")

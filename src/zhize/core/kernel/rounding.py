"""Exact numbers: `Decimal` in, rounded once, at publication.

Unit: whatever the caller's figure is in. Default rule: half-up (四舍五入), two places, since the published 2007
national quality competitiveness index is 80.99 from 80.985; a scheme may choose another mode.
"""

from __future__ import annotations

from decimal import (
    ROUND_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
    InvalidOperation,
    localcontext,
)
from enum import Enum

from .errors import BadFact

DIGITS = 60
"""Working precision. Assumption: no official figure has more digits; more would be cut silently by Decimal."""


class Rounding(Enum):
    """How a published figure is rounded: value, Chinese label, Decimal's own name."""

    HALF_UP = ("half_up", "四舍五入", ROUND_HALF_UP)
    HALF_EVEN = ("half_even", "四舍六入五成双", ROUND_HALF_EVEN)
    DOWN = ("down", "只舍不入", ROUND_DOWN)
    UP = ("up", "只入不舍", ROUND_UP)

    def __init__(self, code: str, label: str, decimal_name: str) -> None:
        self.code, self.label, self.decimal_name = code, label, decimal_name


def exact(value: Decimal | int | str, *, where: str = "") -> Decimal:
    """The value as a finite Decimal. A float is refused: 80.985 as a float is already a little less.

    >>> exact("80.985")
    Decimal('80.985')
    """
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        raise BadFact(
            f"“{value!r}”不是精确的数",
            where=where,
            why="二进制小数存不准 80.985 这样的数，四舍五入会出错",
            remedy='请用整数，或把小数写成文字，如 "80.985"',
        )
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise BadFact(f"“{value}”不是数", where=where, remedy="请填写数字，如 80.985") from None
    if not number.is_finite():
        raise BadFact(f"“{value}”不是有限的数", where=where, remedy="没有数值时请留空，不要填 NaN 或无穷大")
    return number


def round_once(value: Decimal | int | str, places: int = 2, mode: Rounding = Rounding.HALF_UP) -> Decimal:
    """The figure as published. Call it once, last: rounding a rounded figure again gives another figure.

    >>> round_once("80.985"), round_once("-0.005"), round_once("89.5", 0)
    (Decimal('80.99'), Decimal('-0.01'), Decimal('90'))
    """
    with localcontext() as context:
        context.prec = DIGITS
        return exact(value).quantize(Decimal(1).scaleb(-places), rounding=mode.decimal_name)


def share(part: Decimal | int | str, whole: Decimal | int | str) -> Decimal | None:
    """part ÷ whole, unrounded (60 digits); None when the whole is nothing, since 0 of 0 is no share at all."""
    with localcontext() as context:
        context.prec = DIGITS
        below = exact(whole)
        return None if below == 0 else exact(part) / below

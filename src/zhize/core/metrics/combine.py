"""Figures put together: quarters to a year, counties to a prefecture, by the card's rule; never a mean of rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum

from ..kernel.rounding import DIGITS


class Rule(StrEnum):
    """How parts become a whole."""

    SUM = "sum"
    RATE = "rate"
    WEIGHTED = "weighted"
    LAST = "last"
    NONE = "none"

    @property
    def label(self) -> str:
        return {
            "sum": "相加",
            "rate": "分子分母分别相加后求比",
            "weighted": "按权数加权平均",
            "last": "取最后一期",
            "none": "不能合并",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Part:
    """One figure of a period or region; `weight` only for a weighted mean."""

    key: str
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """`missing` names the parts that did not enter; a whole with missing parts is not the whole yet."""

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    missing: tuple[str, ...]


NOTHING = Whole(None, None, None, ())


def combine(rule: Rule, parts: Sequence[Part], *, scale: Decimal = Decimal(1)) -> Whole:
    """The whole of these parts, in the order given (method `metrics.combine`). Units: those of the parts.

    `scale` is the unit of a rate: 0.01 for %. A rate without its counts, a weighted part without its weight is missing.
    """
    with localcontext() as context:
        context.prec = DIGITS
        match rule:
            case Rule.SUM:
                return _sum(parts)
            case Rule.RATE:
                return _rate(parts, scale)
            case Rule.WEIGHTED:
                return _weighted(parts)
            case Rule.LAST:
                return _last(parts)
    if len(parts) == 1:
        only = parts[0]
        return Whole(
            only.value, only.numerator, only.denominator, () if only.value is not None else (only.key,)
        )
    return Whole(None, None, None, tuple(part.key for part in parts))


def _sum(parts: Sequence[Part]) -> Whole:
    known = [part.value for part in parts if part.value is not None]
    missing = tuple(part.key for part in parts if part.value is None)
    return Whole(sum(known, Decimal(0)) if known else None, None, None, missing)


def _rate(parts: Sequence[Part], scale: Decimal) -> Whole:
    above, below, missing = Decimal(0), Decimal(0), []
    for part in parts:
        if part.numerator is None or part.denominator is None:
            missing.append(part.key)
        else:
            above, below = above + part.numerator, below + part.denominator
    if not below:
        return Whole(None, None, None, tuple(missing))
    return Whole(above / below / scale, above, below, tuple(missing))


def _weighted(parts: Sequence[Part]) -> Whole:
    known = [
        (part.value, part.weight)
        for part in parts
        if part.value is not None and part.weight is not None and part.weight >= 0
    ]
    missing = tuple(
        part.key for part in parts if part.value is None or part.weight is None or part.weight < 0
    )
    total = sum((weight for _value, weight in known), Decimal(0))
    if not total:
        return Whole(None, None, None, missing)
    return Whole(sum((value * weight for value, weight in known), Decimal(0)) / total, None, None, missing)


def _last(parts: Sequence[Part]) -> Whole:
    missing = tuple(part.key for part in parts if part.value is None)
    last = next((part for part in reversed(parts) if part.value is not None), None)
    if last is None:
        return Whole(None, None, None, missing)
    return Whole(last.value, last.numerator, last.denominator, missing)

"""Pass rate of batches (批次合格率) with its confidence interval, by the method of one's choice.

The rate is passed ÷ total; the interval says between which rates the truth lies if the batches were drawn at random
from many: a sampling of suspected goods, or of all there are, has none. Unit: shares (0.8193, not 81.93 %); the rate is
exact, the bounds are floats good to 1e-9, rounded only where published. 0 of 0 has no rate: refused, never 0.
See docs/algorithms/pass-rate-*.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import sqrt
from statistics import NormalDist

from ..kernel.errors import BadFact
from ..kernel.rounding import share
from ..kernel.trace import Trace
from .beta import beta_quantile

MOST = 100_000_000


class Way(StrEnum):
    """How the bounds are found; the value ends the method's id."""

    WILSON = "wilson"
    WILSON_CC = "wilson_cc"
    CLOPPER_PEARSON = "clopper_pearson"
    JEFFREYS = "jeffreys"

    @property
    def method(self) -> str:
        return f"sampling.pass_rate.{self.value}.v1"

    @property
    def label(self) -> str:
        return {
            Way.WILSON: "威尔逊区间",
            Way.WILSON_CC: "威尔逊区间（连续性校正）",
            Way.CLOPPER_PEARSON: "克洛珀—皮尔逊精确区间",
            Way.JEFFREYS: "杰弗里斯区间",
        }[self]


@dataclass(frozen=True, slots=True)
class PassRate:
    """A rate with its interval. `rate` is exact; `low` ≤ rate ≤ `high`, all shares within [0, 1]."""

    passed: int
    total: int
    rate: Decimal
    low: float
    high: float
    confidence: Decimal
    way: Way
    trace: Trace
    warnings: tuple[str, ...] = ()


def pass_rate(
    passed: int, total: int, *, way: Way = Way.WILSON, confidence: Decimal = Decimal("0.95")
) -> PassRate:
    """The pass rate of `total` batches of which `passed` passed. Raises `BadFact` in words.

    >>> found = pass_rate(1097, 1339)
    >>> round(found.low, 4), round(found.high, 4)
    (0.7978, 0.839)
    """
    _check(passed, total, confidence)
    rate = share(passed, total)
    assert rate is not None  # total is positive
    low, high = _bounds(passed, total, float(confidence), way)
    exact = passed / total
    low, high = max(0.0, min(low, exact)), min(1.0, max(high, exact))
    trace = Trace.of(
        way.method,
        "批次合格率",
        f"{rate * 100:.2f}%，{(confidence * 100).normalize():f}%置信区间 {low * 100:.2f}%—{high * 100:.2f}%",
        {"合格批次": passed, "抽查批次": total, "方法": way.label},
    )
    few = ("抽查不足 30 批，区间很宽，不宜据此比较高低",) if total < FEW else ()
    return PassRate(passed, total, rate, low, high, confidence, way, trace, few)


FEW = 30  # below this the page says that the interval is wide; a word of warning, no limit of the method


def _bounds(passed: int, total: int, confidence: float, way: Way) -> tuple[float, float]:
    tail = (1 - confidence) / 2
    failed = total - passed
    match way:
        case Way.CLOPPER_PEARSON:
            low = beta_quantile(tail, passed, failed + 1) if passed else 0.0
            return low, beta_quantile(1 - tail, passed + 1, failed) if failed else 1.0
        case Way.JEFFREYS:
            low = beta_quantile(tail, passed + 0.5, failed + 0.5) if passed else 0.0
            return low, beta_quantile(1 - tail, passed + 0.5, failed + 0.5) if failed else 1.0
    shift = 0.5 / total if way is Way.WILSON_CC else 0.0
    z = NormalDist().inv_cdf(1 - tail)
    return (
        _wilson(passed / total - shift, total, -z) if passed else 0.0,
        _wilson(passed / total + shift, total, z) if failed else 1.0,
    )


def _wilson(rate: float, total: int, z: float) -> float:
    """The bound on the side of z: (p + z²/2n ± |z|·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n), p held within [0, 1]."""
    p = min(1.0, max(0.0, rate))
    square = z * z / total
    return (p + square / 2 + z * sqrt(p * (1 - p) / total + square / (4 * total))) / (1 + square)


def _check(passed: int, total: int, confidence: Decimal) -> None:
    if not 1 <= total <= MOST:
        raise BadFact(
            f"抽查 {total} 批算不出合格率",
            where="total",
            why="没有抽查就没有合格率",
            remedy=f"请填 1 至 {MOST:,}",
        )
    if not 0 <= passed <= total:
        raise BadFact(
            f"合格 {passed} 批不在 0 与抽查的 {total} 批之间",
            where="passed",
            remedy="请核对合格批次和抽查批次",
        )
    if not Decimal("0.5") <= confidence <= Decimal("0.9999"):
        raise BadFact(
            f"置信水平 {confidence} 不合适", where="confidence", remedy='请填 0.5 至 0.9999，通常为 "0.95"'
        )

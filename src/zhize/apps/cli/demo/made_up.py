"""Values of the demonstration's figures (演示数据), the same at every load."""

from __future__ import annotations

from decimal import Decimal

from zhize.core.kernel.periods import Period

DUSTY = (9, 6)
"""The tenth prefecture in the third quarter of 2012: worse than a year before, so that an alert is seen."""


def made_up(code: str, place: int, period: Period) -> Decimal:
    """演示数据: a value that rises a little each quarter and differs by place, the same at every load."""
    quarter = (period.year.start.year - 2011) * 4 + period.index - 1
    batches = 40 + (place * 37) % 90 + quarter * 2
    rate = Decimal(865 + (place * 29) % 70 + quarter * 5) / 1000
    dusty = 8 if (place, quarter) == DUSTY else 0
    good = Decimal(58 + (place * 13) % 22 + (period.index in (2, 3)) * 6 - dusty) / 100
    match code:
        case "product.spot_check.batches":
            return Decimal(batches)
        case "product.spot_check.passed":
            return Decimal(int(batches * min(rate, Decimal("0.99"))))
        case "environment.air.monitored_days":
            return Decimal(90 + period.index % 2)
        case "environment.air.good_days":
            return Decimal(int((90 + period.index % 2) * good))
    return Decimal(50)

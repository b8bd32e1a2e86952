"""Units of figures as statistics write them: 批, 万元, %, 件/百万元.

A unit is a scale and a product of base words, so that formulas can be checked and 万元 added to 亿元. Per cent is a
scale (1/100) of a plain number; a percentage point is the same scale. Nothing is guessed: an unknown word is a base.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

PREFIXES = {
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "亿": 10**8,
    "万": 10**4,
    "千": 10**3,
}
SHARES = {"%": Decimal("0.01"), "百分点": Decimal("0.01"), "个百分点": Decimal("0.01"), "‰": Decimal("0.001")}
# Sample: “百万元” → 百万, 元; “千米” → 千, 米; “批” → no prefix.
SCALED = re.compile(rf"^({'|'.join(PREFIXES)})(.+)$")


@dataclass(frozen=True, slots=True)
class Unit:
    """`scale` × the product of base words to their powers; no word at all is a plain number."""

    scale: Decimal = Decimal(1)
    words: tuple[tuple[str, int], ...] = ()

    def __mul__(self, other: Unit) -> Unit:
        return Unit(self.scale * other.scale, _joined(self.words, other.words, 1))

    def __truediv__(self, other: Unit) -> Unit:
        return Unit(self.scale / other.scale, _joined(self.words, other.words, -1))

    @property
    def shown(self) -> str:
        """The words without the scale: 元, 件/元; 数（无单位） for a plain number."""
        above = "·".join(word for word, power in self.words for _ in range(max(power, 0)))
        below = "·".join(word for word, power in self.words for _ in range(max(-power, 0)))
        if not self.words:
            return "无单位的数"
        return f"{above or '1'}/{below}" if below else above


PLAIN = Unit()


@lru_cache(maxsize=1024)
def unit_of(text: str) -> Unit:
    """The unit a text means. An empty text is a plain number.

    >>> unit_of("件/百万元").scale, unit_of("件/百万元").shown
    (Decimal('0.000001'), '件/元')
    >>> unit_of("%") == Unit(Decimal("0.01"))
    True
    """
    parts = [part.strip() for part in text.replace("／", "/").replace("％", "%").split("/")]
    found = _one(parts[0])
    for part in parts[1:]:
        found = found / _one(part)
    return found


def _one(word: str) -> Unit:
    if not word:
        return PLAIN
    if word in SHARES:
        return Unit(SHARES[word])
    if scaled := SCALED.match(word):
        return Unit(Decimal(PREFIXES[scaled[1]]), ((scaled[2], 1),))
    return Unit(Decimal(1), ((word, 1),))


def _joined(
    left: tuple[tuple[str, int], ...], right: tuple[tuple[str, int], ...], sign: int
) -> tuple[tuple[str, int], ...]:
    powers = Counter(dict(left))
    for word, power in right:
        powers[word] += sign * power
    return tuple(sorted((word, power) for word, power in powers.items() if power))

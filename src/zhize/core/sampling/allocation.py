"""How many to draw from each stratum (抽样分配): in proportion, by Neyman, or with probability in proportion to size.

Unit: sample units, unrounded: who draws rounds once, at the end, and says how. See docs/algorithms/sampling-allocation.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from ..kernel.errors import BadFact


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the whole: how many it holds, and the standard deviation of what is measured in it."""

    size: float
    deviation: float = 1.0


def proportional(strata: Sequence[Stratum], n: float) -> list[float]:
    """n·Nₕ/N: each stratum as much as it holds."""
    return _split([one.size for one in strata], n, "size")


def neyman(strata: Sequence[Stratum], n: float) -> list[float]:
    """n·NₕSₕ/ΣNₕSₕ: more where there is more, and where it varies more; the least variance for a given n (Neyman 1934)."""
    return _split([one.size * one.deviation for one in strata], n, "deviation")


def inclusion_probabilities(sizes: Sequence[float], n: int) -> list[float]:
    """Probability of each to be drawn, in proportion to its size; who would exceed 1 is taken for certain, and the
    rest share what is left."""
    if not 0 < n <= sum(1 for size in sizes if size > 0):
        raise BadFact(f"不能从 {len(sizes)} 个中抽 {n} 个", where="n", remedy="抽取数应不超过规模为正的个数")
    if any(size < 0 for size in sizes):
        raise BadFact("规模为负", where="sizes", remedy="请核对")
    found = [0.0] * len(sizes)
    open_ = [at for at, size in enumerate(sizes) if size > 0]
    left = n
    while left:
        whole = fsum(sizes[at] for at in open_)
        for at in open_:
            found[at] = left * sizes[at] / whole
        certain = [at for at in open_ if found[at] >= 1]
        if not certain:
            break
        for at in certain:
            found[at] = 1.0
        open_ = [at for at in open_ if found[at] < 1]
        left = n - sum(1 for p in found if p == 1.0)
    return found


def _split(weights: Sequence[float], n: float, where: str) -> list[float]:
    whole = fsum(weights)
    if n <= 0 or whole <= 0 or any(weight < 0 for weight in weights):
        raise BadFact("没有可分配的", where=where, remedy="样本量和各层规模应为正数")
    return [n * weight / whole for weight in weights]

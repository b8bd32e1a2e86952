"""Chance from a seed: the same words, the same number, on every machine."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Chance:
    """`below(100, "D010100", "task", 3)` is 0 to 99; it depends on the seed and these words only."""

    seed: int

    def below(self, limit: int, *words: object) -> int:
        text = "/".join(map(str, (self.seed, *words)))
        return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest()) % limit

    def of(self, choices: Sequence[T], *words: object) -> T:
        return choices[self.below(len(choices), *words)]

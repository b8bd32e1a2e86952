"""How alike two Chinese texts are: the pairs of neighbouring characters they share (there are no spaces to go by)."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

Bigrams = frozenset[str]


def plain(text: str) -> str:
    """Letters, digits and characters alone; full width and half width are one, large and small too.

    >>> plain("（一）ISO 9001认证。")
    ' 一 iso 9001认证 '
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c if c.isalnum() else " " for c in folded)


def bigrams(text: str) -> Bigrams:
    """Pairs of neighbours within the parts between punctuation; a part of one character stands for itself.

    >>> sorted(bigrams("质量 抽查"))
    ['抽查', '质量']
    """
    return frozenset(
        pair
        for part in plain(text).split()
        for pair in (part[at : at + 2] for at in range(max(1, len(part) - 1)))
    )


def dice(one: Bigrams, other: Bigrams) -> Fraction:
    """2 × shared ÷ both, from 0 to 1; nothing to compare is nothing alike."""
    whole = len(one) + len(other)
    return Fraction(2 * len(one & other), whole) if whole else Fraction(0)

"""How alike two Chinese texts are: the pairs of neighbouring characters they share (there are no spaces to go by)."""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher
from fractions import Fraction

Bigrams = frozenset[str]

LONGEST_DIFF = 4_000  # characters beyond which words are not compared one by one


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


def word_changes(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """What to strike and what to set, in order. Two long texts that differ throughout are one strike and one set."""
    if max(len(old), len(new)) > LONGEST_DIFF:
        return (("-", old), ("+", new))
    found: list[tuple[str, str]] = []
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            found.append(("=", old[a:b]))
            continue
        if b > a:
            found.append(("-", old[a:b]))
        if d > c:
            found.append(("+", new[c:d]))
    return tuple(found)

"""Which duty of a new document may be one the register has already (method `duties.overlap`). A suggestion; a person decides.

Several documents feed one register: where two of them say the same to the same unit it is one duty resting on two clauses,
or one thing would be owed, discharged and counted twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from ..kernel.likeness import Bigrams, bigrams, dice, plain

METHOD = "duties.overlap"
PLACES = Decimal("0.01")
MOST = 3  # duties named beside one row
PHRASE, SHOWN = 4, 2  # the shortest phrase that is named, and how many


class Proposal(StrEnum):
    """What is proposed about a pair."""

    label: str

    SAME = "same", "可能是同一职责"
    FINER = "finer", "可能是同一职责，本文更具体"

    def __new__(cls, value: str, label: str) -> Proposal:
        member = str.__new__(cls, value)
        member._value_, member.label = value, label
        return member


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty as compared: its key, words, and who holds it (any names that tell holders apart)."""

    key: str
    text: str
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """The new duty `new` may be the duty `old`: `likeness` in [0, 1], two places half up; `reasons` in words."""

    new: str
    old: str
    likeness: Decimal
    proposal: Proposal
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """`least`: likeness from which a pair is suggested; `finer`: share of further words that makes the new one more precise."""

    least: Decimal
    finer: Decimal


def overlaps(new: Sequence[Owed], old: Sequence[Owed], by: Bounds) -> tuple[Overlap, ...]:
    """At most three old duties beside each new one, most alike first, then in the order given. Never raises.

    Only duties with a holder in common are compared: the same words said to another unit are another duty. Dice =
    2 × shared pairs of characters ÷ both; more precise where at least `finer` of the new one's pairs are its own.
    """
    marks = [bigrams(duty.text) for duty in old]
    by_holder: dict[str, list[int]] = {}
    for place, duty in enumerate(old):
        for holder in duty.holders:
            by_holder.setdefault(holder, []).append(place)
    return tuple(found for duty in new for found in _of(duty, old, marks, by_holder, by))


def _of(
    new: Owed, old: Sequence[Owed], marks: Sequence[Bigrams], by_holder: dict[str, list[int]], by: Bounds
) -> Iterator[Overlap]:
    own = bigrams(new.text)
    places = sorted({place for holder in new.holders for place in by_holder.get(holder, ())})
    found: list[tuple[Decimal, int]] = []
    for place in places:
        likeness = _rounded(dice(own, marks[place]))
        if likeness >= by.least:
            found.append((likeness, place))
    found.sort(key=lambda one: (-one[0], one[1]))
    for likeness, place in found[:MOST]:
        further = Fraction(len(own - marks[place]), len(own)) if own else Fraction(0)
        finer = further >= Fraction(by.finer) and len(own) > len(marks[place])
        shared = [holder for holder in new.holders if holder in old[place].holders]
        reasons = [f"文字相似度 {likeness}", f"同一责任主体：{'、'.join(shared[:3])}"]
        if phrases := _phrases(new.text, old[place].text):
            reasons.append(f"都写到{''.join(f'“{phrase}”' for phrase in phrases)}")
        if finer:
            reasons.append(f"本文另有 {_rounded(further * 100).to_integral_value(ROUND_HALF_UP)}% 的文字")
        yield Overlap(
            new.key, old[place].key, likeness, Proposal.FINER if finer else Proposal.SAME, tuple(reasons)
        )


def _phrases(one: str, other: str) -> list[str]:
    """The longest runs of at least four characters that both write, longest first, then as the first text has them."""
    theirs = plain(other)
    found: list[str] = []
    for part in plain(one).split():
        start = 0
        while start + PHRASE <= len(part):
            stop = start + PHRASE
            if part[start:stop] not in theirs:
                start += 1
                continue
            while stop < len(part) and part[start : stop + 1] in theirs:
                stop += 1
            found.append(part[start:stop])
            start = stop
    return sorted(dict.fromkeys(found), key=lambda phrase: -len(phrase))[:SHOWN]


def _rounded(share: Fraction) -> Decimal:
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(PLACES, ROUND_HALF_UP)

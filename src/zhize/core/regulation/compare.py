"""Two versions of a text, clause by clause (method `regulation.compare`): what stayed, was reworded, moved, came, went.

Clauses are matched by their words first, then by their number, then by likeness; a number that only shifted because
something was inserted before is *renumbered*, not moved. What a machine cannot know is left to a person, with the reason.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from ..kernel.likeness import Bigrams, bigrams, dice, word_changes

METHOD = "regulation.compare"
PLACES = Decimal("0.01")
# A piece is looked for through its rarest pairs of characters, each leading to so many others at most: phrases that all
# clauses share (负责, 工作) tell nothing and would make the work grow with the square of the clauses.
RAREST, MOST = 12, 40


class Kind(StrEnum):
    """What became of a clause."""

    label: str

    SAME = "same", "未变"
    CHANGED = "changed", "修改"
    ADDED = "added", "新增"
    REMOVED = "removed", "删去"

    def __new__(cls, value: str, label: str) -> Kind:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Place(StrEnum):
    """Where it stands now: under the same number, shifted with its neighbours, or elsewhere in the order."""

    label: str

    KEPT = "kept", "原位"
    RENUMBERED = "renumbered", "序号顺延"
    MOVED = "moved", "移动"

    def __new__(cls, value: str, label: str) -> Place:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause or a duty as compared: its key within its version, and its words."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Limits:
    """From which likeness (0–1) on two pieces are one: under the same number, and under different ones."""

    same_key: Fraction = Fraction(3, 10)
    elsewhere: Fraction = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the comparison. `likeness` in [0, 1], two places half up; `words`: (op, text) with op "=", "-", "+"."""

    kind: Kind
    place: Place
    old: str | None
    new: str | None
    likeness: Decimal
    words: tuple[tuple[str, str], ...] = ()


def compare(old: Sequence[Piece], new: Sequence[Piece], limits: Limits | None = None) -> tuple[Change, ...]:
    """All pieces of both versions, each once, in the order of the new version; what went stands where it stood.

    Never raises. Time grows with the number of pieces, not with old × new.
    """
    pairs = _pairs(old, new, limits or Limits())
    in_order = _longest_rising([pairs[at] for at in sorted(pairs)])
    lines = {pairs[at]: _change(old[at], new[pairs[at]], moved=pairs[at] not in in_order) for at in pairs}
    gone_after: dict[int, list[Change]] = defaultdict(list)
    last = -1
    for at, piece in enumerate(old):
        if at in pairs:
            last = pairs[at] if pairs[at] in in_order else last
        else:
            gone_after[last].append(Change(Kind.REMOVED, Place.KEPT, piece.key, None, Decimal("0.00")))
    found = list(gone_after[-1])
    for at, piece in enumerate(new):
        found.append(lines.get(at) or Change(Kind.ADDED, Place.KEPT, None, piece.key, Decimal("0.00")))
        found.extend(gone_after[at])
    return tuple(found)


def _pairs(old: Sequence[Piece], new: Sequence[Piece], limits: Limits) -> dict[int, int]:
    """Index of the old piece → index of the new one."""
    pairs: dict[int, int] = {}
    free = dict.fromkeys(range(len(new)))
    by_text: dict[str, list[int]] = defaultdict(list)
    for at, piece in enumerate(new):
        by_text[_bare(piece.text)].append(at)
    keys = {piece.key: at for at, piece in enumerate(new)}

    def take(a: int, b: int) -> None:
        pairs[a] = b
        free.pop(b)

    for exact_place in (
        True,
        False,
    ):  # the same words under the same number first: phrases repeat in such texts
        for a, piece in enumerate(old):
            same = [b for b in by_text[_bare(piece.text)] if b in free]
            if a not in pairs and same and (not exact_place or keys.get(piece.key) in same):
                take(a, keys[piece.key] if exact_place else min(same, key=lambda b, a=a: abs(b - a)))  # type: ignore[misc]
    for _likeness, _distance, a, b in sorted(
        _candidates(old, new, pairs, free, keys, limits),
        key=lambda found: (-found[0], found[1], found[2], found[3]),
    ):
        if a not in pairs and b in free:
            take(a, b)
    return pairs


def _candidates(
    old: Sequence[Piece],
    new: Sequence[Piece],
    pairs: Mapping[int, int],
    free: Mapping[int, None],
    keys: Mapping[str, int],
    limits: Limits,
) -> Iterator[tuple[Fraction, int, int, int]]:
    """Pairs alike enough to be one: likeness (a little more under the same number), distance, indices."""
    marks: dict[int, Bigrams] = {b: bigrams(new[b].text) for b in free}
    holders: dict[str, list[int]] = defaultdict(list)
    for b, found in marks.items():
        for one in found:
            holders[one].append(b)
    for a, piece in enumerate(old):
        if a in pairs:
            continue
        own = bigrams(piece.text)
        at_home = keys.get(piece.key, -1)
        telling = sorted((one for one in own if one in holders), key=lambda one: (len(holders[one]), one))[
            :RAREST
        ]
        shared = {b for one in telling for b in holders[one][:MOST]} | ({at_home} & free.keys())
        for b in shared:
            likeness = dice(own, marks[b])
            home = b == at_home
            if likeness >= (limits.same_key if home else limits.elsewhere):
                yield likeness + (Fraction(1, 5) if home else 0), abs(a - b), a, b


def _change(old: Piece, new: Piece, *, moved: bool) -> Change:
    same = _bare(old.text) == _bare(new.text)
    place = Place.MOVED if moved else Place.KEPT if old.key == new.key else Place.RENUMBERED
    if same:
        return Change(Kind.SAME, place, old.key, new.key, Decimal("1.00"))
    likeness = dice(bigrams(old.text), bigrams(new.text))
    rounded = (Decimal(likeness.numerator) / Decimal(likeness.denominator)).quantize(PLACES, ROUND_HALF_UP)
    return Change(Kind.CHANGED, place, old.key, new.key, rounded, word_changes(old.text, new.text))


def _bare(text: str) -> str:
    """Words without the blanks a printer may set."""
    return "".join(text.split()).replace("\u3000", "")


def _longest_rising(values: Sequence[int]) -> set[int]:
    """The members of a longest rising subsequence: what kept its order; the rest moved."""
    tails: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for at, value in enumerate(values):
        length = bisect_left(tails, value)
        before.append(places[length - 1] if length else -1)
        if length == len(tails):
            tails.append(value)
            places.append(at)
        else:
            tails[length], places[length] = value, at
    kept: set[int] = set()
    at = places[-1] if places else -1
    while at != -1:
        kept.add(values[at])
        at = before[at]
    return kept

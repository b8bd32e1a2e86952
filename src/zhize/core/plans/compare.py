"""Two lists of plan items set against each other: which belong together, what was added, dropped, changed and how.

An item belongs to the one it says it was made from; failing that to the one of the same name; failing that to the most
alike name that is alike enough. Each belongs to one other at most; earlier items choose first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ..kernel.likeness import bigrams, dice, plain


@dataclass(frozen=True, slots=True)
class Line:
    """An item: `made_from` the id of the item it was taken over from (empty: written anew), `fields` its words by label."""

    id: str
    title: str
    fields: Mapping[str, str]
    made_from: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A field whose words differ; an empty side said nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Pair:
    before: Line
    after: Line
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Everything of the old list is in `dropped` or a pair, everything of the new one in `added` or a pair."""

    added: tuple[Line, ...]
    dropped: tuple[Line, ...]
    changed: tuple[Pair, ...]
    same: tuple[Pair, ...]


def compare(old: Sequence[Line], new: Sequence[Line], threshold: Decimal) -> Compared:
    """The two lists item by item, in the order of the new one; `threshold` (0 to 1) is how alike names must be."""
    free = {one.id: one for one in old}
    found: dict[str, Line] = {}
    for one in new:
        if one.made_from in free:
            found[one.id] = free.pop(one.made_from)
    for one in new:
        named = next((other for other in free.values() if plain(other.title) == plain(one.title)), None)
        if one.id not in found and named:
            found[one.id] = free.pop(named.id)
    for one in new:
        if one.id not in found and (alike := _most_alike(one, list(free.values()), Fraction(threshold))):
            found[one.id] = free.pop(alike.id)
    pairs = [Pair(found[one.id], one, _changes(found[one.id], one)) for one in new if one.id in found]
    return Compared(
        added=tuple(one for one in new if one.id not in found),
        dropped=tuple(free.values()),
        changed=tuple(pair for pair in pairs if pair.changes),
        same=tuple(pair for pair in pairs if not pair.changes),
    )


def _most_alike(one: Line, others: Sequence[Line], threshold: Fraction) -> Line | None:
    mine = bigrams(one.title)
    scored = [(dice(mine, bigrams(other.title)), -place, other) for place, other in enumerate(others)]
    best = max(scored, key=lambda entry: entry[:2], default=None)
    return best[2] if best and best[0] >= threshold else None


def _changes(before: Line, after: Line) -> tuple[Change, ...]:
    labels = dict.fromkeys([*before.fields, *after.fields])
    sides = [(label, before.fields.get(label, ""), after.fields.get(label, "")) for label in labels]
    return tuple(Change(*side) for side in sides if side[1].split() != side[2].split())

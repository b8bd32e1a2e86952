"""Two versions of a draft, paragraph by paragraph: what stayed, was changed word by word, was added, was removed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ..kernel.likeness import bigrams, dice, word_changes

SAME, CHANGED, ADDED, REMOVED = "same", "changed", "added", "removed"


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the comparison: `words` are ("=" kept, "-" struck, "+" set) in order."""

    kind: str
    words: tuple[tuple[str, str], ...]


def compare(old: Sequence[str], new: Sequence[str]) -> tuple[Compared, ...]:
    """Every paragraph of both once, in the order of the new one; struck paragraphs stand where they stood.

    Paragraphs between two that stayed are paired in order when they are alike in a fifth of their pairs of characters.

    >>> [one.kind for one in compare(["一", "请报送方案。"], ["一", "请报送工作方案。", "二"])]
    ['same', 'changed', 'added']
    """
    found: list[Compared] = []
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            found += [Compared(SAME, (("=", text),)) for text in old[a:b]]
        else:
            found += _between(old[a:b], new[c:d])
    return tuple(found)


def _between(old: Sequence[str], new: Sequence[str]) -> Iterator[Compared]:
    at = 0
    for text in new:
        marks = bigrams(text)
        pair = next((n for n in range(at, len(old)) if dice(bigrams(old[n]), marks) * 5 >= 1), None)
        if pair is None:
            yield Compared(ADDED, (("+", text),))
            continue
        yield from (Compared(REMOVED, (("-", gone),)) for gone in old[at:pair])
        yield Compared(CHANGED, word_changes(old[pair], text))
        at = pair + 1
    yield from (Compared(REMOVED, (("-", gone),)) for gone in old[at:])

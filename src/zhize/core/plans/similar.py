"""Which items of several plans look like the same matter (`plans.similar`). A suggestion with reasons; a person merges.

Two texts are compared by the pairs of neighbouring characters they share (Chinese has no spaces), titles and the rest
apart. Phrases that a large part of all items carry (质量振兴, 监督检查工作) tell nothing and are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from ..kernel.likeness import Bigrams, bigrams, dice, plain

PLACES = Decimal("0.01")
FEW = 10  # below so many items no phrase can be told to be common
SHOWN = 3  # shared phrases named in a reason
PHRASE = 4  # the shortest that is named: 品质量 would tell nobody anything


@dataclass(frozen=True, slots=True)
class Item:
    """An item as it is compared: `text` is goal and measure together; `duties` the codes of the duties it serves."""

    id: str
    title: str
    text: str = ""
    unit: str = ""
    duties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighing:
    """How much counts what: all shares between 0 and 1."""

    threshold: Decimal
    title_weight: Decimal
    same_duty: Decimal
    common_share: Decimal


@dataclass(frozen=True, slots=True)
class Pair:
    """Two items that may be one matter: `score` in [0, 1], two places, half up; `reasons` in words."""

    first: str
    second: str
    score: Decimal
    reasons: tuple[str, ...]


def similar(items: Sequence[Item], by: Weighing) -> list[Pair]:
    """The pairs at or above the threshold, most alike first, then in the order given. Never raises.

    score = min(1, title_weight × Dice(titles) + (1 − title_weight) × Dice(texts) + same_duty where a duty is shared);
    Dice = 2 × shared ÷ (pairs of the one + pairs of the other). Where one of the two has no text, the titles decide alone.
    """
    titles = _without_common([bigrams(item.title) for item in items], by.common_share)
    texts = _without_common([bigrams(item.text) for item in items], by.common_share)
    found = [
        _compare(items[a], items[b], (titles[a], titles[b]), (texts[a], texts[b]), by)
        for a, b in _worth_comparing(items, titles, texts)
    ]
    place = {item.id: number for number, item in enumerate(items)}
    alike = [pair for pair in found if pair.score >= by.threshold]
    return sorted(alike, key=lambda pair: (-pair.score, place[pair.first], place[pair.second]))


def _worth_comparing(
    items: Sequence[Item], titles: Sequence[Bigrams], texts: Sequence[Bigrams]
) -> Iterator[tuple[int, int]]:
    """The pairs that share anything: found through the phrases, not by trying all pairs."""
    holders: dict[tuple[str, str], list[int]] = {}
    for number, item in enumerate(items):
        marks = [("title", b) for b in titles[number]] + [("text", b) for b in texts[number]]
        for mark in [*marks, *(("duty", duty) for duty in set(item.duties))]:
            holders.setdefault(mark, []).append(number)
    pairs = {(a, b) for held in holders.values() for at, a in enumerate(held) for b in held[at + 1 :]}
    yield from sorted(pairs)


def _compare(
    first: Item, second: Item, titles: tuple[Bigrams, Bigrams], texts: tuple[Bigrams, Bigrams], by: Weighing
) -> Pair:
    by_title, by_text = dice(*titles), dice(*texts)
    weight = Fraction(by.title_weight) if all(texts) else Fraction(1)
    shared = [duty for duty in first.duties if duty in second.duties]
    whole = weight * by_title + (1 - weight) * by_text + (Fraction(by.same_duty) if shared else 0)
    reasons = [f"事项名称相似度 {_rounded(by_title)}"]
    if all(texts):
        reasons.append(f"目标和措施相似度 {_rounded(by_text)}")
    if shared:
        reasons.append(f"同为职责 {'、'.join(shared[:SHOWN])}")
    if first.unit and first.unit == second.unit:
        reasons.append("同一牵头单位")
    if phrases := _phrases(first.title + "\n" + first.text, second.title + "\n" + second.text):
        reasons.append(f"都写到{''.join(f'“{phrase}”' for phrase in phrases)}")
    return Pair(first.id, second.id, _rounded(min(Fraction(1), whole)), tuple(reasons))


def _without_common(sets: Sequence[Bigrams], share: Decimal) -> list[Bigrams]:
    """The sets without what more than `share` of all items carry; an item that has nothing else keeps all it has."""
    if len(sets) < FEW:
        return list(sets)
    counts = Counter(one for found in sets for one in found)
    most = Fraction(share) * len(sets)
    common = frozenset(one for one, count in counts.items() if count > most)
    return [found - common or found for found in sets]


def _phrases(one: str, other: str) -> tuple[str, ...]:
    """The longest phrases of at least `PHRASE` characters that both carry, none within another."""
    parts, rest = plain(one).split(), " " + " ".join(plain(other).split()) + " "
    found: list[str] = []
    for phrase in sorted(_maximal(parts, rest), key=lambda text: (-len(text), rest.index(text), text)):
        if not any(phrase in longer for longer in found):
            found.append(phrase)
    return tuple(found[:SHOWN])


def _maximal(parts: Iterable[str], rest: str) -> set[str]:
    """From each place of the one text the longest run found in the other, without digits at its ends."""
    runs: set[str] = set()
    for part in parts:
        for start in range(len(part) - PHRASE + 1):
            end = start + PHRASE
            while end <= len(part) and part[start:end] in rest:
                end += 1
            run = part[start : end - 1].strip("0123456789")
            if len(run) >= PHRASE:
                runs.add(run)
    return runs


def _rounded(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(PLACES, ROUND_HALF_UP)

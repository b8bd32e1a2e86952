"""Figures of a document compared with their source: each app says what the things it owns show now.

A run of an official document may carry a reference ("metrics.observation:3"). Whether its words still hold is asked of
the app that owns the thing, which nobody below imports.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from zhize.core.kernel.likeness import bigrams, dice
from zhize.kit.chinese import in_chinese
from zhize.kit.officialdoc import Block, runs_of

# Answers all ids at once: id → every word or figure the thing shows today ("95", "97%"), the most important first.
Source = Callable[[list[int]], Mapping[int, Sequence[str]]]
_sources: dict[str, Source] = {}
# Sample: "96.5%", "80.50分", "1,200家"
_NUMBER = re.compile(r"\s*(-?[\d,，]+(?:\.\d+)?)\s*(\D*)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure whose source says something else now: reference, words in the document, words of the source.

    `now` is empty where the source is gone or shows nothing.
    """

    ref: str
    words: str
    now: str


def register_figures(kind: str, source: Source) -> None:
    """Says what things of this kind show now; kinds without a source are not compared."""
    _sources[kind] = source


@in_chinese
def figures_changed(blocks: Iterable[Block]) -> tuple[Figure, ...]:
    """Each figure that its source no longer bears out, once, in the order of the page. One statement for each kind.

    Sources answer in Chinese, as documents are written, whatever language the reader has chosen."""
    said = dict.fromkeys((run.ref, run.text.strip()) for block in blocks for run in runs_of(block) if run.ref)
    ids: dict[str, list[int]] = {}
    for ref, _words in said:
        kind, _colon, number = ref.rpartition(":")
        if kind in _sources and number.isdigit():
            ids.setdefault(kind, []).append(int(number))
    now = {
        f"{kind}:{pk}": values
        for kind, numbers in ids.items()
        for pk, values in (dict.fromkeys(numbers, ()) | dict(_sources[kind](sorted(set(numbers))))).items()
    }
    return tuple(
        Figure(ref, words, _nearest(words, now[ref]))
        for ref, words in said
        if ref in now and words and not any(same(words, value) for value in now[ref])
    )


def same(one: str, other: str) -> bool:
    """Equal as numbers where both are (80.5 and 80.50; a unit on one side only is no difference), else as words."""
    mine, theirs = _NUMBER.fullmatch(one), _NUMBER.fullmatch(other)
    if mine and theirs:
        units = {mine[2].strip(), theirs[2].strip()} - {""}
        return _plain(mine[1]) == _plain(theirs[1]) and len(units) < 2
    return "".join(one.split()).rstrip("。") == "".join(other.split()).rstrip("。")


def _plain(number: str) -> str:
    bare = number.replace(",", "").replace("，", "")
    return (bare.rstrip("0").rstrip(".") or "0") if "." in bare else bare


def _nearest(words: str, values: Sequence[str]) -> str:
    """The value that takes the place of these words: a number for a number, with the unit it was printed with."""
    mine = _NUMBER.fullmatch(words)
    if mine:
        numbers = [found for value in values if (found := _NUMBER.fullmatch(value))]
        return f"{numbers[0][1]}{mine[2].strip() or numbers[0][2].strip()}" if numbers else ""
    rest = [value for value in values if not _NUMBER.fullmatch(value)]
    alike = [value for value in rest if _shape(value) == _shape(words)]
    if any(one.isdigit() for one in words) and alike:
        return alike[0]
    marks = bigrams(words)
    return max(rest, key=lambda value: dice(bigrams(value), marks), default="")


def _shape(words: str) -> str:
    """第2名 and 第13名 are alike: the same words around a number."""
    return re.sub(r"\d+", "0", words)  # Sample: "第2名"

"""A proposed duty split at a point of its text, or put together with the one after it; places in the text are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..kernel.errors import BadRule

EDGE = "。；，、：！？ 　\t\r\n/"
PAUSES = "；。，、："


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a row: its words, and how far from the row's beginning they stand."""

    text: str
    start: int
    end: int


def split(text: str, points: Sequence[int]) -> tuple[Cut, ...]:
    """The parts of a text cut before each of these characters; punctuation at the edges of a part is left off.

    Raises BadRule where a part would hold no words: nothing is thrown away silently.

    >>> [part.text for part in split("组织检查，公布结果", [5])]
    ['组织检查', '公布结果']
    """
    places = sorted({point for point in points if 0 < point < len(text)})
    if not places:
        raise BadRule("没有可以拆分的位置", where="拆分", remedy="请在两项职责之间选一处")
    edges = [0, *places, len(text)]
    found = []
    for start, end in pairwise(edges):
        while start < end and text[start] in EDGE:
            start += 1
        while end > start and text[end - 1] in EDGE:
            end -= 1
        if start == end:
            raise BadRule("拆出的一段没有文字", where="拆分", remedy="请换一处拆分")
        found.append(Cut(text[start:end], start, end))
    return tuple(found)


def points_of(text: str, lines: str) -> tuple[int, ...]:
    """Where a person broke the text into lines, as points of it. Raises BadRule where words were changed on the way.

    >>> points_of("组织检查，公布结果", "组织检查，\\n公布结果")
    (5,)
    """
    kept = [line.strip() for line in lines.splitlines() if line.strip()]
    found, at = [], 0
    for line in kept:
        while at < len(text) and text[at].isspace():
            at += 1
        if not text.startswith(line, at):
            raise BadRule(
                "拆分时文字有改动", where=line[:20], remedy="请只换行，不改字；要改文字，请先拆分再逐段修改"
            )
        found.append(at)
        at += len(line)
    if text[at:].strip():
        raise BadRule("拆分后少了文字", where=text[at : at + 20], remedy="请保留全部文字，只在要分开处换行")
    return tuple(found[1:])


def pauses(text: str) -> tuple[int, ...]:
    """The points a person would cut at: after ； 。 ， 、 ： inside the text.

    >>> pauses("组织检查，公布结果。")
    (5,)
    """
    stop = len(text.rstrip(EDGE))
    return tuple(at + 1 for at, char in enumerate(text) if char in PAUSES and at + 1 < stop)


def join(whole: str, first: tuple[str, int, int], second: tuple[str, int, int]) -> str:
    """The words of two rows as one: as printed where neither was changed by hand, else with ； between them.

    Each row is (text, start, end) with its place in `whole`.
    """
    (one, start, middle), (other, again, end) = first, second
    if whole[start:middle] == one and whole[again:end] == other and middle <= again:
        return whole[start:end]
    return f"{one.rstrip(EDGE)}；{other.lstrip(EDGE)}"

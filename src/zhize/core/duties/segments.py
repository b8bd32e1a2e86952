"""A stretch of a clause → its segments, each one duty: at ； and 。; table cells at their numbered items."""

from __future__ import annotations

import re

from ..regulation.sentences import cuts

# 1.完成城乡垃圾处理…（20分）; / 2.督查指导… — the items of a cell
_ITEM = re.compile(r"(?:^|(?<=[；。）分 ]))(?: */ *)?(\d{1,2})[.．、](?!\d)")
_SCORED = ("标准", "指标", "细则")


def segments(folded: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Where each duty of a text stands, closing punctuation left off. Brackets, quotes and 《》 are never cut open."""
    return tuple((a, _unstopped(folded, a, b)) for a, b in cuts(folded, start, end, "。；！？"))


def cell_segments(folded: str, start: int, end: int, head: str) -> tuple[tuple[int, int], ...]:
    """The items of a table cell; a cell of a scoring column without numbers is one duty (its rules belong to it)."""
    cell = folded[start:end]
    places = [(m.start(), m.end()) for m in _ITEM.finditer(cell)]
    if places and int(_ITEM.search(cell)[1]) == 1:  # type: ignore[index]
        stops = [a for a, _ in places[1:]] + [len(cell)]
        return tuple(
            (start + b, _unstopped(folded, start + b, start + stop))
            for (_, b), stop in zip(places, stops, strict=True)
        )
    if head.endswith(_SCORED):
        return ((start, _unstopped(folded, start, end)),) if cell.strip() else ()
    return segments(folded, start, end)


def _unstopped(folded: str, start: int, end: int) -> int:
    while end > start and folded[end - 1] in "。；，！？ /\n\r":
        end -= 1
    return end

"""Where a text falls apart: at 。 and ；, but not inside 《》, （） or quotation marks."""

from __future__ import annotations

_OPEN, _CLOSE = "（《“‘", "）》”’"


def cuts(folded: str, start: int, end: int, at: str) -> tuple[tuple[int, int], ...]:
    """Pieces of folded[start:end] cut after any of `at`, blank edges trimmed. A bracket left open ends with its line."""
    out: list[tuple[int, int]] = []
    depth, begin = 0, start
    for place in range(start, end):
        char = folded[place]
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char == "\n":
            depth = 0
        elif char in at and depth == 0:
            _add(out, folded, begin, place + 1)
            begin = place + 1
    _add(out, folded, begin, end)
    return tuple(out)


def _add(out: list[tuple[int, int]], folded: str, begin: int, end: int) -> None:
    while begin < end and folded[begin].isspace():
        begin += 1
    while end > begin and folded[end - 1].isspace():
        end -= 1
    if begin < end and folded[begin:end].strip("。；，、：！？ "):
        out.append((begin, end))


def sentences(folded: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Cut at full stops only."""
    return cuts(folded, start, end, "。！？")

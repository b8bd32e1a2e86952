"""Stage 5 for prose: numbered lines as a tree of criteria.

Reads: numbered lines. Writes: criteria as printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from .branches import ADDITIONS, Branch, Read
from .sheet import Row, joined

_TITLE_END = re.compile(r"[。；;：:]")
# （30分） · （共40分）
_POINTS = re.compile(r"[（(]\s*(?:共|满分)?\s*(\d{1,3}(?:\.\d+)?)\s*分\s*[）)]")
_TITLE_REACH = 80
_SHORT_LINE = 24


def branches_of_prose(rows: Sequence[Row]) -> Read:
    """Numbered lines as a tree by their kind of number; the heading ends at its points or its first stop."""
    blocks: list[Branch] = []
    stack: list[tuple[int, Branch]] = []
    for row in rows:
        number = row.cells[0]
        head, _, rest = row.cells[1].partition("\n")
        broken = bool(rest) and len(head) <= _SHORT_LINE and not _TITLE_END.search(head)
        text = joined(head) + "。" + joined(rest) if broken else joined(row.cells[1])
        found = _POINTS.search(text[:_TITLE_REACH])
        stop = _TITLE_END.search(text)
        if found and (not stop or found.start() < stop.start() or found.end() >= len(text) - 1):
            title, points, rest = text[: found.start()], Fraction(found.group(1)), text[found.end() :]
        else:
            end = stop.start() if stop else len(text)
            title, points, rest = text[:end], None, text[end:]
        while stack and stack[-1][0] >= row.depth:
            stack.pop()
        bonus = bool(ADDITIONS.search(title)) or any(one.bonus for _, one in stack)
        branch = Branch(
            title.strip() or number, number, points, rest.strip(" 。；;：:"), bonus=bonus, line=row.line
        )
        (stack[-1][1].children if stack else blocks).append(branch)
        stack.append((row.depth, branch))
    return Read(blocks)

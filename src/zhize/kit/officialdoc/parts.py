"""What both writers work out alike: faces within a paragraph, the letterhead's fit, the place of the signature, columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from zhize.core.papers.headings import FIRST, LEVELS, SECOND, lead
from zhize.kit.officialdoc.blocks import Block, Paragraph, Table
from zhize.kit.officialdoc.layout import Layout
from zhize.kit.officialdoc.paper import Signature

POINTS = 72 / 25.4
"""Points in a millimetre."""
NARROWEST = 0.6


class Face(StrEnum):
    """The faces of a paragraph: 仿宋, 黑体 (一、), 楷体 (（一）)."""

    BODY = "body"
    FIRST = "first"
    SECOND = "second"


_FACES = {FIRST: Face.FIRST, SECOND: Face.SECOND}


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in one face."""

    text: str
    face: Face


def pieces(paragraph: Paragraph) -> list[Piece]:
    """A heading's own words in its face, the sentences after it as the text: 楷体 up to the first full stop of （一）."""
    face = _FACES.get(paragraph.level, Face.BODY)
    text = paragraph.text
    cut = lead(text) if face is not Face.BODY else 0
    return [piece for piece in (Piece(text[:cut], face), Piece(text[cut:], Face.BODY)) if piece.text]


def kept_with_signature(body: Sequence[Block], signature: Signature | None) -> bool:
    """Whether the last paragraph is moved to the next page with the signature, so that no page holds that alone.

    Only one of up to three lines: a longer one would leave a hole on the page before it.
    """
    last = body[-1] if body else None
    return signature is not None and isinstance(last, Paragraph) and width(last.text) <= 3 * 28


def width(text: str) -> float:
    """In characters of the text: an ASCII letter or digit takes half of one."""
    return sum(0.5 if c.isascii() else 1.0 for c in text)


def letterhead_fit(text: str, layout: Layout) -> tuple[float, float]:
    """Size in points and horizontal scale (1 = as drawn) with which the letterhead stands on one line.

    Long names are narrowed down to 0.6 first, as letterheads are in practice, then made smaller.
    """
    room, chars = layout.text_width * POINTS * 0.98, max(width(text), 1)
    size = min(layout.letterhead_size, room / chars / NARROWEST)
    return round(size, 2), round(min(1.0, room / chars / size), 3)


def title_lines(text: str, layout: Layout) -> list[str]:
    """The title in as few lines as it needs, of about the same length, broken before no closing mark and in no number.

    A person's own line breaks are gone by now; what reads badly is mended in Word, where the title stands centred.
    """
    room = layout.text_width * POINTS / layout.title_size - 1
    count = -(-round(width(text) * 10) // round(room * 10))
    lines, rest = [], text
    for left in range(max(1, count), 1, -1):
        cut = _cut(rest, width(rest) / left, layout.title_words)
        lines.append(rest[:cut])
        rest = rest[cut:]
    return [line for line in (*lines, rest) if line]


def _cut(text: str, wanted: float, whole: tuple[str, ...]) -> int:
    """Where to break nearest to the width wanted, and within none of the words kept whole."""
    inside = {
        at for word in whole for start in _found(text, word) for at in range(start + 1, start + len(word))
    }
    places = [n for n in range(1, len(text)) if n not in inside and not _clings(text[n - 1], text[n])]
    return min(places, key=lambda n: abs(width(text[:n]) - wanted), default=len(text))


def _found(text: str, word: str) -> list[int]:
    return [n for n in range(len(text)) if text.startswith(word, n)]


def _clings(before: str, after: str) -> bool:
    """Whether a line may not be broken here: in a number or Latin word, after an opening or before a closing mark, before 的."""
    return (
        (before.isascii() and after.isascii())
        or (before.isdigit() and after in "年月日个项家万亿")
        or before in "《（“〔"
        or after in "》）”〕、，。：的"
    )


def sides_size(layout: Layout, size: float, left: str, right: str) -> float:
    """The size in points at which two texts stand on one line, a character from its edges and from each other."""
    room = layout.text_width * POINTS
    return min(size, int(2 * room / (width(left) + width(right) + 3)) / 2)


def is_heading(paragraph: Paragraph) -> bool:
    """Whether all of it is a heading: it stays on the page of what follows."""
    return (
        paragraph.level in LEVELS
        and lead(paragraph.text) == len(paragraph.text)
        and width(paragraph.text) <= 28
    )


def signature_indents(signature: Signature) -> tuple[float, float]:
    """Characters between the right edge and the name, and the date (GB/T 9704-2012 7.3.5).

    Sealed: the date four from the edge, the name centred over it, both moved left where the name would leave the page.
    Not sealed: the name two from the edge, the date beginning two to the right of it.
    """
    name, day = width(signature.name), width(signature.day)
    if signature.sealed:
        over = (name - day) / 2
        shift = max(0.0, over - 4)
        return 4 - over + shift, 4 + shift
    right = 2 + name - 2 - day
    return (2 + max(0.0, 2 - right), max(2.0, right))


# Of tables, in characters of 12 pt: a line of the page, the room at both sides of a cell, what counts as short, as long.
TABLE_LINE, CELL_SIDES, SHORT_CELL, LONG_CELL = 36, 1, 8, 30


def column_weights(table: Table) -> list[int]:
    """How wide the columns are beside each other, in tenths of a character.

    Columns of short cells (numbers, clauses, dates) get what they need, so that "10" or "三（一）6" never breaks; the others
    share what is left of the line by their longest cell. Where the short ones would take over half, all share alike.
    """
    columns = zip(table.head, *table.rows, strict=True)
    longest = [min(LONG_CELL, max(2, ceil(max(width(cell.text) for cell in column)))) for column in columns]
    short = sum(w + CELL_SIDES for w in longest if w <= SHORT_CELL)
    rest = sum(w for w in longest if w > SHORT_CELL)
    if not rest or short > TABLE_LINE / 2:
        return [10 * min(18, max(3, w)) for w in longest]
    return [
        10 * (w + CELL_SIDES) if w <= SHORT_CELL else max(1, round(10 * (TABLE_LINE - short) * w / rest))
        for w in longest
    ]

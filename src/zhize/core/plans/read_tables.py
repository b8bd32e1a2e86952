"""Tables of a plan: a row an item, by the heads of its columns; rows under a spanned title add to the item above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..regulation.tables import is_ruled, split_row
from .found import Column, Draft, Words

SAME = "〃"
LONGEST_HEAD = 14
# A table is a plan when it says what is to be done and at least one of these.
_TELLS = {Column.DUE, Column.LEAD, Column.SUPPORT, Column.PERSON, Column.GOAL}
Cells = tuple[str, ...]


def drafts_of_tables(text: str, words: Words) -> tuple[list[Draft], str]:
    """Reads: lines. Writes: an item a row of every table that is a plan; the text without any table."""
    drafts: list[Draft] = []
    rest: list[str] = []
    table: list[Cells] = []
    number = 0
    for line in [*text.split("\n"), ""]:
        if line.lstrip().startswith("|"):
            table.append(split_row(line))
            continue
        if table:
            number += 1
            drafts += _items(table, words, number)
            table = []
        rest.append(line)
    return drafts, "\n".join(rest)


def _items(table: Sequence[Cells], words: Words, number: int) -> list[Draft]:
    """Heads may come again inside (a page break, a second table without a gap)."""
    out: list[Draft] = []
    columns: dict[int, Column] = {}
    above = ""
    for row, cells in enumerate(table, 1):
        if heads := _heads(cells, words):
            columns = heads
            continue
        filled = {cell for cell in cells if cell and cell != SAME}
        if not columns or not filled or is_ruled(cells):
            continue
        if len(filled) == 1 and (len(cells) != len(table[0]) or SAME not in cells):
            above = filled.pop()  # a row across the table: 一、产品质量
            continue
        got = dict(_cells(cells, columns))
        if out and _adds(cells, columns, got):
            draft = out[-1]
        else:
            draft = Draft(f"表{number} 第 {row} 行", got.get(Column.TITLE, ""), above=above)
            out.append(draft)
        draft.rows.append((got.get(Column.MEASURE, ""), got.get(Column.DUE, "")))
        for column, cell in got.items():
            if column not in (Column.TITLE, Column.OTHER):
                draft.put(column, cell)
    return out


def _heads(cells: Cells, words: Words) -> dict[int, Column]:
    """The columns, where this row is a head: short cells, two of them known, and together they tell a plan."""
    if any(len(cell) > LONGEST_HEAD for cell in cells) or any(cell.isdigit() for cell in cells):
        return {}
    found: dict[int, Column] = {}
    for at, cell in enumerate(cells):
        column = words.column(cell.replace(" ", ""))
        if column and (column is Column.OTHER or column not in found.values()):
            found[at] = column
    named = set(found.values())
    known = sum(1 for cell in cells if cell) <= 2 * len(found)
    told = named & {Column.TITLE, Column.MEASURE}
    return found if known and told and named & _TELLS else {}


def _cells(cells: Cells, columns: dict[int, Column]) -> Iterator[tuple[Column, str]]:
    for at, column in columns.items():
        if at < len(cells) and cells[at] and cells[at] != SAME:
            yield column, cells[at].replace(" / ", "\n")


def _adds(cells: Cells, columns: dict[int, Column], got: dict[Column, str]) -> bool:
    """Whether the row goes on with the item above: its title spans, or it has none and a further measure."""
    at = next((at for at, column in columns.items() if column is Column.TITLE), None)
    if at is None:
        at = next(at for at, column in columns.items() if column is Column.MEASURE)
    spanned = at < len(cells) and cells[at] == SAME
    return spanned or (Column.TITLE in columns.values() and Column.TITLE not in got)

"""Holders in table columns: by the column's title (牵头单位, 配合单位, 负责考核部门), else by what the column holds."""

from __future__ import annotations

from dataclasses import dataclass

from .holders import Basis, Holder, Role, Sort
from .lexicon import Lexicon
from .model import Row, Table
from .name_lists import split_names
from .roles import label_role, tagged


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns name holders (index, role, whether of internal offices), which holds the task, which the deadline."""

    holders: tuple[tuple[int, Role, bool], ...]
    task: int
    due: int = -1

    def due_of(self, row: Row) -> str:
        """What stands in the column of deadlines (完成时限); empty where there is none."""
        return row.cells[self.due].strip() if 0 <= self.due < len(row.cells) else ""


def columns_of(table: Table, lexicon: Lexicon) -> Columns:
    """Reads: header and cells. Writes: holder columns, the task column (the one with most text), the deadline's."""
    heads = [lexicon.folded(head).replace(" ", "") for head in table.header]
    found = []
    for at, head in enumerate(heads):
        role = label_role(head, lexicon)
        if role is not None:
            found.append((at, role, head.endswith(("处室", "科室"))))
    width = max((len(row.cells) for row in table.rows), default=0)
    if not found:
        found = [(at, Role.UNKNOWN, False) for at in range(width) if _holds_units(table, at, lexicon)]
    taken = {at for at, _, _ in found}
    sizes = {
        at: sum(len(row.cells[at]) for row in table.rows if at < len(row.cells))
        for at in range(width)
        if at not in taken
    }
    due = next((at for at, head in enumerate(heads) if head.endswith(lexicon.deadline_labels)), -1)
    return Columns(tuple(found), max(sizes, key=lambda at: sizes[at], default=0), due)


def _holds_units(table: Table, at: int, lexicon: Lexicon) -> bool:
    cells = {lexicon.folded(row.cells[at]) for row in table.rows if at < len(row.cells) and row.cells[at]}
    named = sum(1 for cell in cells if len(cell) <= 60 and _all_units(cell, lexicon))
    return len(cells) >= 3 and named * 10 >= len(cells) * 6


def _all_units(cell: str, lexicon: Lexicon) -> bool:
    names = split_names(cell, lexicon)
    return names is not None and all(sort is Sort.UNIT for _, _, sort in names)


def row_holders(row: Row, columns: Columns, source: str, lexicon: Lexicon) -> tuple[Holder, ...]:
    """The holders a row names. Reads: its cells. Writes: holders; offsets are the row's (a 〃 cell stands above)."""
    out: list[Holder] = []
    for at, role, internal in columns.holders:
        cell = row.cells[at] if at < len(row.cells) else ""
        folded = lexicon.folded(cell)
        names = split_names(folded, lexicon, lenient=True) if folded.strip() else None
        for a, b, sort in _inside(folded, internal) if internal else names or ():
            b, tag = tagged(folded, a, b, lexicon)
            place = source.find(cell[a:b], row.start, row.end)
            start = place if place >= 0 else row.start
            out.append(
                Holder(cell[a:b], sort, tag or role, Basis.COLUMN, start, start + b - a, 0.9, "表格列写明")
            )
    return tuple(out)


def _inside(folded: str, internal: bool) -> list[tuple[int, int, Sort]]:
    """基层处、医政处: offices inside one unit, split at 、 and ，."""
    out, begin = [], 0
    for at, char in enumerate(folded + "、"):
        if char in "、，/ ":
            if at > begin:
                out.append((begin, at, Sort.INTERNAL))
            begin = at + 1
    return out

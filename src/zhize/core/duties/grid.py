"""Duties × units (or regions) at a glance: sums of lights per cell, row and column (method-free arithmetic).

What a cell shows is the light that asks loudest, and how many of what is owed is done. Sums only: the result does not
depend on the order of the entries, and cells, rows and columns add up to the same total.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

LOUDEST = (
    "overdue", "returned", "soon", "claimed", "partly", "not_due", "done_late", "done", "waived", "standing",
)  # fmt: skip
SETTLED = ("done", "done_late")
NOT_OWED = ("waived", "standing")


@dataclass(slots=True)
class Cell:
    """Obligations of one cell by light. `done_things`/`needed_things` sum what counted duties ask ("3/4")."""

    lights: dict[str, int] = field(default_factory=dict)
    done_things: int = 0
    needed_things: int = 0
    only: int | None = None

    @property
    def total(self) -> int:
        """All obligations, waived and standing ones too."""
        return sum(self.lights.values())

    @property
    def owed(self) -> int:
        """What is asked for: all but waived and standing ones."""
        return sum(n for light, n in self.lights.items() if light not in NOT_OWED)

    @property
    def settled(self) -> int:
        """Done, in time or late."""
        return sum(self.lights.get(light, 0) for light in SETTLED)

    @property
    def light(self) -> str:
        """The light that asks loudest; empty where the cell holds nothing."""
        return next((light for light in LOUDEST if self.lights.get(light)), "")

    @property
    def words(self) -> str:
        """“3/4”: of one obligation the things counted, of several how many are settled; empty where nothing is owed."""
        if not self.owed:
            return ""
        if self.total == 1 and self.needed_things > 1:
            return f"{self.done_things}/{self.needed_things}"
        return f"{self.settled}/{self.owed}"


@dataclass(frozen=True, slots=True)
class Entry:
    """`number` obligations of one row, column and light; `only` is the id where it is a single one."""

    row: int
    column: int
    light: str
    number: int
    done_things: int = 0
    needed_things: int = 0
    only: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells by (row, column), the sums of each row and column, and of all."""

    cells: Mapping[tuple[int, int], Cell]
    rows: Mapping[int, Cell]
    columns: Mapping[int, Cell]
    total: Cell


def grid(entries: Iterable[Entry]) -> Grid:
    """The sums. Entries of the same cell and light may come in any number and order. Never raises."""
    cells: dict[tuple[int, int], Cell] = {}
    rows: dict[int, Cell] = {}
    columns: dict[int, Cell] = {}
    total = Cell()
    for entry in entries:
        for cell in (
            cells.setdefault((entry.row, entry.column), Cell()),
            rows.setdefault(entry.row, Cell()),
            columns.setdefault(entry.column, Cell()),
            total,
        ):
            cell.only = entry.only if not cell.lights and entry.number == 1 else None
            cell.lights[entry.light] = cell.lights.get(entry.light, 0) + entry.number
            cell.done_things += entry.done_things
            cell.needed_things += entry.needed_things
    return Grid(cells, rows, columns, total)

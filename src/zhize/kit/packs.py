"""报送包 of a content: what an app that owns the content of a call says of its rows and columns (`CallContent.pack`).

`requests` writes the workbook, signs it, and refuses what was renamed, moved, computed, or is another's; the content says
which rows and columns there are, what a cell means, and how what was read is taken. A request is the unit's `UnitRequest`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from zhize.kit.actor import Actor
from zhize.kit.fields import FieldSpec


@dataclass(frozen=True, slots=True)
class PackColumn:
    """A column that is filled in. With `spec` a cell is read by its kind, with drop-downs; without, the content gets the words."""

    key: str
    label: str
    spec: FieldSpec | None = None
    width: int = 14
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class PackRow:
    """A row by its key: locked words under `PackTable.lead`, what is filled in already by column, words for reading only."""

    key: str
    words: tuple[str, ...]
    values: Mapping[str, Any] = field(default_factory=dict)
    aside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackTable:
    """What a unit's workbook has beside the common questions. `new_rows`: empty rows below in which it may add its own."""

    lead: tuple[str, ...]
    columns: tuple[PackColumn, ...]
    rows: tuple[PackRow, ...]
    aside: tuple[str, ...] = ()
    note: str = ""
    new_rows: int = 0


@dataclass(frozen=True, slots=True)
class PackLine:
    """A row as it came back; `key` is empty where the unit added it. An empty cell is None."""

    key: str
    values: dict[str, Any]

    @property
    def is_empty(self) -> bool:
        return all(value in (None, "") for value in self.values.values())


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong with a cell: the number of its line as given to `read`, counted from 0, and the key of its column."""

    line: int
    column: str
    what: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class PackReading:
    """What the lines say, as plain data for `take`, and what is wrong with single cells."""

    data: Any = None
    problems: Sequence[CellProblem] = ()


@dataclass(frozen=True, slots=True)
class PackContent:
    """How the content of a call travels as a workbook.

    `table(request, own)`: its rows and columns; without `own` nothing of the unit's draft. `read(request, lines, final)`:
    what came back, judged cell by cell; `final` where it is to be handed in as it stands, so that what is missing is said
    too. `changed(request, data)`: labels of what the unit has on line otherwise. `take(request, data, actor, now)`: makes
    it the unit's working copy, inside the transaction of the answer, which has asked who may. A fixed number of
    statements each, whatever the number of cells. With `always`, `changed` is asked of every workbook: the content is
    written on line without the answer itself changing, and knows what the workbook could not know.
    """

    table: Callable[[Any, bool], PackTable]
    read: Callable[[Any, Sequence[PackLine], bool], PackReading]
    changed: Callable[[Any, Any], list[str]]
    take: Callable[[Any, Any, Actor, datetime], None]
    always: bool = False

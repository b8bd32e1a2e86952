"""报送包 of a grid of figures (`kit.packs`): a row a card (and a region, where the form asks for several), two columns a
period: the figure, and the word on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from zhize.apps.metrics.forms.numbers import figure_from, plain
from zhize.apps.metrics.models import CellKey
from zhize.apps.metrics.selectors.collecting import grid_of
from zhize.apps.metrics.selectors.grids import Cell, Grid
from zhize.apps.metrics.services.cells import Written, cells_keep, grid_or_refuse, new_entry, put_written
from zhize.apps.orgs.selectors import region_name
from zhize.apps.requests.models import UnitRequest
from zhize.kit.actor import Actor
from zhize.kit.fields import FieldSpec, Kind
from zhize.kit.packs import CellProblem, PackColumn, PackContent, PackLine, PackReading, PackRow, PackTable

NONE = "无此数据"
NOTE = (
    "有底色的格每格填一个数；没有发生的填 0，没有统计的填“无此数据”，并在说明列写明原因。"
    "千分位、全角数字和计量单位会自动去掉。与上期、上年同期相差很大的，请在说明列写明原因。"
)
WORD = "-word"


def table_of(request: UnitRequest, own: bool) -> PackTable:
    grid = grid_or_refuse(request)
    single = len(grid.collection.periods) == 1
    columns: list[PackColumn] = []
    lines = _lines(grid)
    for cell in lines[0] if lines else []:
        key = _column(cell)
        columns.append(PackColumn(key, cell.label, width=18, numeric=True))
        label = "说明" if single else f"{cell.label}说明"
        columns.append(
            PackColumn(key + WORD, label, FieldSpec("reason", label, Kind.TEXT, max_length=300), width=28)
        )
    rows = [
        PackRow(
            key=_row(cells[0]),
            words=(
                *((region_name(cells[0].region),) if cells[0].region else ()),
                cells[0].card.name,
                cells[0].card.unit or "—",
            ),
            values={key: value for cell in cells for key, value in _values(cell) if own},
            aside=(
                *((_old(cells[0].before), _old(cells[0].year_ago)) if single else ()),
                cells[0].card.definition,
            ),
        )
        for cells in lines
    ]
    aside = ("上期", "上年同期", "口径") if single else ("口径",)
    heads = ("地区", "指标", "计量单位") if grid.regions else ("指标", "计量单位")
    return PackTable(heads, tuple(columns), tuple(rows), aside, NOTE)


def read(request: UnitRequest, lines: Sequence[PackLine], final: bool) -> PackReading:
    cells = {(_row(cell), _column(cell)): cell for cell in grid_or_refuse(request).cells}
    data: dict[str, list[Any]] = {}
    problems: list[CellProblem] = []
    places: dict[str, tuple[int, str]] = {}
    for number, line in enumerate(lines):
        for (row, column), cell in cells.items():
            if row != line.key:
                continue
            places[cell.name] = (number, column)
            text = str(line.values.get(column) or "")
            try:
                value = (
                    None
                    if text == NONE
                    else figure_from(text, whole=cell.card.decimals == 0, unit=cell.card.unit)
                )
            except ValidationError as error:
                problems.append(CellProblem(number, column, "".join(error.messages)))
                continue
            word = str(line.values.get(column + WORD) or "")
            data[cell.name] = [None if value is None else plain(value), text == NONE, word]
    if final and not problems:
        problems = [
            CellProblem(*places[cell.name], what, remedy)
            for cell in _as_written(request, data).cells
            for what, remedy in cell.problems()
        ]
    return PackReading(data, problems)


def changed(request: UnitRequest, data: Any) -> list[str]:
    found = []
    for cell in grid_or_refuse(request).cells:
        value, is_none, _reason = data.get(cell.name, [None, False, ""])
        there = None if value is None else Decimal(value)
        if not cell.is_empty and (cell.value, cell.is_none) != (there, is_none):
            found.append(f"“{cell.card.name}”（{cell.place}）")
    return found


def take(request: UnitRequest, data: Any, actor: Actor, now: datetime) -> None:
    cells = _written(grid_or_refuse(request), data)
    cells_keep(request=request, cells=cells, actor=actor, now=now)


def _as_written(request: UnitRequest, data: Any) -> Grid:
    """The grid as it would be with these cells, nothing kept."""
    entries = {}
    for key, written in _written(grid_or_refuse(request), data).items():
        entry = new_entry(request, key)
        put_written(entry, written)
        entries[key] = entry
    grid = grid_of(request, handed=False, written=entries)
    assert grid is not None  # nosec B101 - it was there a line above
    return grid


def _written(grid: Grid, data: Mapping[str, Sequence[Any]]) -> dict[CellKey, Written]:
    found = {}
    for cell in grid.cells:
        value, is_none, reason = data.get(cell.name, [None, False, ""])
        found[cell.key] = Written(None if value is None else Decimal(value), bool(is_none), str(reason))
    return found


def _lines(grid: Grid) -> list[list[Cell]]:
    """The cells of each row of the workbook: a card over its periods; for several regions a region's cards one after another."""
    if not grid.regions:
        return [cells for _card, cells in grid.rows]
    return [
        [cell for cell in cells if cell.region == region]
        for region in grid.regions
        for _card, cells in grid.rows
    ]


def _row(cell: Cell) -> str:
    return f"{cell.card.pk}-{cell.region.pk}" if cell.region else str(cell.card.pk)


def _column(cell: Cell) -> str:
    return f"{cell.span.start:%Y%m%d}-{cell.span.end:%Y%m%d}"


def _values(cell: Cell) -> list[tuple[str, str]]:
    shown = NONE if cell.is_none else "" if cell.value is None else plain(cell.value)
    return [(_column(cell), shown), (_column(cell) + WORD, cell.reason)]


def _old(one: Any) -> str:
    return "—" if one is None or one.value is None else plain(one.value)


PACK = PackContent(table=table_of, read=read, changed=changed, take=take)

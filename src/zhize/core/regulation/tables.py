"""Stage 5: tables in text form, `| a | b |` a line, 〃 where a cell spans from the row above."""

from __future__ import annotations

from collections.abc import Sequence

from .markers import Line
from .model import Row, Table

_HEADS = (
    "序号",
    "单位",
    "部门",
    "处室",
    "项目",
    "内容",
    "指标",
    "职责",
    "任务",
    "事项",
    "标准",
    "分值",
    "说明",
    "来源",
    "时限",
    "备注",
)


def split_row(line: str) -> tuple[str, ...]:
    """The cells of a line that begins with a bar.

    >>> split_row("| 目标 | 期限 |")
    ('目标', '期限')
    """
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


def is_ruled(cells: tuple[str, ...]) -> bool:
    """Whether a row only draws the line below the heads: | --- | :---: |."""
    return all(not cell.strip("-: ") for cell in cells)


def tables_of(text: str, lines: Sequence[Line]) -> tuple[Table, ...]:
    """Cells by row, 〃 filled in. Reads: lines. Writes: tables with the offsets of their rows."""
    out: list[Table] = []
    header: tuple[str, ...] = ()
    rows: list[Row] = []
    above: tuple[str, ...] = ()

    def close() -> None:
        nonlocal header, rows, above
        if rows or header:
            out.append(Table(header, tuple(rows)))
        header, rows, above = (), [], ()

    for line in lines:
        if not line.bare.startswith("|"):
            close()
            continue
        cells = split_row(text[line.start : line.end])
        if len(rows) + len(header) and header and len(cells) != len(header) and not line.numbers:
            close()
        if is_ruled(cells):
            continue
        if _is_header(cells) and not any(c.isdigit() for c in cells[0]):
            close()
            header = cells
            continue
        filled = tuple(
            (above[i] if i < len(above) else "") if cell == "〃" else cell for i, cell in enumerate(cells)
        )
        rows.append(Row(line.start, line.end, filled))
        above = filled
    close()
    return tuple(out)


def _is_header(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    heads = sum(1 for cell in filled if len(cell) <= 14 and cell.endswith(_HEADS))
    return len(filled) >= 2 and heads * 2 > len(filled)

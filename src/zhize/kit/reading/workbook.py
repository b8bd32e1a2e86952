"""The cells of a workbook as text: the first visible sheet with content, merged cells as a printed table shows them."""

from __future__ import annotations

from datetime import date
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from zhize.kit.errors import BadInput
from zhize.kit.files.guards import check_file, clean_name, limits_on

_SPANS = "〃"


def cells_of(upload: Any, *, on: date) -> list[list[str]]:
    """Rows of an uploaded .xlsx; a cell that spans rows leaves 〃 below it. Raises `BadInput` in words."""
    name = clean_name(upload.name or "")
    check_file(upload.file, name=name, size=upload.size, limits=limits_on(on), on=on, only=["xlsx"])
    upload.file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(upload.file)
        sheets = [
            book.get_sheet_by_name(one.name)
            for one in book.sheets_metadata
            if one.visible == SheetVisibleEnum.Visible and one.typ == SheetTypeEnum.WorkSheet
        ]
    except (CalamineError, OSError, ValueError) as error:
        raise BadInput(
            "表格打不开",
            where=f"文件“{name}”",
            why="内部结构有错",
            remedy="请用 Excel 或 WPS 打开后另存为 .xlsx 再上传",
        ) from error
    sheet = next((one for one in sheets if one.start is not None), None)
    if sheet is None:
        raise BadInput("表里没有内容", where=f"文件“{name}”", remedy="请上传有内容的表格")
    return _rows(sheet)


def _rows(sheet: CalamineSheet) -> list[list[str]]:
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for n in range(top, min(bottom + 1, len(rows))):
            for m in range(left, min(right + 1, len(rows[n]))):
                if (n, m) != (top, left):
                    rows[n][m] = _SPANS if n > top and m == left else ""
    return rows


def _text(cell: object) -> str:
    """A whole figure without its point: Excel keeps 5 as 5.0."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)

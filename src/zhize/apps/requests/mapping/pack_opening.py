"""A returned 报送包 opened: whose it is, and its sheets; anything else is refused here."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, BinaryIO

from django.core import signing
from python_calamine import CalamineError, CalamineWorkbook

from zhize.kit.errors import BadInput
from zhize.kit.files.guards import check_file, limits_on
from zhize.kit.pack_sheet import TABLE, Layout, TableSheet
from zhize.kit.reading.formulas import formula_places

SHEET, MARKED = "填报表", "标识"
AGAIN = "请使用系统导出的原表，只填“填写内容”一列，不要增删行列、改名工作表"
_SALT = "requests.pack"


@dataclass(frozen=True, slots=True)
class Mark:
    """Whose a workbook is: the answer, and its version when the workbook was made."""

    request_id: int
    version: int

    def signed(self) -> str:
        return signing.Signer(salt=_SALT).sign_object([self.request_id, self.version])


@dataclass(frozen=True, slots=True)
class PackSheet:
    """A workbook opened: its mark, its cells by line and column counted from 1, where it computes; the content's sheet."""

    mark: Mark
    rows: list[list[Any]]
    formulas: set[tuple[int, int]]
    table: TableSheet | None = None

    def cell(self, line: int, column: int) -> Any:
        row = self.rows[line - 1] if line <= len(self.rows) else []
        return row[column - 1] if column <= len(row) else ""


def open_pack(file: BinaryIO, *, name: str, size: int, on: date) -> PackSheet:
    """Opens a returned workbook. Raises `BadInput` where it is none of ours: damaged, a bomb, with macros, without its sheets
    or mark, or with a mark this installation did not sign."""
    checked = check_file(file, name=name, size=size, limits=limits_on(on), on=on, only=["xlsx"])
    where = f"文件“{checked.name}”"
    try:
        file.seek(0)
        book = CalamineWorkbook.from_filelike(file)
        if MARKED not in book.sheet_names:
            raise BadInput("不是本系统的报送包", where=where, why="找不到标识", remedy=AGAIN)
        marks = book.get_sheet_by_name(MARKED).to_python(skip_empty_area=False)
        rows = _rows(book, SHEET, where)
        table = _rows(book, TABLE, where) if len(marks) > 1 else []
    except (CalamineError, OSError, ValueError) as error:
        raise BadInput("表格打不开", where=where, why="内部结构有错", remedy=AGAIN) from error
    try:
        mark = Mark(*map(int, signing.Signer(salt=_SALT).unsign_object(str(marks[0][0]))))
        layout = Layout.opened(str(marks[1][0])) if len(marks) > 1 else None
    except (signing.BadSignature, IndexError, ValueError, TypeError, zlib.error) as error:
        raise _not_ours(where) from error
    sheet = PackSheet(mark, rows, formula_places(file, SHEET))
    if layout is None:
        return sheet
    if (layout.request_id, layout.version) != (mark.request_id, mark.version):
        raise _not_ours(where)
    return replace(sheet, table=TableSheet(layout, table, formula_places(file, TABLE)))


def _rows(book: CalamineWorkbook, name: str, where: str) -> list[list[Any]]:
    if name not in book.sheet_names:
        raise BadInput(f"没有名为“{name}”的工作表", where=where, why="工作表被改名或删除", remedy=AGAIN)
    rows: list[list[Any]] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return rows


def _not_ours(where: str) -> BadInput:
    return BadInput("报送包的标识无效", where=where, why="标识被改动，或不是本系统生成的", remedy=AGAIN)

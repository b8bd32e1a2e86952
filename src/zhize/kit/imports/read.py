"""Reading a table row by row: xlsx through calamine, csv through Python's own reader, in any usual encoding."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from zhize.kit.errors import BadInput
from zhize.kit.files.text import open_text
from zhize.kit.reading.formulas import formula_places

Row = tuple[int, list[Any]]


@dataclass(slots=True)
class Table:
    """A table opened for reading. `rows` gives (line as the person sees it, cells); `formulas` are (line, column)."""

    sheet: str
    rows: Iterator[Row]
    total: int = 0
    first_column: int = 1
    formulas: set[tuple[int, int]] = field(default_factory=set)
    other_sheets: tuple[str, ...] = ()
    encoding: str = ""


def open_table(file: BinaryIO, name: str, *, formulas: bool = True) -> Table:
    """Opens the first visible sheet with content, or the csv. Raises `BadInput` in words."""
    if PurePosixPath(name).suffix.lower() == ".xlsx":
        return _xlsx(file, name, formulas)
    return _csv(file, name)


def _xlsx(file: BinaryIO, name: str, formulas: bool) -> Table:
    where = f"文件“{name}”"
    file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(file)
        visible = [
            m.name
            for m in book.sheets_metadata
            if m.visible == SheetVisibleEnum.Visible and m.typ == SheetTypeEnum.WorkSheet
        ]
        sheets = ((title, book.get_sheet_by_name(title)) for title in visible)
        title, sheet = next(((t, s) for t, s in sheets if s.start is not None), ("", None))
    except (CalamineError, OSError, ValueError) as error:
        raise BadInput(
            "表格打不开",
            where=where,
            why="内部结构有错",
            remedy="请用 Excel 或 WPS 打开后另存为 .xlsx 再上传",
        ) from error
    if sheet is None or sheet.start is None:
        raise BadInput(
            "表里没有内容", where=where, why="所有可见的工作表都是空的", remedy="请使用下载的模板填写后上传"
        )
    return Table(
        sheet=title,
        rows=enumerate(sheet.iter_rows(), 1),
        total=sheet.total_height,
        first_column=sheet.start[1] + 1,
        formulas=formula_places(file, title) if formulas else set(),
        other_sheets=tuple(t for t in visible if t != title),
    )


def _csv(file: BinaryIO, name: str) -> Table:
    where = f"文件“{name}”"
    text, encoding = open_text(file, where)
    head = text.read(64 * 1024)
    if not head.strip():
        raise BadInput("表里没有内容", where=where, why="没有一行文字", remedy="请使用下载的模板填写后上传")
    text.seek(0)
    delimiter = max(",\t;", key=lambda d: _columns(head, d))
    return Table(
        sheet="", rows=_records(text, delimiter, where), total=_lines(file, encoding), encoding=encoding
    )


def _columns(head: str, delimiter: str) -> int:
    """How many cells the first lines make with this delimiter; the right one makes most."""
    return sum(
        len(r) for _, r in zip(range(10), csv.reader(io.StringIO(head), delimiter=delimiter), strict=False)
    )


def _lines(file: BinaryIO, encoding: str) -> int:
    """Roughly how many rows follow, for the progress bar."""
    at = file.tell()
    file.seek(0)
    count = 0
    while chunk := file.read(1024 * 1024):
        count += chunk.count(b"\n")
    file.seek(at)
    return count


def _records(text: io.TextIOWrapper, delimiter: str, where: str) -> Iterator[Row]:
    line = 0
    try:
        for line, record in enumerate(csv.reader(text, delimiter=delimiter), 1):
            yield line, list(record)
    except UnicodeDecodeError as error:
        raise BadInput(
            f"第 {line + 1} 行附近文字编码前后不一致",
            where=where,
            why="文件开头与后面用了不同的编码，继续读会成乱码",
            remedy="请用 Excel 或 WPS 打开后另存为“CSV UTF-8”或 .xlsx 再上传",
        ) from error
    except csv.Error as error:
        raise BadInput(
            f"第 {line + 1} 行读不下去",
            where=where,
            why="可能有没有配对的引号，或一格内容过长",
            remedy="请检查这一行的引号，或另存为 .xlsx 再上传",
        ) from error
    finally:
        text.detach()

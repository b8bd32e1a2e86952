"""Lists as files: CSV that streams and Excel that is written row by row; every matching row, no cap.

No cell starts a formula. A text that a spreadsheet would run is written as text: with an apostrophe before it
in CSV, as a string cell marked so in Excel. Numbers of numeric columns stay numbers, negative ones too.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from zhize.kit.columns import Column

CHUNK = 2_000
XLSX_ROWS = 200_000
XLSX_CELL = 32_767  # what a cell of Excel holds; longer texts are cut with a mark
# What starts a formula in some spreadsheet: "=1+1", "+cmd", "-2+3", "@SUM(1)", and the same behind a tab, a line
# break or in full width ("＝1+1"), which some readers fold.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def starts_formula(text: str) -> bool:
    return text.startswith(_STARTS)


def csv_cell(value: Any) -> str:
    """Sample: "=1+1" → "'=1+1"; -3 → "-3"; "-3" (a text) → "'-3"."""
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal | date):
        return str(value)
    text = str(value)
    return f"'{text}" if starts_formula(text) else text


def csv_lines(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[bytes]:
    """The file in pieces of some hundred rows, UTF-8 with the mark that lets Excel see Chinese."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([csv_cell(c.label) for c in columns])
    for number, row in enumerate(rows, 1):
        writer.writerow([csv_cell(c.plain(row)) for c in columns])
        if number % 500 == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def xlsx_file(columns: Sequence[Column], rows: Iterable[Any], *, sheet: str) -> IO[bytes]:
    """A workbook in a temporary file that vanishes when closed, standing at its beginning.

    XlsxWriter keeps one row in memory (constant_memory); texts go through `write_string`, never guessed at.
    """
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115  (the response closes it)
    book = xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    page = book.add_worksheet(_sheet_name(sheet))
    head = book.add_format({"bold": True, "bottom": 1})
    formats = {
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        "text": book.add_format({"quote_prefix": True}),
    }
    page.freeze_panes(1, 1)
    for place, column in enumerate(columns):
        page.set_column(place, place, min(40, max(10, 2 * len(column.label) + 4)))
    for place, column in enumerate(columns):
        page.write_string(0, place, column.label, head)
    line = 0
    for line, row in enumerate(rows, 1):
        for place, column in enumerate(columns):
            _write(page, line, place, column.plain(row), formats)
    if columns:
        page.autofilter(0, 0, line, len(columns) - 1)
    book.close()
    file.seek(0)
    return file


def _write(page: Any, line: int, place: int, value: Any, formats: dict[str, Any]) -> None:
    if value is None:
        return
    if isinstance(value, int | float | Decimal):
        page.write_number(line, place, value)
    elif isinstance(value, date):  # datetime too
        page.write_datetime(line, place, value, formats["time" if hasattr(value, "hour") else "date"])
    else:
        text = str(value)
        if len(text) > XLSX_CELL:
            text = text[: XLSX_CELL - 1] + "…"
        page.write_string(line, place, text, formats["text"] if starts_formula(text) else None)


def _sheet_name(words: str) -> str:
    """Excel refuses []:*?/\\ in the name of a sheet, and more than 31 letters."""
    return "".join(c for c in words if c not in "[]:*?/\\'")[:31] or "Sheet1"

"""The sheet of a pack that belongs to the content of its call (`kit.packs`): written, and read cell by cell.

Which rows and columns it had is signed beside it: a row is known by its key, not by where it stands in the product today.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core import signing

from zhize.kit.actor import Actor
from zhize.kit.errors import Problem
from zhize.kit.fields import FieldSpec, Kind
from zhize.kit.imports.parse import parse_cell, text_of
from zhize.kit.imports.places import letters
from zhize.kit.imports.template import cell_rule
from zhize.kit.imports.values import Refs
from zhize.kit.packs import CellProblem, PackColumn, PackLine, PackTable

TABLE = "明细表"
HEAD_LINE, UNIT_LINE = 5, 3  # as Excel counts
AGAIN = "请使用系统导出的原表，只填有底色的格，不要增删行列、改名工作表"
_SALT = "requests.pack.table"
_WORDS = FieldSpec("cell", "内容", Kind.LONG, max_length=2000)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which rows and columns a workbook was made with, and of whose answer; `new` rows below were left empty."""

    request_id: int
    version: int
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    new: int

    def signed(self) -> str:
        plain = [self.request_id, self.version, self.rows, self.columns, self.new]
        return signing.Signer(salt=_SALT).sign_object(plain, compress=True)

    @classmethod
    def opened(cls, words: str) -> Layout:
        """Raises `BadSignature`, `ValueError` or `TypeError` where this installation did not sign it."""
        request_id, version, rows, columns, new = signing.Signer(salt=_SALT).unsign_object(words)
        return cls(int(request_id), int(version), tuple(rows), tuple(columns), int(new))


@dataclass(frozen=True, slots=True)
class TableSheet:
    """The content's sheet of a returned workbook."""

    layout: Layout
    rows: list[list[Any]]
    formulas: set[tuple[int, int]]

    def cell(self, line: int, column: int) -> Any:
        row = self.rows[line - 1] if line <= len(self.rows) else []
        return row[column - 1] if column <= len(row) else ""


def write_table(book: Any, page: Any, options: Any, table: PackTable, head: tuple[str, str], actor: Actor, at: int) -> None:  # fmt: skip
    """Fills the sheet; `head`: title and unit; drop-downs go into `options` from column `at`."""
    wrap = {"text_wrap": True, "valign": "top"}
    muted = book.add_format({**wrap, "font_color": "#5B6470"})
    plain, label = book.add_format(wrap), book.add_format({**wrap, "border": 1})
    top = book.add_format({"bold": True, "border": 1, "bg_color": "#E8EEF0", "text_wrap": True})
    title = book.add_format({"bold": True, "font_size": 14, "text_wrap": True, "valign": "vcenter"})
    entry = {**wrap, "border": 1, "bg_color": "#FFFDF2", "locked": False}
    words = book.add_format({**entry, "num_format": "@"})
    # As text: typed into a cell of numbers, 3.6% would be kept as 0.036.
    number = book.add_format({**entry, "num_format": "@", "align": "right"})
    width = len(table.lead) + len(table.columns) + len(table.aside)
    page.merge_range(0, 0, 0, max(width - 1, 1), head[0], title)
    page.merge_range(1, 0, 1, max(width - 1, 1), table.note, muted)
    page.set_row(0, 30)
    page.set_row(1, 48)
    page.write_string(UNIT_LINE - 1, 0, "报送单位", plain)
    page.write_string(UNIT_LINE - 1, 1, head[1], plain)
    first = len(table.lead)
    for column, word in enumerate(_heads(table)):
        page.write_string(HEAD_LINE - 1, column, word, top)
    page.set_column(0, 0, 28)
    if first > 1:
        page.set_column(1, first - 1, 12)
    for column, one in enumerate(table.columns, first):
        page.set_column(column, column, one.width)
        for line in range(HEAD_LINE, HEAD_LINE + len(table.rows) + table.new_rows):
            page.write_blank(line, column, None, number if one.numeric else words)
        if one.spec and (rule := cell_rule(book, options, at + column, one.spec, actor)):
            last = HEAD_LINE + len(table.rows) + table.new_rows - 1
            page.data_validation(HEAD_LINE, column, last, column, {**rule, "error_type": "warning"})
    for line, row in enumerate(table.rows, HEAD_LINE):
        for column, word in enumerate(row.words):
            page.write_string(line, column, word, label)
        for column, one in enumerate(table.columns, first):
            if (value := row.values.get(one.key)) not in (None, ""):
                _write(page, line, column, one, value, number if one.numeric else words)
        for column, word in enumerate(row.aside, first + len(table.columns)):
            page.write_string(line, column, word, muted)
    page.freeze_panes(HEAD_LINE, first)
    page.protect("", {"format_rows": True, "format_columns": True})
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD_LINE - 1)


def _write(page: Any, line: int, column: int, one: PackColumn, value: Any, style: Any) -> None:
    if one.spec is not None and one.spec.kind is Kind.BOOL:
        value = "是" if value else "否"
    elif one.spec is not None and one.spec.choices is not None:
        value = dict(one.spec.choices.choices).get(value, value)
    page.write_string(line, column, str(value), style)


def _heads(table: PackTable) -> list[str]:
    return [*table.lead, *(label_of(one) for one in table.columns), *table.aside]


def label_of(one: PackColumn) -> str:
    return f"{one.label} *" if one.spec and one.spec.required else one.label


def moved(sheet: TableSheet, table: PackTable, unit: str) -> list[Problem]:
    """What no longer stands where it stood: heads, row words, the unit, anything below the last row."""
    known = {row.key: row for row in table.rows}
    layout, first = sheet.layout, len(table.lead)
    gone = [(at, key) for at, key in enumerate(layout.rows, HEAD_LINE + 1) if key not in known]
    if gone or layout.columns != tuple(one.key for one in table.columns):
        where = place(gone[0][0], 1) if gone else place(HEAD_LINE, first + 1)
        return [Problem("导出之后系统中的这张表改过了", where, remedy="请重新导出后填写")]
    wanted = [(UNIT_LINE, 2, unit)]
    wanted += [
        (HEAD_LINE, at, word) for at, word in enumerate(_heads(table)[: first + len(table.columns)], 1)
    ]
    for line, key in enumerate(layout.rows, HEAD_LINE + 1):
        wanted += [(line, at, word) for at, word in enumerate(known[key].words, 1)]
    found = [
        Problem(
            f"应为“{word}”，现为“{text_of(sheet.cell(line, column))[:40]}”",
            place(line, column),
            "这份表是另一个单位的" if line == UNIT_LINE else "行列被增删或移动，对不上是哪一格",
            AGAIN,
        )
        for line, column, word in wanted
        if text_of(sheet.cell(line, column)) != text_of(word)
    ]
    last = HEAD_LINE + len(layout.rows) + layout.new
    below = [at for at, row in enumerate(sheet.rows[last:], last + 1) if any(text_of(cell) for cell in row)]
    if below and not found:
        found.append(
            Problem(
                "最后一行之下还有内容", place(below[0], 1), "不知道填在哪一行", "请移到表内，或写在“说明”一项"
            )
        )
    return found


def lines_of(sheet: TableSheet, table: PackTable, actor: Actor) -> tuple[list[PackLine], list[Problem]]:
    """The rows as they came back, and what cannot be read; added rows that stand empty are left out at the end."""
    lines, problems = [], []
    looks = _looks(sheet, table, actor)
    for number, key in enumerate([*sheet.layout.rows, *[""] * sheet.layout.new]):
        values: dict[str, Any] = {}
        for column, one in enumerate(table.columns, len(table.lead) + 1):
            value, problem = _value(sheet, HEAD_LINE + 1 + number, column, one, looks.get(one.key))
            values[one.key] = value
            problems += [problem] if problem else []
        lines.append(PackLine(key, values))
    while lines and not lines[-1].key and lines[-1].is_empty:
        lines.pop()
    return lines, problems


def _looks(sheet: TableSheet, table: PackTable, actor: Actor) -> dict[str, Refs]:
    """References of a column are looked up together: one statement a column."""
    found = {}
    last = HEAD_LINE + len(sheet.layout.rows) + sheet.layout.new
    for column, one in enumerate(table.columns, len(table.lead) + 1):
        if one.spec is not None and one.spec.kind is Kind.REF:
            found[one.key] = Refs(one.spec, actor)
            found[one.key].load(
                [text_of(sheet.cell(line, column)) for line in range(HEAD_LINE + 1, last + 1)]
            )
    return found


def _value(
    sheet: TableSheet, line: int, column: int, one: PackColumn, look: Refs | None
) -> tuple[Any, Problem | None]:
    where = f"{place(line, column)}“{one.label}”"
    if (line, column) in sheet.formulas:
        return None, Problem(
            "是公式，不是数值", where, "公式引用的表不在系统中，结果无法核实", "请复制后“选择性粘贴”为数值"
        )
    raw = sheet.cell(line, column)
    if one.spec is None:
        value, wrong, remedy = parse_cell(_WORDS, text_of(raw))
        return value or None, Problem(wrong, where, remedy=remedy) if wrong else None
    value, wrong, remedy = parse_cell(replace(one.spec, required=False), raw, look)
    return value, Problem(wrong, where, remedy=remedy) if wrong else None


def placed(found: Sequence[CellProblem], table: PackTable) -> list[Problem]:
    """What the content said of single cells, with the place each has in the workbook."""
    columns = {one.key: (at, one.label) for at, one in enumerate(table.columns, len(table.lead) + 1)}
    return [
        Problem(
            one.what,
            f"{place(HEAD_LINE + 1 + one.line, columns[one.column][0])}“{columns[one.column][1]}”",
            remedy=one.remedy,
        )
        for one in found
    ]


def place(line: int, column: int) -> str:
    return f"{TABLE}{letters(column)}{line}格"

"""自评 as a workbook (`kit.packs`): the object's own table out, filled in off line, read again cell by cell.

Points and a word for each criterion the object speaks about; evidence travels by its names only and stays on line.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO

import xlsxwriter
from django import forms
from django.core import signing
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from zhize.apps.assessment.models import Assessed
from zhize.apps.assessment.selectors import SheetLine
from zhize.core.scoring.numbers import say, shown
from zhize.core.scoring.scheme import Part
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, Problem
from zhize.kit.fields import FieldSpec, Kind
from zhize.kit.files.guards import check_file, limits_on
from zhize.kit.imports.parse import parse_cell
from zhize.kit.imports.template import OPTIONS
from zhize.kit.pack_sheet import AGAIN, TABLE, Layout, TableSheet, lines_of, moved, placed, write_table
from zhize.kit.packs import CellProblem, PackColumn, PackLine, PackRow, PackTable
from zhize.kit.reading.formulas import formula_places

MARKED, POINTS, STATEMENT = "标识", "points", "statement"
NOTE = (
    "只填有底色的两列：自评得分填数，没有开展的填 0 并说明。填好后保存为 .xlsx，在自评页面导入，核对无误再写入；"
    "佐证材料在自评页面上传，不在表内。"
)
_SALT, _READ = "assessment.self.pack", "assessment.self.pack.read"
_POINTS = FieldSpec(POINTS, "自评得分", Kind.DECIMAL, places=2)
_STATEMENT = FieldSpec(STATEMENT, "自评说明", Kind.LONG, max_length=1000)


class PackForm(forms.Form):
    """The workbook that came back."""

    file = forms.FileField(
        label=_("自评表文件"),
        help_text=_("由自评页面导出、填好的 .xlsx；先核对，不会直接写入"),
        error_messages={"required": _("请选择文件")},
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """One criterion as the workbook has it, beside what stands on line."""

    line: SheetLine
    points: Decimal | None
    statement: str

    @property
    def was(self) -> tuple[Decimal | None, str]:
        entry = self.line.entry
        return (entry.self_points, entry.self_statement) if entry else (None, "")

    @property
    def is_new(self) -> bool:
        return self.was != (self.points, self.statement)


def asked(lines: Sequence[SheetLine]) -> list[SheetLine]:
    """The criteria the object speaks about."""
    return [line for line in lines if line.node.is_leaf and line.node.self_scored and line.entry]


def table_of(lines: Sequence[SheetLine]) -> PackTable:
    columns = (
        PackColumn(POINTS, "自评得分", width=12, numeric=True),
        PackColumn(STATEMENT, "自评说明", _STATEMENT, width=60),
    )
    rows = tuple(_row(line) for line in asked(lines))
    return PackTable(("考核项目", "分值"), columns, rows, ("计分办法", "要求的佐证", "已附的佐证"), NOTE)


def _row(line: SheetLine) -> PackRow:
    points, statement = Taken(line, None, "").was
    values = {POINTS: "" if points is None else _plain(points), STATEMENT: statement}
    held = "、".join(one.title for one in line.evidence)
    aside = (line.node.text or line.rule, "、".join(line.node.evidence), held)
    return PackRow(line.node.code, (line.name, line.points or "加减分"), values, aside)


def pack_bytes(assessed: Assessed, lines: Sequence[SheetLine], actor: Actor) -> bytes:
    """The workbook, signed with the installation's secret, so that what comes back is known for what it is."""
    out = io.BytesIO()
    with translation.override("zh-hans"):
        table = table_of(lines)
        book = xlsxwriter.Workbook(
            out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        page, options, marked = (book.add_worksheet(name) for name in (TABLE, OPTIONS, MARKED))
        head = (f"{assessed.round.title}自评表", assessed.name)
        write_table(book, page, options, table, head, actor, 0)
        rows, columns = (tuple(one.key for one in part) for part in (table.rows, table.columns))
        marked.write_string(0, 0, signing.Signer(salt=_SALT).sign_object([assessed.pk]))
        marked.write_string(1, 0, Layout(assessed.pk, assessed.version, rows, columns, 0).signed())
        options.hide()
        marked.very_hidden()
        book.close()
    return out.getvalue()


def opened(file: BinaryIO, *, name: str, size: int, on: date, assessed: Assessed) -> TableSheet:
    """Opens a returned workbook. Raises `BadInput` where it is not this object's: damaged, with macros, another's."""
    checked = check_file(file, name=name, size=size, limits=limits_on(on), on=on, only=["xlsx"])
    where = f"文件“{checked.name}”"
    try:
        file.seek(0)
        book = CalamineWorkbook.from_filelike(file)
        if not {MARKED, TABLE} <= set(book.sheet_names):
            raise BadInput("不是由自评页面导出的表", where=where, why="找不到标识或明细表", remedy=AGAIN)
        marks = book.get_sheet_by_name(MARKED).to_python(skip_empty_area=False)
        rows: list[list[Any]] = book.get_sheet_by_name(TABLE).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        raise BadInput("表格打不开", where=where, why="内部结构有错", remedy=AGAIN) from error
    try:
        (pk,) = signing.Signer(salt=_SALT).unsign_object(str(marks[0][0]))
        layout = Layout.opened(str(marks[1][0]))
    except (signing.BadSignature, IndexError, ValueError, TypeError, zlib.error) as error:
        raise BadInput(
            "自评表的标识无效", where=where, why="标识被改动，或不是本系统生成的", remedy=AGAIN
        ) from error
    if (pk, layout.request_id) != (assessed.pk, assessed.pk):
        raise BadInput("这份自评表是另一个对象的", where=where, remedy=f"请用{assessed.name}导出的表")
    return TableSheet(layout, rows, formula_places(file, TABLE))


def read(sheet: TableSheet, assessed: Assessed, lines: Sequence[SheetLine], actor: Actor) -> list[Taken]:
    """What the workbook says of each criterion. Raises `BadInput` with every cell that was moved or cannot be taken."""
    with translation.override("zh-hans"):
        table = table_of(lines)
        if problems := moved(sheet, table, assessed.name):
            raise BadInput("表格的行列有变动", problems)
        came, problems = lines_of(sheet, table, actor)
        by_code = {line.node.code: line for line in asked(lines)}
        found, wrong = [], []
        for number, one in enumerate(came):
            points, problem = _points(one, number, by_code[one.key])
            wrong += [problem] if problem else []
            found.append(Taken(by_code[one.key], points, str(one.values.get(STATEMENT) or "").strip()))
        problems = [*problems, *placed(wrong, table)]
    if problems:
        raise BadInput("填写内容有误", sorted(problems, key=_place))
    return found


def _place(problem: Problem) -> tuple[int, str]:
    digits = "".join(sign for sign in problem.where.split("格")[0] if sign.isdecimal())
    return int(digits or 0), problem.where


def _points(one: PackLine, number: int, line: SheetLine) -> tuple[Decimal | None, CellProblem | None]:
    value, wrong, remedy = parse_cell(_POINTS, one.values.get(POINTS) or "")
    if wrong:
        return None, CellProblem(number, POINTS, wrong, remedy)
    if value is None:
        return None, None
    points, node = Decimal(value), line.node
    most = node.method.most(node.worth) if node.method else None
    if (points < 0 and node.part is Part.BASE) or (most is not None and points > shown(most)):
        best = f"请填 0 至 {say(most)}" if most is not None else "请核对"
        return None, CellProblem(number, POINTS, f"自评得分 {_plain(points)} 超出范围", best)
    return points, None


def _plain(points: Decimal) -> str:
    text = format(points, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def kept(taken: Sequence[Taken], assessed: Assessed) -> str:
    """What was looked at, signed, so that what is written afterwards is exactly that."""
    rows = [
        [one.line.node.code, None if one.points is None else str(one.points), one.statement] for one in taken
    ]
    return signing.dumps([assessed.pk, assessed.version, rows], salt=_READ, compress=True)


def kept_of(words: str, assessed: Assessed) -> tuple[int, dict[str, tuple[Decimal | None, str]]]:
    """The version looked at, and what to write by criterion. Raises `BadInput` where it was not looked at here."""
    try:
        pk, version, rows = signing.loads(words, salt=_READ, max_age=86_400)
        if pk != assessed.pk:
            raise ValueError(pk)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadInput("核对的内容已失效", where="自评表文件", remedy="请重新选择文件核对") from error
    return int(version), {code: (None if p is None else Decimal(p), words) for code, p, words in rows}

"""报送包: a unit's part of a call as a workbook to fill in without signing in, and what comes back read again.

One visible sheet, a row a field: name, what is filled in, how. A hidden sheet carries a signed mark that says whose it is,
so that a returned file is known whatever it is called. Always in Chinese: it travels by chat and mail between offices.
Where the call has a content that travels too, its rows and columns are a sheet of their own (`kit.pack_sheet`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import translation

from zhize.apps.requests.mapping import fields_of
from zhize.apps.requests.mapping.pack_opening import AGAIN, MARKED, SHEET, PackSheet
from zhize.apps.requests.models import Call, UnitRequest
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, Problem
from zhize.kit.fields import FieldSpec, Kind
from zhize.kit.imports.parse import parse_cell, text_of
from zhize.kit.imports.places import letters
from zhize.kit.imports.values import Refs
from zhize.kit.pack_sheet import (
    TABLE,
    moved,
    placed,
)
from zhize.kit.pack_sheet import (
    lines_of as table_lines,
)
from zhize.kit.packs import PackContent

HEAD = ("填报项", "填写内容", "怎样填")
HEAD_LINE, UNIT_LINE = 5, 3  # as Excel counts
VALUE = 2  # the column that is filled in, B
_STATEMENT = FieldSpec("statement", "说明", Kind.LONG, max_length=2000)
_NIL = FieldSpec("nil_report", "零报告", Kind.BOOL, help="本期没有需要报送的内容，填“是”")
_BY = FieldSpec("stamped_by", "审签人", max_length=80, help="本单位审签的负责人，写职务和姓名")
_ON = FieldSpec("stamped_on", "审签日期", Kind.DATE, help="按 2012-03-05 的样式填写")


@dataclass(frozen=True, slots=True)
class Filled:
    """What a workbook says, as the services of an answer take it."""

    answers: dict[str, Any] = field(default_factory=dict)
    statement: str = ""
    nil_report: bool = False
    stamped_by: str = ""
    stamped_on: str = ""
    table: Any = None
    """What the sheet of the content says, as the app that owns it takes it."""


def common_fields(call: Call) -> list[FieldSpec]:
    return [_STATEMENT, *([_NIL] if call.nil_allowed else []), _BY, _ON]


def lines_of(call: Call) -> list[FieldSpec]:
    """The fields in the order of their rows: those of the call, then those of every answer."""
    return [*fields_of(call), *common_fields(call)]


def label_of(one: FieldSpec) -> str:
    return f"{one.label} *" if one.required else str(one.label)


def filled_of(
    sheet: PackSheet,
    request: UnitRequest,
    actor: Actor,
    pack: PackContent | None = None,
    *,
    final: bool = False,
) -> Filled:
    """What the workbook says; `pack` where the content of the call travels in it, `final` where it is to be handed in as it
    stands. Raises `BadInput` with every cell that was moved, computes, or cannot be read."""
    with translation.override("zh-hans"):
        lines = lines_of(request.call)
        if problems := _moved(sheet, request, lines):
            raise BadInput("表格的行列有变动", problems)
        values, problems = [], []
        for at, one in enumerate(lines, HEAD_LINE + 1):
            value, problem = _value(sheet, at, one, actor)
            values.append(value)
            if problem:
                problems.append(problem)
        common = common_fields(request.call)
        own = values[: len(values) - len(common)]
        rest = dict(zip((one.name for one in common), values[len(own) :], strict=True))
        nil = bool(rest.get("nil_report"))
        table, wrong = _table_of(sheet, request, actor, pack, final=final, nil=nil) if pack else (None, [])
    if problems or wrong:
        raise BadInput("填写内容有误", [*problems, *wrong])
    return Filled(
        answers={one.name: value for one, value in zip(lines, own, strict=False) if value not in (None, "")},
        statement=rest["statement"] or "",
        nil_report=nil,
        stamped_by=rest["stamped_by"] or "",
        stamped_on=rest["stamped_on"] or "",
        table=table,
    )


def _table_of(
    sheet: PackSheet, request: UnitRequest, actor: Actor, pack: PackContent, *, final: bool, nil: bool
) -> tuple[Any, list[Problem]]:
    """What the content's sheet says, and what is wrong with its cells. Raises `BadInput` where it was moved."""
    if sheet.table is None:
        raise BadInput(f"没有“{TABLE}”的标识", where=MARKED, why="标识被改动", remedy=AGAIN)
    table = pack.table(request, True)
    if problems := moved(sheet.table, table, request.unit.name):
        raise BadInput("表格的行列有变动", problems)
    lines, problems = table_lines(sheet.table, table, actor)
    if nil and (filled := sum(not line.is_empty for line in lines)):
        problems.append(
            Problem(f"填了“零报告”，又有 {filled} 行填了内容", TABLE, remedy="请清空明细表，或不填“零报告”")
        )
    if problems:
        return None, problems
    reading = pack.read(request, lines, final and not nil)
    return reading.data, placed(reading.problems, table)


def _moved(sheet: PackSheet, request: UnitRequest, lines: Sequence[FieldSpec]) -> list[Problem]:
    expected = [
        (HEAD_LINE, 1, HEAD[0]),
        (HEAD_LINE, 2, HEAD[1]),
        (UNIT_LINE, 2, request.unit.name),
        *((at, 1, label_of(one)) for at, one in enumerate(lines, HEAD_LINE + 1)),
    ]
    found = [
        Problem(
            f"应为“{word}”，现为“{text_of(sheet.cell(line, column))[:40]}”",
            _place(line, column),
            "行列被增删或移动，对不上是哪一项" if line != UNIT_LINE else "这份表是另一个单位的",
            AGAIN,
        )
        for line, column, word in expected
        if text_of(sheet.cell(line, column)) != word
    ]
    extra = [
        line
        for line in range(HEAD_LINE + len(lines) + 1, len(sheet.rows) + 1)
        if any(text_of(cell) for cell in sheet.rows[line - 1])
    ]
    if extra and not found:
        found.append(
            Problem("最后一项之下还有内容", _place(extra[0], 1), "不知道填在哪一项", "请移到“说明”一行")
        )
    return found


def _value(sheet: PackSheet, line: int, one: FieldSpec, actor: Actor) -> tuple[Any, Problem | None]:
    where = f"{_place(line, VALUE)}“{one.label}”"
    if (line, VALUE) in sheet.formulas:
        return None, Problem(
            "是公式，不是数值", where, "公式引用的表不在系统中，结果无法核实", "请复制后“选择性粘贴”为数值"
        )
    raw = sheet.cell(line, VALUE)
    look = None
    if one.kind is Kind.REF:
        look = Refs(one, actor)
        look.load([text_of(raw)])
    value, wrong, remedy = parse_cell(replace(one, required=False), raw, look)
    return value, Problem(wrong, where, remedy=remedy) if wrong else None


def _place(line: int, column: int) -> str:
    return f"{SHEET}{letters(column)}{line}格"


def changed_since(request: UnitRequest, filled: Filled, pack: PackContent | None, version: int) -> list[str]:
    """Labels of what the unit has written on line since `version` that the workbook says otherwise; what stands empty there is
    no conflict."""
    if request.version == version:
        return pack.changed(request, filled.table) if pack and pack.always else []
    online = {**request.answers, "statement": request.statement}
    there = {**filled.answers, "statement": filled.statement}
    labels = {f.name: str(f.label) for f in (*fields_of(request.call), _STATEMENT)}
    content = pack.changed(request, filled.table) if pack else []
    return content + [
        label
        for name, label in labels.items()
        if online.get(name) not in (None, "") and str(online[name]) != str(there.get(name, ""))
    ]

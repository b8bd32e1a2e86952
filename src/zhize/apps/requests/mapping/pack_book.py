"""报送包 written: one answer as a workbook to fill in (what comes back is read by `mapping.packs`)."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import xlsxwriter
from django.utils import translation

from zhize.apps.requests.mapping.pack_opening import MARKED, SHEET, Mark
from zhize.apps.requests.mapping.packs import HEAD, HEAD_LINE, UNIT_LINE, label_of, lines_of
from zhize.apps.requests.models import Call, UnitRequest
from zhize.kit.actor import Actor
from zhize.kit.fields import FieldSpec, Kind
from zhize.kit.imports.template import OPTIONS, cell_rule
from zhize.kit.pack_sheet import TABLE, Layout, write_table
from zhize.kit.packs import PackTable


def pack_bytes(
    request: UnitRequest, known: Mapping[str, Any], actor: Actor, table: PackTable | None = None
) -> bytes:
    """The workbook of one answer, with what is `known` by field name filled in; `table`: the sheet of the call's content,
    which comes first. Reads `call`, `unit` joined.

    Only what is filled in can be typed into; choices are drop-downs. Signed with the installation's secret.
    """
    with translation.override("zh-hans"):
        return _book(request, known, actor, table)


def _book(request: UnitRequest, known: Mapping[str, Any], actor: Actor, table: PackTable | None) -> bytes:
    call, out = request.call, io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    first = book.add_worksheet(TABLE) if table else None
    page, options, marked = (book.add_worksheet(name) for name in (SHEET, OPTIONS, MARKED))
    wrap = {"text_wrap": True, "valign": "top"}
    title = book.add_format({"bold": True, "font_size": 14, "text_wrap": True, "valign": "vcenter"})
    plain, muted = book.add_format(wrap), book.add_format({**wrap, "font_color": "#5B6470"})
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#E8EEF0"})
    label = book.add_format({**wrap, "border": 1})
    needed = book.add_format({**wrap, "border": 1, "bold": True})
    entry = book.add_format({**wrap, "border": 1, "bg_color": "#FFFDF2", "num_format": "@", "locked": False})
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 60)
    page.set_column(2, 2, 36)
    page.merge_range(0, 0, 0, 2, call.title, title)
    page.merge_range(1, 0, 1, 2, _note(call, table is not None), muted)
    page.set_row(0, 30)
    page.set_row(1, 48)
    for line, (word, value) in enumerate(
        (("报送单位", request.unit.name), ("报送期限", request.due_on.isoformat())), UNIT_LINE - 1
    ):
        page.write_string(line, 0, word, plain)
        page.write_string(line, 1, value, plain)
    for at, word in enumerate(HEAD):
        page.write_string(HEAD_LINE - 1, at, word, head)
    for at, one in enumerate(lines_of(call)):
        line = HEAD_LINE + at
        page.write_string(line, 0, label_of(one), needed if one.required else label)
        page.write_string(line, 1, _written(one, known.get(one.name)), entry)
        page.write_string(line, 2, _hint(one), muted)
        if one.kind is Kind.LONG:
            page.set_row(line, 90)
        if rule := cell_rule(book, options, at, one, actor):
            page.data_validation(line, 1, line, 1, {**rule, "error_type": "warning"})
    page.freeze_panes(HEAD_LINE, 1)
    page.protect("", {"format_rows": True, "format_columns": True})
    page.set_landscape()
    page.fit_to_pages(1, 0)
    marked.write_string(0, 0, Mark(request.pk, request.version).signed())
    if table:
        write_table(book, first, options, table, (call.title, request.unit.name), actor, len(lines_of(call)))
        rows, columns = (tuple(one.key for one in part) for part in (table.rows, table.columns))
        layout = Layout(request.pk, request.version, rows, columns, table.new_rows)
        marked.write_string(1, 0, layout.signed())
    options.hide()
    marked.very_hidden()
    book.close()
    return out.getvalue()


def _note(call: Call, has_table: bool) -> str:
    return (
        (f"先填“{TABLE}”工作表，再填这一页。" if has_table else "")
        + "只填“填写内容”一列；带 * 的必填。填好后保存为 .xlsx，发回发来此表的办公室，或登录系统上传。"
        + ("没有内容的，在“零报告”后填“是”。" if call.nil_allowed else "")
        + ("须填写审签人和审签日期。" if call.stamp_needed else "")
        + "本系统仅处理非涉密信息。"
    )


def _hint(one: FieldSpec) -> str:
    ways = {Kind.DATE: "按 2012-03-05 的样式", Kind.INTEGER: "整数", Kind.DECIMAL: f"数字，至多{one.places}位小数", Kind.BOOL: "填“是”或“否”", Kind.CHOICE: "从下拉列表选择", Kind.REF: "从下拉列表选择"}  # fmt: skip
    return "；".join(filter(None, [str(one.help or ""), ways.get(one.kind, "") if not one.help else ""]))


def _written(one: FieldSpec, value: Any) -> str:
    if value is None or value == "":
        return ""
    if one.kind is Kind.BOOL:
        return "是" if value else ""
    if one.choices is not None:
        return str(dict(one.choices.choices).get(value, value))
    return str(value)

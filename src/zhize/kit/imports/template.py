"""The Excel template of a thing: head, notes, drop-downs, checks and an example above the head, so that it is never
imported by mistake. Also the sheet of rows in error that goes back to who sent it."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

import xlsxwriter

from zhize.kit.actor import Actor
from zhize.kit.fields import FieldSpec, Kind, ThingSpec
from zhize.kit.imports.columns import mapped_fields
from zhize.kit.models import ImportRow, ImportRun

HEAD_ROW = 2  # counted from 0: notes, examples, head
FILLED_ROWS = 10_000
MAX_CHOICES = 5_000
OPTIONS = "选项"
_LAST_ROW = HEAD_ROW + FILLED_ROWS


def template(spec: ThingSpec, actor: Actor) -> bytes:
    """The workbook a person fills; references offer what this actor may choose."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    styles = _styles(book)
    page = book.add_worksheet(sheet_name(str(spec.label)))
    options = book.add_worksheet(OPTIONS)
    fields = spec.editable_fields
    page.merge_range(0, 0, 0, max(len(fields) - 1, 1), _note(spec), styles["note"])
    page.set_row(0, 48)
    for at, one in enumerate(fields):
        page.write_string(1, at, f"例：{_example(one)}", styles["example"])
        page.write_string(HEAD_ROW, at, _head(one), styles["required" if one.required else "head"])
        page.set_column(at, at, _width(one), styles["text" if one.kind in _TEXTS else "plain"])
        if words := _words(one):
            page.write_comment(HEAD_ROW, at, words)
        if rule := cell_rule(book, options, at, one, actor):
            page.data_validation(HEAD_ROW + 1, at, _LAST_ROW, at, rule)
    page.freeze_panes(HEAD_ROW + 1, min(1, len(spec.key_fields)))
    options.hide()
    book.close()
    return out.getvalue()


_TEXTS = {Kind.TEXT, Kind.LONG, Kind.CODE, Kind.PHONE, Kind.EMAIL, Kind.REF, Kind.CHOICE}


def sheet_name(label: str) -> str:
    """A name Excel allows: at most 31 characters, none of []:*?/\\."""
    return re.sub(r"[\[\]:*?/\\]", " ", label).strip()[:31] or "Sheet1"


def _styles(book: Any) -> dict[str, Any]:
    head = {"bold": True, "border": 1, "bg_color": "#E8EEF0", "valign": "vcenter", "text_wrap": True}
    return {
        "head": book.add_format(head),
        "required": book.add_format(head | {"font_color": "#B3261E"}),
        "example": book.add_format({"font_color": "#767676", "italic": True}),
        "note": book.add_format({"text_wrap": True, "valign": "top", "font_color": "#444444"}),
        "text": book.add_format({"num_format": "@"}),
        "plain": book.add_format(),
    }


def _note(spec: ThingSpec) -> str:
    keys = "、".join(str(f.label) for f in spec.key_fields)
    return (
        f"{spec.label}导入模板。带 * 的必填；请从第 {HEAD_ROW + 2} 行起逐行填写，不要改动表头。"
        + (f"按“{keys}”认出已有记录：已有的修改，没有的新增，重复导入不会重复增加。" if keys else "")
        + "本系统仅处理非涉密信息。"
    )


def _head(one: FieldSpec) -> str:
    return f"{one.label} *" if one.required else str(one.label)


def _example(one: FieldSpec) -> str:
    if one.example:
        return one.example
    if one.choices is not None:
        return str(one.choices.labels[0])
    return {
        Kind.DATE: "2012-03-05",
        Kind.BOOL: "是",
        Kind.INTEGER: "12",
        Kind.DECIMAL: "12.5",
        Kind.PHONE: "0931-0000000",
        Kind.EMAIL: "name@example.com",
        Kind.REF: "从下拉列表选择",
        Kind.SEVERAL: "多项用顿号分开",
    }.get(one.kind, "文字")


def _words(one: FieldSpec) -> str:
    parts = [str(one.help), f"最多 {one.max_length} 个字" if one.max_length else ""]
    return "\n".join(p for p in parts if p)


def _width(one: FieldSpec) -> int:
    return {Kind.LONG: 40, Kind.SEVERAL: 30, Kind.TEXT: 22, Kind.REF: 22, Kind.EMAIL: 24}.get(one.kind, 14)


def cell_rule(book: Any, options: Any, at: int, one: FieldSpec, actor: Actor) -> dict[str, Any] | None:
    """The drop-down or the limits of a field's cells, for `data_validation`; choices go into column `at` of the sheet
    `options`. They help while typing; what counts is checked again when it is read."""
    rule: dict[str, Any] | None = None
    if choices := _choices(one, actor):
        options.write_column(0, at, choices)
        name = f"options_{at}"
        column = xlsxwriter.utility.xl_col_to_name(at)
        book.define_name(name, f"='{OPTIONS}'!${column}$1:${column}${len(choices)}")
        rule = {
            "validate": "list",
            "source": f"={name}",
            "error_title": "不在可选范围内",
            "error_message": "请从下拉列表中选择",
        }
    elif one.kind is Kind.DATE:
        rule = {
            "validate": "date",
            "criteria": "between",
            "minimum": date(1900, 1, 2),
            "maximum": date(2199, 12, 31),
            "error_type": "warning",
            "error_message": "请按 2012-03-05 的样式填写",
        }
    elif one.kind in (Kind.INTEGER, Kind.DECIMAL):
        rule = {
            "validate": "integer" if one.kind is Kind.INTEGER else "decimal",
            "criteria": "between",
            "minimum": one.minimum if one.minimum is not None else -(10**9),
            "maximum": one.maximum if one.maximum is not None else 10**12,
            "error_message": "请填写数字" if one.kind is Kind.DECIMAL else "请填写整数",
        }
    elif one.max_length:
        rule = {
            "validate": "length",
            "criteria": "<=",
            "value": one.max_length,
            "error_message": f"最多 {one.max_length} 个字",
        }
    return {"ignore_blank": not one.required, **rule} if rule else None


def _choices(one: FieldSpec, actor: Actor) -> list[str]:
    """What a drop-down offers: labels; where two things share one, "label（key）"."""
    if one.choices is not None:
        return [str(label) for label in one.choices.labels]
    if one.kind is Kind.BOOL:
        return ["是", "否"]
    if one.ref is None:
        return []
    pairs = list(one.ref.load(actor).values_list(one.ref.label, one.ref.key)[:MAX_CHOICES])
    twice = {label for label, n in Counter(label for label, _ in pairs).items() if n > 1}
    return [f"{label}（{key}）" if label in twice else str(label) for label, key in pairs]


def wrong_rows(run: ImportRun, spec: ThingSpec, rows: Iterable[ImportRow]) -> bytes:
    """The rows in error with their words, under the same heads: corrected there, it can be uploaded as it is."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    page = book.add_worksheet(sheet_name(str(spec.label)))
    bold = book.add_format({"bold": True})
    fields = mapped_fields(spec, run.mapping)
    for at, word in enumerate([*(_head(f) for f in fields), "原行号", "错误说明"]):
        page.write_string(0, at, word, bold)
    for number, row in enumerate(rows, 1):
        for at, one in enumerate(fields):
            page.write_string(number, at, str(row.values.get(one.name) or ""))
        page.write_number(number, len(fields), row.line)
        page.write_string(number, len(fields) + 1, "\n".join(p["text"] for p in row.problems))
    book.close()
    return out.getvalue()

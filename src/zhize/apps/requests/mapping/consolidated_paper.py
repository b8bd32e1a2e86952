"""The answers of a call drafted as one document (kit.officialdoc): field by field, unit by unit, who is missing named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from zhize.apps.requests.models import Call, UnitRequest
from zhize.core.papers.days import printed_day
from zhize.kit.chinese import in_chinese
from zhize.kit.columns import Column
from zhize.kit.fields import Kind
from zhize.kit.officialdoc import Block, Form, Paper, heading, numbered, para, table


@in_chinese
def consolidated_paper(
    call: Call, columns: Sequence[Column], rows: Sequence[UnitRequest], left_out: Sequence[str], day: date
) -> Paper:
    """Columns: unit first, then the fields, the statement, the nil report, as the page of answers shows them. Long answers
    become text under the field's heading, in the official order of the units; short ones stand together in one table.
    `left_out`: the units that are not in it, each with the reason."""
    told = [row for row in rows if not _is_nil(row)]
    nil = [row.unit.name for row in rows if _is_nil(row)]
    said = f"截至{printed_day(day)}，汇总{len(rows)}个单位的报送"
    body: list[Block] = [para(said + (f"，其中零报告{len(nil)}个。" if nil else "。"))]
    if left_out:
        body.append(para(f"未列入汇总的单位：{'、'.join(left_out)}。"))
    unit, *fields = [one for one in columns if one.spec.name != "nil"]
    long = [one for one in fields if one.spec.kind is Kind.LONG]
    short = [one for one in fields if one.spec.kind is not Kind.LONG]
    for field in long:
        body += _by_unit(field, told)
    if short and told:
        head = (unit.label, *(one.label for one in short))
        lines = [(unit.text(row), *(one.text(row) for one in short)) for row in told]
        body += [heading("各单位填报数据"), table(head, lines)]
    if nil:
        body += [heading("零报告单位"), para(f"{'、'.join(nil)}。")]
    return Paper(title=f"{call.title}汇总", body=numbered(body), form=Form.SHEET)


def _by_unit(field: Column, rows: Sequence[UnitRequest]) -> list[Block]:
    """A heading for the field, under it a heading a unit that wrote something, its paragraphs as it wrote them."""
    found: list[Block] = []
    for row in rows:
        lines = [line.strip() for line in str(field.raw(row) or "").splitlines() if line.strip()]
        if lines:
            found += [heading(row.unit.name, 2), *(para(line) for line in lines)]
    return [heading(field.label), *found] if found else []


def _is_nil(row: UnitRequest) -> bool:
    return bool((row.handed_in or {}).get("nil_report"))

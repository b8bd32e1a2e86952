"""报送包 of a plan (`kit.packs`): a row an item, empty rows below for new ones.

A row is known by its item and the item's version: what was changed on line since the workbook was made is not overwritten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

from zhize.apps.orgs.models import Unit
from zhize.apps.requests.models import UnitRequest
from zhize.apps.work.models import Plan, PlanItem
from zhize.apps.work.selectors import plan_choices
from zhize.apps.work.selectors.plans import items_of
from zhize.apps.work.services.plan_links import LABELS, Known
from zhize.apps.work.services.plan_pack import plan_of, plan_pack_take
from zhize.apps.work.specs.plans import PLAN_ITEM
from zhize.core.kernel.errors import CoreError
from zhize.core.plans.found import Year
from zhize.core.plans.steps import steps_read
from zhize.kit import clock
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput
from zhize.kit.fields import FieldSpec, Ref
from zhize.kit.imports.values import plain_of, real
from zhize.kit.packs import CellProblem, PackColumn, PackContent, PackLine, PackReading, PackRow, PackTable

NEW_ROWS = 30
NOTE = (
    "一行写一项。板块、工作事项、目标、措施、完成时限、牵头单位必填；配合单位、会同单位、对应职责有多项的用顿号分开。"
    "步骤一行一步（格内用 Alt+Enter 换行），先写时间再写做到什么。不要的事项把整行清空。完成时限须在本年度之内。"
)
WIDE = {
    "goal": 36,
    "measure": 44,
    "steps": 36,
    "title": 26,
    "support_names": 24,
    "co_act_names": 20,
    "duty_codes": 20,
    "lead_unit": 18,
}

_FIELDS = {field.name: field for field in PLAN_ITEM.editable_fields if field.name not in ("plan", "order")}


def table_of(request: UnitRequest, own: bool) -> PackTable:
    plan = plan_of(request, clock.now())
    fields = _fields(plan)
    rows = [
        PackRow(
            key=_key(item),
            words=(str(item.order),),
            values={field.name: _shown(field, item) for field in fields},
            aside=(item.comment,),
        )
        for item in (items_of(plan) if own and plan.pk else [])
    ]
    columns = tuple(
        PackColumn(field.name, str(field.label), field, WIDE.get(field.name, 14)) for field in fields
    )
    return PackTable(("序号",), columns, tuple(rows), ("退回意见",), NOTE, NEW_ROWS)


def read(request: UnitRequest, lines: Sequence[PackLine], final: bool) -> PackReading:
    plan = plan_of(request, clock.now())
    fields = _fields(plan)
    known = Known.at(plan, clock.today())
    problems: list[CellProblem] = []
    data: list[dict[str, Any]] = []
    for number, line in enumerate(lines):
        if line.is_empty:
            data += [{"key": line.key, "values": None}] if line.key else []
            continue
        problems += _line_problems(number, line, fields, plan, known)
        data.append({"key": line.key, "values": line.values})
    if final and not any(row["values"] for row in data):
        problems.append(CellProblem(0, "title", "计划里还没有事项", "请至少写一项"))
    return PackReading(data, problems)


def changed(request: UnitRequest, data: Any) -> list[str]:
    """Items written on line that the workbook does not know; one that was changed since is refused by its row already."""
    plan = plan_of(request, clock.now())
    told = {row["key"] for row in data or []}
    return [f"事项“{item.title}”" for item in (items_of(plan) if plan.pk else []) if _key(item) not in told]


def take(request: UnitRequest, data: Any, actor: Actor, now: datetime) -> None:
    plan = plan_of(request, now)
    fields = _fields(plan)
    told = [row for row in data or [] if row["values"]]
    leads = {row["values"]["lead_unit"] for row in told}
    units = Unit.objects.system("lead units a workbook names").in_bulk([pk for pk in leads if pk])
    rows = [
        (
            int(row["key"].partition(".")[0]) if row["key"] else None,
            {field.name: real(field, row["values"][field.name], units) for field in fields},
        )
        for row in told
    ]
    plan_pack_take(request=request, rows=rows, actor=actor, now=now)


def _line_problems(
    number: int, line: PackLine, fields: Sequence[FieldSpec], plan: Plan, known: Known
) -> list[CellProblem]:
    found = [
        CellProblem(number, field.name, "没有填写", f"请填写{field.label}；不要这一项的，把整行清空")
        for field in fields
        if field.required and line.values[field.name] in (None, "")
    ]
    due = line.values["due_on"]
    if due and not plan.year.starts_on <= date.fromisoformat(due) <= plan.year.ends_on:
        found.append(
            CellProblem(number, "due_on", f"{due} 不在{plan.year.label}之内", "跨年的请写本年度要达到的一步")
        )
    else:
        try:
            steps_read(
                line.values["steps"] or "",
                Year(plan.year.starts_on, plan.year.ends_on),
                date.fromisoformat(due) if due else None,
            )
        except CoreError as error:
            found.append(CellProblem(number, "steps", f"{error.where}：{error.what}", error.remedy))
    if bool(line.values["target_value"]) != bool(line.values["card_code"]):
        found.append(CellProblem(number, "card_code", "指标代码和目标值须一起填写", "请补上另一项，或都不填"))
    for name in LABELS:
        try:
            known.ids(name, line.values[name] or "", "")
        except BadInput as error:
            found += [
                CellProblem(number, name, one.what, "请写全称，多项用顿号分开") for one in error.problems
            ]
    return found


def _fields(plan: Plan) -> tuple[FieldSpec, ...]:
    """Of the form of an item: units as the plan's own people may choose them, duties of this plan."""
    units = Ref(load=lambda _actor: plan_choices.units_at(plan, clock.today()))
    duties = partial(_duties, plan)
    given = {
        "lead_unit": replace(_FIELDS["lead_unit"], ref=units),
        "duty_codes": replace(_FIELDS["duty_codes"], options=duties),
    }
    return tuple(given.get(name, field) for name, field in _FIELDS.items())


def _duties(plan: Plan, _actor: Actor) -> list[tuple[str, str]]:
    return [(duty.code, f"{duty.code} {duty.title}") for duty in plan_choices.duties_of_plan(plan)]


def _shown(field: FieldSpec, item: PlanItem) -> Any:
    return item.lead_unit.name if field.name == "lead_unit" else plain_of(field, item)


def _key(item: PlanItem) -> str:
    return f"{item.pk}.{item.version}"


PACK = PackContent(table=table_of, read=read, changed=changed, take=take, always=True)

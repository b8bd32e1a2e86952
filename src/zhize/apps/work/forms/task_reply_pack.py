"""报送包 of 任务进展填报 (`kit.packs`): a row a task, with what is known of it beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhize.apps.requests.models import UnitRequest
from zhize.apps.work.models import Task, TaskReply
from zhize.apps.work.selectors.task_replies import Row, Sheet, sheet_of
from zhize.apps.work.services.task_replies import Written, put, replies_keep
from zhize.kit import clock
from zhize.kit.actor import Actor
from zhize.kit.fields import FieldSpec, Kind
from zhize.kit.packs import CellProblem, PackColumn, PackContent, PackLine, PackReading, PackRow, PackTable

NOTE = (
    "一行一项任务，填有底色的格。进度填 0 至 100 的整数，只由牵头单位填；有数值目标的填完成值。"
    "没有新进展的，“本期无新进展”填“是”。要请办公室协调的，写明困难，并在“提请协调”写明请谁做什么。"
)
FIELDS = (
    (FieldSpec("percent", _("进度（%）"), Kind.INTEGER, minimum=0, maximum=100), 10),
    (FieldSpec("value", _("完成值"), Kind.DECIMAL, places=4), 12),
    (FieldSpec("is_reached", _("是否完成"), Kind.CHOICE, choices=TaskReply.Reached), 10),
    (FieldSpec("nothing", _("本期无新进展"), Kind.BOOL), 14),
    (FieldSpec("words", _("进展情况"), Kind.LONG, max_length=2000), 50),
    (FieldSpec("difficulties", _("困难和需要协调的问题"), Kind.LONG, max_length=1000), 32),
    (FieldSpec("wanted", _("提请协调"), Kind.LONG, max_length=1000), 28),
)


IS_REACHED = {TaskReply.Reached.YES.value: True, TaskReply.Reached.NO.value: False}


def table_of(request: UnitRequest, own: bool) -> PackTable:
    rows = [
        PackRow(
            key=str(row.task.pk),
            words=(
                row.task.code,
                row.task.title,
                "牵头" if row.leads else "配合",
                f"{row.task.due_on or '未定'}",
            ),
            values=_shown(row) if own else {},
            aside=(_target(row.task), row.last.words if row.last else "—"),
        )
        for row in _sheet(request).rows
    ]
    columns = tuple(
        PackColumn(
            field.name, str(field.label), field, width, numeric=field.kind in (Kind.INTEGER, Kind.DECIMAL)
        )
        for field, width in FIELDS
    )
    return PackTable(
        ("编号", "任务", "责任", "完成期限"), columns, tuple(rows), ("目标", "上次报告的进展"), NOTE
    )


def read(request: UnitRequest, lines: Sequence[PackLine], final: bool) -> PackReading:
    rows = {str(row.task.pk): row for row in _sheet(request).rows}
    data: dict[str, dict[str, Any]] = {}
    problems: list[CellProblem] = []
    for number, line in enumerate(lines):
        row = rows.get(line.key)
        if row is None:
            continue
        data[line.key] = line.values
        if final:
            problems += [
                CellProblem(number, *one) for one in _as_written(request, row, line.values).problems()
            ]
    return PackReading(data, problems)


def changed(request: UnitRequest, data: Any) -> list[str]:
    """Tasks of which something else was written on line."""
    return [
        f"“{row.task.title}”"
        for row in _sheet(request).rows
        if row.reply
        and (given := data.get(str(row.task.pk))) is not None
        and _as_written(request, row, given).said != {**row.reply.said, "value": row.reply.value}
    ]


def take(request: UnitRequest, data: Any, actor: Actor, now: datetime) -> None:
    rows = {int(key): _written(values) for key, values in data.items()}
    open_now = {row.task.pk for row in _sheet(request).rows}
    kept = {pk: one for pk, one in rows.items() if pk in open_now}
    replies_keep(request=request, rows=kept, actor=actor, now=now)


def _sheet(request: UnitRequest) -> Sheet:
    return sheet_of(request, clock.today(), handed=False)


def _shown(row: Row) -> dict[str, Any]:
    reached = {True: TaskReply.Reached.YES, False: TaskReply.Reached.NO}.get(row.said["is_reached"])
    return {**row.said, "is_reached": reached}


def _as_written(request: UnitRequest, row: Row, values: Mapping[str, Any]) -> Row:
    """The row as it would be with these cells, nothing kept."""
    reply = TaskReply(request=request, task=row.task)
    put(reply, _written(values), row)
    return Row(
        task=row.task, role=row.role, part=row.part, light=row.light, divided=row.divided,
        said={**reply.said, "value": reply.value},
    )  # fmt: skip


def _written(values: Mapping[str, Any]) -> Written:
    value = values.get("value")
    return Written(
        percent=values.get("percent"),
        value=None if value in (None, "") else Decimal(str(value)),
        is_reached=IS_REACHED.get(values.get("is_reached") or ""),
        nothing=bool(values.get("nothing")),
        **{name: str(values.get(name) or "") for name in ("words", "difficulties", "wanted")},
    )


def _target(task: Task) -> str:
    if task.target_value is None:
        return task.target or task.goal or "—"
    return f"{task.target} {task.target_value.normalize():f}{task.target_unit}".strip()


PACK = PackContent(table=table_of, read=read, changed=changed, take=take)

"""A task's target as a figure or a yes or no: what fits together, and what a report says of it."""

from __future__ import annotations

from decimal import Decimal

from zhize.apps.work.models import Task
from zhize.core.workflow.progress import reached_percent
from zhize.kit.errors import BadInput

TARGET_FIELDS = ("target_kind", "target_value", "target_unit", "base_value")


def target_settle(task: Task) -> Task:
    """Looks its target over and gives it back: a figure makes it a figure; a yes or no has none. Raises BadInput where the parts do not fit together."""
    kind = Task.TargetKind
    if task.target_value is not None and not task.target_kind:
        task.target_kind = kind.FIGURE
    if task.target_kind == kind.FIGURE:
        if task.target_value is None:
            raise BadInput(
                "没有填写目标值", where=_place(task), remedy="请填数值，或把目标形式改为“是否完成”"
            )
        if task.target_value == task.base_value:
            raise BadInput("目标值与基期值相同", where=_place(task), remedy="请核对；没有基期的不填基期值")
    elif task.target_value is not None or task.base_value is not None or task.target_unit:
        what = "“是否完成”的目标没有数值" if task.target_kind else "写了基期值或计量单位，没有目标值"
        raise BadInput(what, where=_place(task), remedy="请填目标值，或删去基期值和计量单位")
    return task


def _place(task: Task) -> str:
    return f"“{task.title}”的目标"


def target_report(task: Task, value: Decimal | None, is_reached: bool | None) -> int | None:
    """What the lead unit says of the target, kept on the task; gives the percent it makes. The caller saves."""
    percent = None
    if value is not None:
        if task.target_kind != Task.TargetKind.FIGURE or task.target_value is None:
            raise BadInput("这项任务没有数值目标", where="完成值", remedy="请把数写进进展情况")
        task.reached_value = value
        percent = reached_percent(task.base_value, task.target_value, value)
    if is_reached is not None:
        if task.target_kind != Task.TargetKind.YES_NO:
            raise BadInput("这项任务的目标不是“是否完成”", where="是否完成", remedy="请把情况写进进展情况")
        task.is_reached = is_reached
        percent = 100 if is_reached else None
    return percent

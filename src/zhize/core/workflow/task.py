"""A task: 交办 → 承办确认 → 办理 → 申请办结 → 办结销号; handed back, returned, suspended, continuing, cancelled on the way."""

from __future__ import annotations

from collections.abc import Mapping

from ..duties.states import Progress
from .table import Action, Status, Step, Table

TABLE = Table(
    id="task",
    noun="任务",
    initial="assigned",
    states=(
        Status("assigned", "待承办确认"),
        Status("handed_back", "承办单位退回"),
        Status("taken", "已承办"),
        Status("running", "办理中"),
        Status("asked", "已申请办结"),
        Status("returned", "办结退回"),
        Status("continuing", "持续推进"),
        Status("suspended", "暂停"),
        Status("closed", "办结销号", final=True, locked=True),
        Status("cancelled", "已取消", final=True, locked=True),
    ),
    actions=(
        Action("take", "承办确认"),
        Action("hand_back", "退回交办"),
        Action("reassign", "改派"),
        Action("report", "报告进展"),
        Action("ask", "申请办结"),
        Action("withdraw", "撤回办结申请"),
        Action("close", "办结销号"),
        Action("settle", "据现场认定办结"),
        Action("return", "退回补办"),
        Action("continue", "转为持续推进"),
        Action("suspend", "暂停"),
        Action("resume", "恢复办理"),
        Action("cancel", "取消"),
    ),
    steps=(
        Step("assigned", "take", "taken", "task.take"),
        *(
            Step(state, "hand_back", "handed_back", "task.hand_back")
            for state in ("assigned", "taken", "running")
        ),
        *(
            Step(state, "reassign", "assigned", "task.reassign")
            for state in ("assigned", "handed_back", "taken", "running", "returned")
        ),
        *(Step(state, "report", "running", "task.report") for state in ("taken", "running", "returned")),
        Step("continuing", "report", "continuing", "task.report"),
        *(
            Step(state, "ask", "asked", "task.report")
            for state in ("taken", "running", "returned", "continuing")
        ),
        Step("asked", "withdraw", "running", "task.report"),
        Step("asked", "close", "closed", "task.check"),
        *(
            Step(state, "settle", "closed", "task.check")
            for state in (
                "assigned",
                "handed_back",
                "taken",
                "running",
                "asked",
                "returned",
                "continuing",
                "suspended",
            )
        ),
        Step("asked", "return", "returned", "task.check"),
        *(
            Step(state, "continue", "continuing", "task.manage")
            for state in ("taken", "running", "returned", "asked")
        ),
        *(Step(state, "suspend", "suspended", "task.manage") for state in ("taken", "running", "returned")),
        Step("suspended", "resume", "running", "task.manage"),
        *(
            Step(state, "cancel", "cancelled", "task.manage")
            for state in (
                "assigned",
                "handed_back",
                "taken",
                "running",
                "asked",
                "returned",
                "continuing",
                "suspended",
            )
        ),
    ),
)

PROGRESS: Mapping[str, Progress] = {
    "assigned": Progress.OPEN,
    "handed_back": Progress.OPEN,
    "taken": Progress.OPEN,
    "running": Progress.OPEN,
    "asked": Progress.CLAIMED,
    "returned": Progress.RETURNED,
    "continuing": Progress.STANDING,
    "suspended": Progress.WAIVED,
    "closed": Progress.DONE,
    "cancelled": Progress.WAIVED,
}
"""What each state means for the light (`duties.lights`): tasks are lit by the same rule as obligations."""

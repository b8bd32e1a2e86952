"""What a unit asks for a task (extension, completion): 待定 → 同意 / 不同意 / 撤回."""

from __future__ import annotations

from .table import Action, Status, Step, Table

TABLE = Table(
    id="task_change",
    noun="申请",
    initial="asked",
    states=(
        Status("asked", "待定"),
        Status("granted", "已同意", final=True, locked=True),
        Status("refused", "未同意", final=True, locked=True),
        Status("withdrawn", "已撤回", final=True, locked=True),
    ),
    actions=(Action("grant", "同意"), Action("refuse", "不同意"), Action("withdraw", "撤回")),
    steps=(
        Step("asked", "grant", "granted", "task.check"),
        Step("asked", "refuse", "refused", "task.check"),
        Step("asked", "withdraw", "withdrawn", "task.report"),
    ),
)

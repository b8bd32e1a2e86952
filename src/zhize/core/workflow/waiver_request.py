"""A request to be excused from an obligation: 申请 → 同意 / 不同意 / 撤回; refused and withdrawn ones may be
asked again as new requests."""

from __future__ import annotations

from .table import Action, Status, Step, Table

TABLE = Table(
    id="waiver_request",
    noun="免办申请",
    initial="asked",
    states=(
        Status("asked", "待审批"),
        Status("granted", "已同意", final=True, locked=True),
        Status("refused", "未同意", final=True, locked=True),
        Status("withdrawn", "已撤回", final=True, locked=True),
    ),
    actions=(Action("grant", "同意"), Action("refuse", "不同意"), Action("withdraw", "撤回")),
    steps=(
        Step("asked", "grant", "granted", "obligation.waive"),
        Step("asked", "refuse", "refused", "obligation.waive"),
        Step("asked", "withdraw", "withdrawn", "obligation.discharge"),
    ),
)

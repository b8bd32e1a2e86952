"""A call (征集) of an office: 草稿 → 已发出 → 已结束; what was asked for by mistake is cancelled, never deleted."""

from __future__ import annotations

from .table import Action, Status, Step, Table

TABLE = Table(
    id="call",
    noun="征集",
    initial="draft",
    states=(
        Status("draft", "草稿"),
        Status("issued", "已发出", locked=True),
        Status("closed", "已结束", final=True, locked=True),
        Status("cancelled", "已取消", final=True, locked=True),
    ),
    actions=(Action("issue", "发出"), Action("close", "结束"), Action("cancel", "取消")),
    steps=(
        Step("draft", "issue", "issued", "call.issue"),
        Step("draft", "cancel", "cancelled", "call.cancel"),
        Step("issued", "close", "closed", "call.close"),
        Step("issued", "cancel", "cancelled", "call.cancel"),
    ),
)

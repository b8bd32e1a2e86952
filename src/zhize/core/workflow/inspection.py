"""实地核查: planned by the office, announced, carried through on the spot, closed or called off."""

from __future__ import annotations

from .table import Action, Status, Step, Table

OFFICE = "inspection.keep"
TABLE = Table(
    id="inspection",
    noun="实地核查",
    initial="draft",
    states=(
        Status("draft", "拟订中"),
        Status("announced", "核查中"),
        Status("closed", "已完成", final=True, locked=True),
        Status("cancelled", "已取消", final=True, locked=True),
    ),
    actions=(
        Action("announce", "批准并通知"),
        Action("close", "办结"),
        Action("cancel", "取消"),
    ),
    steps=(
        Step("draft", "announce", "announced", OFFICE),
        Step("announced", "close", "closed", OFFICE),
        Step("draft", "cancel", "cancelled", OFFICE),
        Step("announced", "cancel", "cancelled", OFFICE),
    ),
)

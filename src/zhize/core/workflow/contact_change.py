"""变更联络员: a unit gives notice of who answers for it from when; the office confirms or sends it back."""

from __future__ import annotations

from .table import Action, Status, Step, Table

TABLE = Table(
    id="contact_change",
    noun="变更通知",
    initial="asked",
    states=(
        Status("asked", "待确认"),
        Status("confirmed", "已确认", final=True, locked=True),
        Status("refused", "未确认", final=True, locked=True),
    ),
    actions=(Action("confirm", "确认"), Action("refuse", "退回")),
    steps=(
        Step("asked", "confirm", "confirmed", "roster.keep"),
        Step("asked", "refuse", "refused", "roster.keep"),
    ),
)

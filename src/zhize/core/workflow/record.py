"""A record of a register: 有效 → 已作废. What was registered is never deleted; what was wrong is voided with its reason."""

from __future__ import annotations

from .table import Action, Status, Step, Table

TABLE = Table(
    id="record",
    noun="台账记录",
    initial="active",
    states=(Status("active", "有效"), Status("void", "已作废", final=True, locked=True)),
    actions=(Action("change", "修改"), Action("void", "作废")),
    steps=(
        Step("active", "change", "active", "record.change"),
        Step("active", "void", "void", "record.void"),
    ),
)

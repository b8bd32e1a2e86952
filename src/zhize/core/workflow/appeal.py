"""An objection to an initial result: 提出 → 采纳 / 部分采纳 / 维持, or taken back."""

from __future__ import annotations

from .table import Action, Status, Step, Table

TABLE = Table(
    id="appeal",
    noun="申辩",
    initial="filed",
    states=(
        Status("filed", "待答复"),
        Status("upheld", "采纳", final=True, locked=True),
        Status("partly", "部分采纳", final=True, locked=True),
        Status("rejected", "维持原评", final=True, locked=True),
        Status("withdrawn", "已撤回", final=True, locked=True),
    ),
    actions=(
        Action("uphold", "采纳"),
        Action("uphold_partly", "部分采纳"),
        Action("reject", "维持原评"),
        Action("withdraw", "撤回"),
    ),
    steps=(
        Step("filed", "uphold", "upheld", "appeal.answer"),
        Step("filed", "uphold_partly", "partly", "appeal.answer"),
        Step("filed", "reject", "rejected", "appeal.answer"),
        Step("filed", "withdraw", "withdrawn", "appeal.file"),
    ),
)

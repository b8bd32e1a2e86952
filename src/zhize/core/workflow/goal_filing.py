"""目标备案: an object confirms the goals it is measured by, or asks for others; the office grants what is asked, or sends back."""

from __future__ import annotations

from .table import Action, Status, Step, Table

FILE = "round.goals"

TABLE = Table(
    id="goal_filing",
    noun="目标备案",
    initial="waiting",
    states=(
        Status("waiting", "待备案"),
        Status("asking", "申请调整", locked=True),
        Status("returned", "已退回"),
        Status("filed", "已备案", locked=True),
    ),
    actions=(
        Action("file", "备案"),
        Action("ask", "备案并申请调整"),
        Action("grant", "同意调整"),
        Action("return", "退回"),
    ),
    steps=(
        Step("waiting", "file", "filed", FILE),
        Step("waiting", "ask", "asking", FILE),
        Step("returned", "file", "filed", FILE),
        Step("returned", "ask", "asking", FILE),
        Step("asking", "grant", "filed", "round.keep"),
        Step("asking", "return", "returned", "round.keep"),
        Step("filed", "return", "returned", "round.keep"),
    ),
)

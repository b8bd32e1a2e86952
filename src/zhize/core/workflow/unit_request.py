"""What one unit answers to a call (报送件): 待填报 → 填报中 → 已报送 → 已接收; returned and withdrawn ones may be sent again.

A returned one stays returned while the unit mends it, so that the comments keep standing beside it.
"""

from __future__ import annotations

from .table import Action, Status, Step, Table

ANSWER = "unit_request.answer"

TABLE = Table(
    id="unit_request",
    noun="报送件",
    initial="waiting",
    states=(
        Status("waiting", "待填报"),
        Status("drafting", "填报中"),
        Status("submitted", "已报送", locked=True),
        Status("returned", "已退回"),
        Status("withdrawn", "已撤回"),
        Status("accepted", "已接收", final=True, locked=True),
    ),
    actions=(
        Action("save", "保存"),
        Action("submit", "报送"),
        Action("withdraw", "撤回"),
        Action("return", "退回"),
        Action("accept", "接收"),
    ),
    steps=(
        Step("waiting", "save", "drafting", ANSWER),
        Step("waiting", "submit", "submitted", ANSWER),
        Step("drafting", "save", "drafting", ANSWER),
        Step("drafting", "submit", "submitted", ANSWER),
        Step("returned", "save", "returned", ANSWER),
        Step("returned", "submit", "submitted", ANSWER),
        Step("withdrawn", "save", "drafting", ANSWER),
        Step("withdrawn", "submit", "submitted", ANSWER),
        Step("submitted", "withdraw", "withdrawn", "unit_request.withdraw"),
        Step("submitted", "return", "returned", "unit_request.return"),
        Step("submitted", "accept", "accepted", "unit_request.accept"),
    ),
)

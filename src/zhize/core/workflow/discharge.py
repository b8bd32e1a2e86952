"""A submission towards an obligation: 报送 → 确认 / 退回 / 撤回; returned ones may be handed in again."""

from __future__ import annotations

from .table import Action, Status, Step, Table

TABLE = Table(
    id="discharge",
    noun="材料",
    initial="submitted",
    states=(
        Status("submitted", "已报送"),
        Status("returned", "已退回"),
        Status("confirmed", "已确认", final=True, locked=True),
        Status("withdrawn", "已撤回", final=True, locked=True),
    ),
    actions=(
        Action("confirm", "确认"),
        Action("return", "退回"),
        Action("withdraw", "撤回"),
        Action("resubmit", "重新报送"),
    ),
    steps=(
        Step("submitted", "confirm", "confirmed", "discharge.confirm"),
        Step("submitted", "return", "returned", "discharge.return"),
        Step("submitted", "withdraw", "withdrawn", "discharge.withdraw"),
        Step("returned", "resubmit", "submitted", "discharge.submit"),
        Step("returned", "withdraw", "withdrawn", "discharge.withdraw"),
    ),
)

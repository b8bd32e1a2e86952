"""核查点: recorded item by item on the spot, laid before both sides, signed by both; or left out for a substitute."""

from __future__ import annotations

from .table import Action, Status, Step, Table

GOING, SIGNING = "inspection.record", "inspection.sign"
TABLE = Table(
    id="checked_place",
    noun="核查点",
    initial="recording",
    states=(
        Status("recording", "记录中"),
        Status("signing", "待签字", locked=True),
        Status("signed", "双方已签字", final=True, locked=True),
        Status("dropped", "未核查", final=True, locked=True),
    ),
    actions=(
        Action("finish", "提交签字"),
        Action("reopen", "退回记录"),
        Action("signed", "双方签字"),
        Action("drop", "不核查"),
    ),
    steps=(
        Step("recording", "finish", "signing", GOING),
        Step("signing", "reopen", "recording", GOING),
        Step("signing", "signed", "signed", SIGNING),
        Step("recording", "drop", "dropped", GOING),
    ),
)

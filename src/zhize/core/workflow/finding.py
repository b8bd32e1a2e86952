"""核查问题: listed, sent to the unit as a task, looked at again: put right or not; one that is not is sent again."""

from __future__ import annotations

from .table import Action, Status, Step, Table

OFFICE, GOING = "inspection.keep", "inspection.record"
TABLE = Table(
    id="finding",
    noun="核查问题",
    initial="listed",
    states=(
        Status("listed", "待下发"),
        Status("sent", "整改中"),
        Status("fixed", "已整改到位", final=True, locked=True),
        Status("unfixed", "未整改到位"),
        Status("withdrawn", "不列入", final=True, locked=True),
    ),
    actions=(
        Action("send", "下发整改"),
        Action("fixed", "回头看到位"),
        Action("unfixed", "回头看不到位"),
        Action("withdraw", "不列入"),
    ),
    steps=(
        Step("listed", "send", "sent", OFFICE),
        Step("listed", "withdraw", "withdrawn", GOING),
        Step("sent", "fixed", "fixed", GOING),
        Step("sent", "unfixed", "unfixed", GOING),
        Step("unfixed", "send", "sent", OFFICE),
        Step("unfixed", "fixed", "fixed", GOING),
    ),
)

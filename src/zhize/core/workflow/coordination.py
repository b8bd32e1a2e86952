"""提请协调事项: a unit raises it; the office settles it, asks the units concerned or a leader; the unit says whether it is
settled."""

from __future__ import annotations

from collections.abc import Mapping

from ..duties.states import Progress
from .table import Action, Status, Step, Table

OFFICE, UNIT, ASKED, LEADER = "matter.handle", "matter.raise", "matter.reply", "matter.instruct"
TABLE = Table(
    id="coordination",
    noun="提请协调事项",
    initial="raised",
    states=(
        Status("raised", "待受理"),
        Status("returned", "退回补充"),
        Status("handling", "办理中"),
        Status("passed", "征求有关单位意见"),
        Status("submitted", "呈领导批示"),
        Status("answered", "已答复"),
        Status("settled", "已解决", final=True, locked=True),
        Status("withdrawn", "已撤回", final=True, locked=True),
    ),
    actions=(
        Action("take", "受理"),
        Action("return", "退回补充"),
        Action("resend", "补充后重新提请"),
        Action("pass", "转有关单位"),
        Action("heard", "收齐回复"),
        Action("submit", "呈领导批示"),
        Action("instruct", "登记批示"),
        Action("assign", "交办任务"),
        Action("answer", "答复"),
        Action("settle", "确认解决"),
        Action("reopen", "继续提请"),
        Action("withdraw", "撤回"),
    ),
    steps=(
        Step("raised", "take", "handling", OFFICE),
        Step("raised", "return", "returned", OFFICE),
        Step("returned", "resend", "raised", UNIT),
        *(Step(state, "pass", "passed", OFFICE) for state in ("raised", "handling", "passed")),
        Step("passed", "heard", "handling", ASKED),
        *(Step(state, "submit", "submitted", OFFICE) for state in ("raised", "handling", "passed")),
        Step("submitted", "instruct", "handling", LEADER),
        *(Step(state, "assign", state, OFFICE) for state in ("handling", "passed", "answered")),
        *(Step(state, "answer", "answered", OFFICE) for state in ("raised", "handling", "passed")),
        Step("answered", "settle", "settled", UNIT),
        Step("answered", "reopen", "handling", UNIT),
        *(
            Step(state, "withdraw", "withdrawn", UNIT)
            for state in ("raised", "returned", "handling", "passed", "submitted")
        ),
    ),
)

PROGRESS: Mapping[str, Progress] = {
    "raised": Progress.OPEN,
    "returned": Progress.RETURNED,
    "handling": Progress.OPEN,
    "passed": Progress.OPEN,
    "submitted": Progress.OPEN,
    "answered": Progress.CLAIMED,
    "settled": Progress.DONE,
    "withdrawn": Progress.WAIVED,
}
"""What each state means for the light (`duties.lights`), against the day by which the unit needs an answer."""

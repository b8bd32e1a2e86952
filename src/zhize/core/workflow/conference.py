"""A conference: 筹备 → 已通知 → 已召开 → 已印发纪要; called off before it is held."""

from __future__ import annotations

from .table import Action, Status, Step, Table

TABLE = Table(
    id="conference",
    noun="会议",
    initial="preparing",
    states=(
        Status("preparing", "筹备中"),
        Status("called", "已通知"),
        Status("held", "已召开"),
        Status("minuted", "已印发纪要", final=True, locked=True),
        Status("called_off", "已取消", final=True, locked=True),
    ),
    actions=(
        Action("call", "发出会议通知"),
        Action("hold", "登记召开"),
        Action("minute", "印发纪要"),
        Action("call_off", "取消会议"),
    ),
    steps=(
        Step("preparing", "call", "called", "conference.prepare"),
        Step("preparing", "call_off", "called_off", "conference.prepare"),
        Step("called", "hold", "held", "conference.prepare"),
        Step("called", "call_off", "called_off", "conference.prepare"),
        Step("held", "minute", "minuted", "conference.prepare"),
    ),
)

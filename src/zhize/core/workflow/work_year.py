"""A work year of a jurisdiction: 筹备 → 进行 → 已关账; reopened only by a right of its own."""

from __future__ import annotations

from .table import Action, Status, Step, Table

TABLE = Table(
    id="work_year",
    noun="工作年度",
    initial="preparing",
    states=(
        Status("preparing", "筹备中"),
        Status("open", "进行中"),
        Status("closed", "已关账", locked=True),
    ),
    actions=(Action("open", "开启"), Action("close", "关账"), Action("reopen", "重新开启")),
    steps=(
        Step("preparing", "open", "open", "work_year.open"),
        Step("open", "close", "closed", "work_year.close"),
        Step("closed", "reopen", "open", "work_year.reopen"),
    ),
)

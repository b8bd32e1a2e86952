"""A round of assessment: 自评 → 核查评分 → 初评 → 反馈申辩 → 审定 → 通报 → 归档."""

from __future__ import annotations

from .table import Action, Status, Step, Table

TABLE = Table(
    id="assessment_round",
    noun="考核",
    initial="preparing",
    states=(
        Status("preparing", "筹备中"),
        Status("self_evaluation", "自评中"),
        Status("checking", "核查评分中"),
        Status("initial", "初评已形成"),
        Status("appeals", "反馈申辩中"),
        Status("approved", "已审定", locked=True),
        Status("published", "已通报", locked=True),
        Status("closed", "已归档", final=True, locked=True),
    ),
    actions=(
        Action("open", "启动自评"),
        Action("check", "转入核查"),
        Action("conclude", "形成初评"),
        Action("feed_back", "反馈初评结果"),
        Action("recheck", "重新核查"),
        Action("approve", "登记审定"),
        Action("publish", "通报"),
        Action("close", "归档"),
    ),
    steps=(
        Step("preparing", "open", "self_evaluation", "round.keep"),
        Step("self_evaluation", "check", "checking", "round.keep"),
        Step("checking", "conclude", "initial", "round.keep"),
        Step("initial", "recheck", "checking", "round.keep"),
        Step("initial", "feed_back", "appeals", "round.keep"),
        Step("appeals", "recheck", "checking", "round.keep"),
        Step("appeals", "approve", "approved", "round.decide"),
        Step("approved", "recheck", "checking", "round.decide"),
        Step("approved", "publish", "published", "round.decide"),
        Step("published", "close", "closed", "round.keep"),
    ),
)

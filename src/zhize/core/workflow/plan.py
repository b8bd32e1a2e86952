"""A plan: what a unit hands in (成员单位计划、地区方案), and what the office makes of all of them (总计划).

Two ways of life. A unit's plan follows its request: written, handed in, returned or accepted. The consolidated plan is
submitted to the group, approved (as recorded), issued as an official document, and replaced by a later version.
"""

from __future__ import annotations

from .table import Action, Status, Step, Table

UNIT = Table(
    id="plan.unit",
    noun="计划",
    initial="draft",
    states=(
        Status("draft", "编制中"),
        Status("submitted", "已报送", locked=True),
        Status("returned", "已退回"),
        Status("accepted", "已接收", final=True, locked=True),
    ),
    actions=(
        Action("submit", "报送"),
        Action("withdraw", "撤回"),
        Action("return", "退回"),
        Action("accept", "接收"),
    ),
    steps=(
        Step("draft", "submit", "submitted", "plan.write"),
        Step("returned", "submit", "submitted", "plan.write"),
        Step("submitted", "withdraw", "draft", "plan.write"),
        Step("submitted", "return", "returned", "plan.review"),
        Step("submitted", "accept", "accepted", "plan.review"),
    ),
)

CONSOLIDATED = Table(
    id="plan.consolidated",
    noun="计划",
    initial="draft",
    states=(
        Status("draft", "编制中"),
        Status("presented", "已报审", locked=True),
        Status("approved", "已审定", locked=True),
        Status("issued", "已印发", locked=True),
        Status("superseded", "已修订", final=True, locked=True),
    ),
    actions=(
        Action("present", "报审"),
        Action("reopen", "退回修改"),
        Action("approve", "登记审定"),
        Action("issue", "印发"),
        Action("supersede", "以新版替代"),
    ),
    steps=(
        Step("draft", "present", "presented", "plan.consolidate"),
        Step("presented", "reopen", "draft", "plan.consolidate"),
        Step("presented", "approve", "approved", "plan.approve"),
        Step("approved", "reopen", "draft", "plan.consolidate"),
        Step("approved", "issue", "issued", "plan.issue"),
        Step("issued", "supersede", "superseded", "plan.issue"),
    ),
)

ITEM = Table(
    id="plan.item",
    noun="计划事项",
    initial="pending",
    states=(
        Status("pending", "待审"),
        Status("returned", "须修改"),
        Status("corrected", "已修改"),
        Status("accepted", "已采纳", final=True, locked=True),
    ),
    actions=(
        Action("return", "退回"),
        Action("correct", "修改"),
        Action("accept", "采纳"),
    ),
    steps=(
        Step("pending", "return", "returned", "plan.review"),
        Step("corrected", "return", "returned", "plan.review"),
        Step("returned", "return", "returned", "plan.review"),
        Step("returned", "correct", "corrected", "plan.write"),
        Step("pending", "accept", "accepted", "plan.review"),
        Step("corrected", "accept", "accepted", "plan.review"),
        Step("returned", "accept", "accepted", "plan.review"),
    ),
)

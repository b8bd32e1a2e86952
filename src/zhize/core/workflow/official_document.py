"""An official document: 拟稿 → 核稿 → 签发 (numbered) → 分发 → 归档; returned to the drafter; void ones recorded."""

from __future__ import annotations

from .table import Action, Status, Step, Table

TABLE = Table(
    id="official_document",
    noun="公文",
    initial="draft",
    states=(
        Status("draft", "拟稿"),
        Status("checked", "已核稿", locked=True),
        Status("signed", "已签发", locked=True),
        Status("issued", "已印发", locked=True),
        Status("archived", "已归档", final=True, locked=True),
        Status("voided", "已作废", final=True, locked=True),
    ),
    actions=(
        Action("edit", "修改"),
        Action("check", "核稿"),
        Action("return", "退回拟稿人"),
        Action("sign", "签发"),
        Action("register", "登记外部文号"),
        Action("issue", "印发"),
        Action("archive", "归档"),
        Action("void", "作废"),
    ),
    steps=(
        Step("draft", "edit", "draft", "official.draft"),
        Step("draft", "check", "checked", "official.check"),
        Step("draft", "void", "voided", "official.void"),
        Step("checked", "return", "draft", "official.check"),
        Step("checked", "sign", "signed", "official.sign"),
        Step("checked", "register", "signed", "official.sign"),
        Step("checked", "void", "voided", "official.void"),
        Step("signed", "issue", "issued", "official.issue"),
        Step("signed", "void", "voided", "official.void"),
        Step("issued", "archive", "archived", "official.issue"),
    ),
)

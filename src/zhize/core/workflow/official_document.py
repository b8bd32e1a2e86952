"""An official document: 拟稿 → 核稿（会签） → 签发 (numbered) → 复核 → 用印 → 印发 → 归档; returned; void ones recorded.

复核 and 用印 may be skipped only where the edition says so (`core.papers.flow`, rules/documents/flow.yaml). A document that
another organ signs and numbers is registered instead of signed.
"""

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
        Status("rechecked", "已复核", locked=True),
        Status("sealed", "已用印", locked=True),
        Status("issued", "已印发", locked=True),
        Status("archived", "已归档", final=True, locked=True),
        Status("voided", "已作废", final=True, locked=True),
    ),
    actions=(
        Action("edit", "修改"),
        Action("check", "核稿"),
        Action("return", "退回拟稿人"),
        Action("ask", "送会签"),
        Action("countersign", "会签"),
        Action("sign", "签发"),
        Action("register", "登记外部文号"),
        Action("recheck", "复核"),
        Action("seal", "用印"),
        Action("issue", "印发"),
        Action("archive", "归档"),
        Action("void", "作废"),
    ),
    steps=(
        Step("draft", "edit", "draft", "official.draft"),
        Step("draft", "check", "checked", "official.check"),
        Step("draft", "void", "voided", "official.void"),
        Step("checked", "return", "draft", "official.check"),
        Step("checked", "ask", "checked", "official.check"),
        Step("checked", "countersign", "checked", "official.countersign"),
        Step("checked", "sign", "signed", "official.sign"),
        Step("checked", "register", "signed", "official.sign"),
        Step("checked", "void", "voided", "official.void"),
        Step("signed", "return", "draft", "official.check"),
        Step("signed", "recheck", "rechecked", "official.check"),
        Step("signed", "seal", "sealed", "official.issue"),
        Step("signed", "issue", "issued", "official.issue"),
        Step("signed", "void", "voided", "official.void"),
        Step("rechecked", "return", "draft", "official.check"),
        Step("rechecked", "seal", "sealed", "official.issue"),
        Step("rechecked", "issue", "issued", "official.issue"),
        Step("rechecked", "void", "voided", "official.void"),
        Step("sealed", "issue", "issued", "official.issue"),
        Step("sealed", "void", "voided", "official.void"),
        Step("issued", "archive", "archived", "official.issue"),
    ),
)

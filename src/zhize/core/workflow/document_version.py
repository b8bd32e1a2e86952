"""A version of a document in force: 草稿 → 已确认 (content fixed) → 施行 → 废止. A change is a new version."""

from __future__ import annotations

from .table import Action, Status, Step, Table

TABLE = Table(
    id="document_version",
    noun="文件版本",
    initial="draft",
    states=(
        Status("draft", "草稿"),
        Status("confirmed", "已确认", locked=True),
        Status("in_force", "施行中", locked=True),
        Status("repealed", "已废止", final=True, locked=True),
    ),
    actions=(Action("confirm", "确认"), Action("enter_into_force", "施行"), Action("repeal", "废止")),
    steps=(
        Step("draft", "confirm", "confirmed", "document_version.confirm"),
        Step("confirmed", "enter_into_force", "in_force", "document_version.enter_into_force"),
        Step("confirmed", "repeal", "repealed", "document_version.repeal"),
        Step("in_force", "repeal", "repealed", "document_version.repeal"),
    ),
)

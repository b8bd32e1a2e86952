"""A paper that came in, or a leader's instruction: 登记 → 拟办 → 承办 (tasks) → 回呈; or filed without more (阅存).

What was sent within the product awaits 签收 first; signing for it registers it.
"""

from __future__ import annotations

from .table import Action, Status, Step, Table

TABLE = Table(
    id="incoming",
    noun="来文",
    initial="arrived",  # what is registered by hand begins a step on
    states=(
        Status("arrived", "待签收"),
        Status("registered", "已登记"),
        Status("proposed", "已拟办"),
        Status("assigned", "承办中", locked=True),
        Status("answered", "已回呈", final=True, locked=True),
        Status("filed", "已阅存", final=True, locked=True),
    ),
    actions=(
        Action("sign", "签收"),
        Action("edit", "修改"),
        Action("propose", "拟办"),
        Action("assign", "交承办"),
        Action("answer", "回呈"),
        Action("file", "阅存"),
    ),
    steps=(
        Step("arrived", "sign", "registered", "official.receive"),
        Step("registered", "edit", "registered", "incoming.register"),
        Step("registered", "propose", "proposed", "incoming.register"),
        Step("registered", "file", "filed", "incoming.register"),
        Step("proposed", "edit", "proposed", "incoming.register"),
        Step("proposed", "propose", "proposed", "incoming.register"),
        Step("proposed", "assign", "assigned", "incoming.assign"),
        Step("proposed", "file", "filed", "incoming.register"),
        Step("assigned", "assign", "assigned", "incoming.assign"),
        Step("assigned", "answer", "answered", "incoming.answer"),
    ),
)

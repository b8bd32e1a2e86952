"""A discharge recognised by the product itself: it stands as long as the act behind it does."""

from __future__ import annotations

from .table import Action, Status, Step, Table

TABLE = Table(
    id="recognition",
    noun="自动认定",
    initial="confirmed",
    states=(
        Status("confirmed", "已认定", locked=True),
        Status("withdrawn", "已撤销", final=True, locked=True),
    ),
    actions=(Action("revoke", "撤销认定"),),
    steps=(Step("confirmed", "revoke", "withdrawn", "discharge.revoke"),),
)

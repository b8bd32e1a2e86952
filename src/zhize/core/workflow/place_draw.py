"""抽取: the list is fixed and shown, then the seed is announced and places are drawn; undone only with a reason."""

from __future__ import annotations

from .table import Action, Status, Step, Table

GOING = "inspection.draw"
TABLE = Table(
    id="place_draw",
    noun="抽取",
    initial="fixed",
    states=(
        Status("fixed", "待公布种子"),
        Status("drawn", "已抽取"),
        Status("void", "已作废", final=True, locked=True),
    ),
    actions=(Action("draw", "抽取"), Action("void", "作废")),
    steps=(
        Step("fixed", "draw", "drawn", GOING),
        Step("fixed", "void", "void", GOING),
        Step("drawn", "void", "void", GOING),
    ),
)

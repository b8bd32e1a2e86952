"""What a result asks of an object: sent with the circular as a task, looked at again: put right, or sent once more."""

from __future__ import annotations

from .table import Action, Status, Step, Table

TABLE = Table(
    id="follow_up",
    noun="后续要求",
    initial="sent",
    states=(
        Status("sent", "整改中"),
        Status("fixed", "已整改到位", final=True, locked=True),
    ),
    actions=(
        Action("fixed", "回头看到位"),
        Action("again", "再次整改"),
    ),
    steps=(
        Step("sent", "fixed", "fixed", "round.keep"),
        Step("sent", "again", "sent", "round.keep"),
    ),
)

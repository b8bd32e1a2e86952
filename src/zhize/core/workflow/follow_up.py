"""What a result asks of an object: sent with the circular as a task and looked at again (put right, or sent once more), or
as a request whose answer taken in settles it."""

from __future__ import annotations

from .table import Action, Status, Step, Table

TABLE = Table(
    id="follow_up",
    noun="后续要求",
    initial="sent",
    states=(
        Status("sent", "整改中"),
        Status("fixed", "已整改到位", final=True, locked=True),
        Status("reported", "已书面报告", final=True, locked=True),
    ),
    actions=(
        Action("fixed", "回头看到位"),
        Action("again", "再次整改"),
        Action("reported", "接收书面报告"),
    ),
    steps=(
        Step("sent", "fixed", "fixed", "round.keep"),
        Step("sent", "again", "sent", "round.keep"),
        Step("sent", "reported", "reported", "unit_request.accept"),
    ),
)

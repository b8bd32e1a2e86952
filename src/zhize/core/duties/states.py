"""The state of an obligation (履职事项): what is stored, and what it means on a given day.

What is *stored* (`Progress`) follows from facts alone and does not age; what is *shown* (`State`) adds the due date
and today. So nothing has to be rewritten at midnight, and lists can be lit by comparing dates in the database.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class Progress(StrEnum):
    """Stored. Says nothing about time except that the facts were known."""

    OPEN = "open"
    CLAIMED = "claimed"
    RETURNED = "returned"
    PARTLY = "partly"
    DONE = "done"
    WAIVED = "waived"
    STANDING = "standing"


class State(StrEnum):
    """Shown on a given day: value and Chinese label."""

    NOT_DUE = "not_due"
    CLAIMED = "claimed"
    RETURNED = "returned"
    PARTLY = "partly"
    DONE = "done"
    DONE_LATE = "done_late"
    OVERDUE = "overdue"
    WAIVED = "waived"
    STANDING = "standing"

    @property
    def label(self) -> str:
        """As printed in lists and notices."""
        return LABELS[self]


LABELS = {
    State.NOT_DUE: "未到期",
    State.CLAIMED: "已报待确认",
    State.RETURNED: "已退回",
    State.PARTLY: "部分履行",
    State.DONE: "已落实",
    State.DONE_LATE: "逾期落实",
    State.OVERDUE: "逾期",
    State.WAIVED: "免办",
    State.STANDING: "常态",
}
WAITING = frozenset({Progress.OPEN, Progress.RETURNED, Progress.PARTLY})
"""Still owed by the unit: past the due date these are overdue, whatever was begun."""
UNSETTLED = WAITING | {Progress.CLAIMED}
"""Still open, with the unit or with the office that has to confirm."""


def state_of(progress: Progress, due: date | None, done_on: date | None, today: date) -> State:
    """The state shown on `today`. The due day itself is still in time; without a due date nothing is late."""
    if progress is Progress.DONE:
        return State.DONE_LATE if due and done_on and done_on > due else State.DONE
    if progress in WAITING and due is not None and due < today:
        return State.OVERDUE
    return State.NOT_DUE if progress is Progress.OPEN else State(progress.value)

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
    """Shown: value and Chinese label."""

    label: str

    NOT_DUE = "not_due", "未到期"
    CLAIMED = "claimed", "已报待确认"
    RETURNED = "returned", "已退回"
    PARTLY = "partly", "部分履行"
    DONE = "done", "已落实"
    DONE_LATE = "done_late", "逾期落实"
    OVERDUE = "overdue", "逾期"
    WAIVED = "waived", "免办"
    STANDING = "standing", "常态"

    def __new__(cls, value: str, label: str) -> State:
        """Bind the label to the value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


WAITING = frozenset({Progress.OPEN, Progress.RETURNED, Progress.PARTLY})
"""Still owed by the unit: past the due date these are overdue, whatever was begun."""


def state_of(progress: Progress, due: date | None, done_on: date | None, today: date) -> State:
    """The state shown on `today`. The due day itself is still in time; without a due date nothing is late."""
    if progress is Progress.DONE:
        return State.DONE_LATE if due and done_on and done_on > due else State.DONE
    if progress in WAITING and due is not None and due < today:
        return State.OVERDUE
    return State.NOT_DUE if progress is Progress.OPEN else State(progress.value)

"""An answer to a call: from its steps to its state, the day that counts, and its light (method `requests.answer`).

The day of the last sending decides lateness, never the day it was accepted. See docs/algorithms/answers.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..duties.lights import LONGEST_WARNING, Boundaries, boundaries
from ..kernel.errors import BadFact
from ..kernel.fields import Fields
from ..workflow.table import next_state
from ..workflow.unit_request import TABLE


class ReplyLight(StrEnum):
    """Value: shape and colour of the design system; label: the word."""

    OVERDUE = "overdue"
    RETURNED = "returned"
    SOON = "soon"
    NOT_DUE = "not_due"
    CLAIMED = "claimed"
    DONE = "done"
    DONE_LATE = "done_late"

    @property
    def label(self) -> str:
        """As said in a report."""
        return {
            "overdue": "逾期未报", "returned": "已退回", "soon": "临期", "not_due": "待报送", "claimed": "待审核",
            "done": "已接收", "done_late": "逾期报送",
        }[self.value]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken on a day: save, submit, withdraw, return, accept."""

    action: str
    on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an answer stands. `handed_in_on`: the day that counts, None while nothing is handed in."""

    state: str
    handed_in_on: date | None
    light: ReplyLight
    days_late: int


def light(state: str, due: date, handed_in_on: date | None, bounds: Boundaries) -> ReplyLight:
    """The light of a state on a day: comparisons with two boundary dates alone."""
    if state == "accepted":
        return ReplyLight.DONE_LATE if handed_in_on and handed_in_on > due else ReplyLight.DONE
    if state == "submitted":
        return ReplyLight.CLAIMED
    if due < bounds.today:
        return ReplyLight.OVERDUE
    if state == "returned":
        return ReplyLight.RETURNED
    return ReplyLight.SOON if due <= bounds.warn_until else ReplyLight.NOT_DUE


def days_late(state: str, due: date, handed_in_on: date | None, today: date) -> int:
    """Calendar days after the due date: to the day it was handed in, or to today while it is not."""
    there = handed_in_on if state in ("submitted", "accepted") and handed_in_on else today
    return max((there - due).days, 0)


def stand(steps: Sequence[Taken], due: date, bounds: Boundaries) -> Standing:
    """Takes the steps in their order. Raises NoSuchStep for one that cannot follow, BadFact for a day that runs backwards."""
    state, handed_in_on, last = TABLE.initial, None, None
    for number, step in enumerate(steps, 1):
        if last and step.on < last:
            raise BadFact(
                f"第 {number} 步的日期 {step.on} 早于上一步",
                where=f"steps[{number}].day",
                remedy="请按先后顺序填写",
            )
        state, last = next_state(TABLE, state, step.action).next_state, step.on
        if step.action == "submit":
            handed_in_on = step.on
        elif step.action == "withdraw":
            handed_in_on = None
    return Standing(
        state,
        handed_in_on,
        light(state, due, handed_in_on, bounds),
        days_late(state, due, handed_in_on, bounds.today),
    )


def calc_answer(data: object) -> dict[str, object]:
    """Method `requests.answer`: plain data in, plain data out."""
    fields = Fields(data, ("steps", "due", "today", "warn_days"))
    steps = [
        Taken(one.text("action"), one.day("day"))
        for entry, place in fields.items("steps")
        for one in [Fields(entry, ("action", "day"), place)]
    ]
    bounds = boundaries(fields.day("today"), fields.integer("warn_days", 0, LONGEST_WARNING, 10))
    found = stand(steps, fields.day("due"), bounds)
    return {
        "state": found.state,
        "label": TABLE.status(found.state).label,
        "handed_in_on": found.handed_in_on.isoformat() if found.handed_in_on else None,
        "light": found.light.value,
        "word": found.light.label,
        "days_late": found.days_late,
    }

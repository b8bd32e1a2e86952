"""How far a task should be and how far its parts have brought it (methods `tasks.curve`, `tasks.rollup`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..duties.states import Progress
from ..kernel.errors import BadRule
from ..kernel.fields import Fields
from ..kernel.workdays import WorkCalendar
from .task import PROGRESS


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """From the day after `due` on, `percent` of the whole should be done (0 to 100, of the whole, not of the step)."""

    due: date
    percent: int


@dataclass(frozen=True, slots=True)
class Part:
    """A sub-task: its state (of `workflow.task`), its own percent, its weight (1 or more; only the ratio counts)."""

    state: str
    percent: int
    weight: int = 1


def planned_percent(steps: Iterable[PlannedStep], today: date, calendar: WorkCalendar | None = None) -> int:
    """The step curve: the highest percent of the steps whose date has passed; 0 before the first has.

    A step is in time on its own day. With a calendar a date on a day off counts as the next working day, as a person
    asked for a report in the week of the Spring Festival would take it.
    """
    due = ((calendar.on_or_after(one.due) if calendar else one.due, one.percent) for one in steps)
    return max((percent for day, percent in due if day < today), default=0)


def is_behind(
    state: str, percent: int, steps: Iterable[PlannedStep], today: date, calendar: WorkCalendar | None = None
) -> bool:
    """Whether a task still being worked on has done less than its curve asks for."""
    return PROGRESS[state] is Progress.OPEN and percent < planned_percent(steps, today, calendar)


def rolled_up(parts: Iterable[Part]) -> int | None:
    """Weighted mean of the parts in whole percent, rounded down: 100 only where every part is done.

    A closed part counts 100, a cancelled one not at all; None without any that counts. Raises BadRule for a weight below 1.
    """
    counted = [one for one in parts if one.state != "cancelled"]
    if any(one.weight < 1 for one in counted):
        raise BadRule("权重应为 1 以上的整数", where="weight", remedy="请填 1 至 100")
    whole = sum(one.weight for one in counted)
    if not whole:
        return None
    return sum((100 if one.state == "closed" else one.percent) * one.weight for one in counted) // whole


def reached_percent(base: Decimal | None, target: Decimal, reached: Decimal) -> int | None:
    """How much of the way from `base` (zero where none is given) to `target` a figure has come: whole percent, rounded down,
    from 0 to 100. A target below its base is reached by falling. None where base and target are the same."""
    start = base or Decimal(0)
    if start == target:
        return None
    return max(0, min(100, int((reached - start) * 100 / (target - start))))


def calc_curve(data: object) -> dict[str, object]:
    """Method `tasks.curve`."""
    fields = Fields(data, ("state", "percent", "steps", "today", "calendar"))
    steps = []
    for raw, where in fields.items("steps"):
        one = Fields(raw, ("due", "percent"), where=where)
        steps.append(PlannedStep(one.day("due"), one.integer("percent", 0, 100)))
    calendar = WorkCalendar.from_mapping(fields.data["calendar"]) if fields.has("calendar") else None
    state, today = fields.text("state", "running"), fields.day("today")
    return {
        "planned": planned_percent(steps, today, calendar),
        "behind": is_behind(state, fields.integer("percent", 0, 100), steps, today, calendar),
    }


def calc_rollup(data: object) -> dict[str, object]:
    """Method `tasks.rollup`."""
    fields = Fields(data, ("parts",))
    if not fields.has("parts"):
        raise BadRule("没有给出子任务", where="parts", remedy="请列出子任务；没有子任务的，写空列表")
    parts = []
    for raw, where in fields.items("parts"):
        one = Fields(raw, ("state", "percent", "weight"), where=where)
        parts.append(
            Part(
                one.text("state", "running"), one.integer("percent", 0, 100), one.integer("weight", 1, 100, 1)
            )
        )
    return {"percent": rolled_up(parts)}

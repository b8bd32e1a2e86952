"""What a situation report is drawn up from, as plain data: the facts read, and what became of a decision in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zhize.apps.metrics.selectors import Reading
from zhize.apps.registers.selectors import Whole
from zhize.apps.work.models import Conference, PlanItem, Resolution, SituationFigure, Task

FIGURE = "work.situation_figure"
DECISION = "work.resolution"
FOUR = (PlanItem.Part.PRODUCT, PlanItem.Part.ENGINEERING, PlanItem.Part.SERVICE, PlanItem.Part.ENVIRONMENT)
Measure = SituationFigure.Measure
Key = tuple[str, str, str]
"""Part (empty: the whole), measure, code of the register or card."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A number as printed, and the page of exactly what it counts."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything a report is drawn up from. `facts` are its own numbers; figures and targets speak for themselves."""

    readings: Mapping[str, list[Reading]]
    registers: Mapping[str, list[Whole]]
    last: Conference | None
    decisions: Sequence[Resolution]
    facts: Mapping[Key, Fact]


def became_of(one: Resolution) -> str:
    """What became of a decision, in the reader's words (task joined)."""
    task: Task | None = one.task
    if task is None:
        return _("尚未转为任务") if one.lead_unit_id else _("没有牵头单位，不转任务")
    if task.state == Task.State.CLOSED:
        return _("已办结销号")
    if task.state in (Task.State.SUSPENDED, Task.State.CANCELLED, Task.State.CONTINUING):
        return str(task.get_state_display())
    return _("%(state)s，进度%(percent)s%%") % {"state": task.get_state_display(), "percent": task.percent}

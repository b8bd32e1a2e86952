"""A selection of the ledger by lead unit, summed in the database however long it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, QuerySet, Sum

from zhize.apps.orgs.models import Unit
from zhize.apps.work.models import Task
from zhize.apps.work.selectors.task_lights import TaskLight, light_case
from zhize.apps.years.selectors import bounds

ATTENTION = (TaskLight.OVERDUE, TaskLight.RETURNED, TaskLight.BEHIND, TaskLight.SOON, TaskLight.CLAIMED)
DONE = (TaskLight.DONE, TaskLight.DONE_LATE)


@dataclass(slots=True)
class Group:
    """The tasks one unit leads: each light's number, and the sum of their percents."""

    unit: Unit
    lights: Counter[TaskLight] = field(default_factory=Counter)
    percents: int = 0

    @property
    def number(self) -> int:
        return self.lights.total()

    @property
    def done(self) -> int:
        return sum(self.lights[one] for one in DONE)

    @property
    def percent(self) -> int:
        """Mean progress, rounded down."""
        return self.percents // self.number

    @property
    def attention(self) -> list[tuple[TaskLight, int]]:
        return [(one, self.lights[one]) for one in ATTENTION if self.lights[one]]


def groups_of(rows: QuerySet[Task], today: date) -> list[Group]:
    """A line for each lead unit in official order. Two statements beside the day's boundaries."""
    lit = rows.order_by().annotate(light=light_case(bounds(today)))
    sums = lit.values_list("lead_unit_id", "light").annotate(n=Count("pk"), whole=Sum("percent"))
    found: dict[int, Group] = {}
    counted = list(sums)
    units = Unit.objects.system("names of units that lead tasks the actor sees").select_related("region")
    for pk, unit in units.in_bulk({row[0] for row in counted}).items():
        found[pk] = Group(unit)
    for unit_id, light, number, whole in counted:
        found[unit_id].lights[TaskLight(light)] += number
        found[unit_id].percents += whole
    return sorted(found.values(), key=lambda one: (one.unit.region.order, one.unit.order, one.unit.code))

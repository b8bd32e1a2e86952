"""Tasks that a unit holds and has not ended: leading, supporting or checking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date

from django.db.models import Q

from zhize.apps.orgs.models import Unit
from zhize.apps.work.models import Task, TaskUnit
from zhize.kit.scope import ScopedQuerySet

ENDED = (Task.State.CLOSED, Task.State.CANCELLED)


def held_by_unit(jurisdiction_id: int, year_id: int, unit_ids: Collection[int]) -> ScopedQuerySet[Task]:
    """Tasks of the year, not closed and not cancelled, with a part for one of these units."""
    taking_part = TaskUnit.objects.system("what a unit that ended holds").filter(unit_id__in=unit_ids)
    rows: ScopedQuerySet[Task] = Task.objects.system("what a unit that ended holds")
    mine = Q(lead_unit_id__in=unit_ids) | Q(checker_id__in=unit_ids) | Q(pk__in=taking_part.values("task_id"))
    return rows.filter(mine, jurisdiction_id=jurisdiction_id, year_id=year_id).exclude(state__in=ENDED)


def of_ended_units(jurisdiction_id: int, year_id: int, today: date) -> dict[int, int]:
    """By unit that had ended by that day: how many tasks it still holds. Two statements."""
    gone = list(
        Unit.objects.system("units that ended").filter(valid_to__lte=today).values_list("pk", flat=True)
    )
    counts: Counter[int] = Counter()
    if not gone:
        return counts
    rows = held_by_unit(jurisdiction_id, year_id, gone)
    links = TaskUnit.objects.system("what a unit that ended holds").filter(task__in=rows, unit_id__in=gone)
    pairs = {
        *rows.values_list("lead_unit_id", "pk"),
        *rows.values_list("checker_id", "pk"),
        *links.values_list("unit_id", "task_id"),
    }
    for unit_id, _task in pairs:
        if unit_id in gone:
            counts[unit_id] += 1
    return counts

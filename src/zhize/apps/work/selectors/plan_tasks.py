"""What became of plan items: the tasks handed out from them, as far as the actor sees them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from zhize.apps.work.models import PlanItem, Task
from zhize.apps.work.selectors.task_lights import TaskLight, task_light, task_light_q
from zhize.core.duties.lights import Boundaries
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet

ITEM = "work.plan_item"
# An item and those it was taken over from: a plan amended more than four times a year shows its first tasks no more.
LINE = ("pk", *("__".join(["copied_from"] * deep) + "_id" for deep in range(1, 5)))


def with_tasks(actor: Actor, rows: ScopedQuerySet[PlanItem]) -> ScopedQuerySet[Any]:
    """The rows with `task`: id, state and dates of the task made from the item, or from one it was taken over from
    (an amended plan's items keep their tasks; a plan handed up shows the region's own people theirs)."""
    tasks = Task.objects.visible_to(actor).filter(
        reduce(or_, (Q(source_id=OuterRef(name)) for name in LINE)),
        source_kind=ITEM,
        year__starts_on=OuterRef("plan__year__starts_on"),
    )
    told = JSONObject(id="pk", state="state", due_on="due_on", done_on="done_on")
    return rows.annotate(task=Subquery(tasks.order_by("pk").values(told=told)[:1]))


def light_of_item(item: PlanItem, day: Boundaries) -> TaskLight | None:
    """The light of the item's task; None while it is none. Reads the annotation `task`."""
    told: dict[str, Any] | None = getattr(item, "task", None)
    if not told:
        return None
    task = Task(state=told["state"], due_on=_day(told["due_on"]), done_on=_day(told["done_on"]))
    return task_light(task, day)


def lit_q(light: str, day: Boundaries) -> Q:
    """Items whose own task shows this light: narrows rows the actor sees, shows none."""
    tasks = Task.objects.system("narrows items the actor sees").filter(
        task_light_q(light, day), source_kind=ITEM
    )
    ids = tasks.values("source_id")
    return reduce(or_, (Q(**{f"{name}__in": ids}) for name in LINE))


def earlier_of(items: Sequence[PlanItem]) -> dict[int, list[int]]:
    """By item: itself, then those it was taken over from within the year, newest first. A statement a version.

    Reads: `plan` joined; items of one year.
    """
    lines = {item.pk: [item.pk] for item in items}
    ahead = {item.copied_from_id: item.pk for item in items if item.copied_from_id}
    year_id = items[0].plan.year_id if items else None
    while ahead:
        older = PlanItem.objects.system("an item and what it was").filter(
            pk__in=list(ahead), plan__year_id=year_id
        )
        following: dict[int, int] = {}
        for pk, above in older.values_list("pk", "copied_from_id"):
            lines[ahead[pk]].append(pk)
            if above:
                following[above] = ahead[pk]
        ahead = following
    return lines


def task_ids(items: list[PlanItem]) -> list[int]:
    """The tasks of these items. Reads the annotation `task`."""
    return [told["id"] for item in items if (told := getattr(item, "task", None))]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None

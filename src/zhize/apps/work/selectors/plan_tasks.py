"""What became of plan items: the tasks handed out from them, as far as the actor sees them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from zhize.apps.work.models import PlanItem, Task
from zhize.apps.work.selectors.task_lights import TaskLight, task_light, task_light_q
from zhize.core.duties.lights import Boundaries
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet

ITEM = "work.plan_item"


def with_tasks(actor: Actor, rows: ScopedQuerySet[PlanItem]) -> ScopedQuerySet[Any]:
    """The rows with `task`: id, state and dates of the task made from the item, or from the one it was taken over from
    (an amended plan's items keep their tasks; a plan handed up shows the region's own people theirs)."""
    tasks = Task.objects.visible_to(actor).filter(
        Q(source_id=OuterRef("pk")) | Q(source_id=OuterRef("copied_from_id")),
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
    return Q(pk__in=ids) | Q(copied_from_id__in=ids)


def task_ids(items: list[PlanItem]) -> list[int]:
    """The tasks of these items. Reads the annotation `task`."""
    return [told["id"] for item in items if (told := getattr(item, "task", None))]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None

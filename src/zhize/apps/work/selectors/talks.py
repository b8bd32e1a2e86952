"""Reads of 约谈."""

from __future__ import annotations

from django.urls import reverse

from zhize.apps.work.models import Talk, Task
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.things import ThingCard, ThingRef

KIND = "work.talk"
SHOWN = 10
SEEN = "of a talk the actor sees"


def talks_listed(actor: Actor) -> ScopedQuerySet[Talk]:
    """What the actor may see, joined for lists."""
    rows: ScopedQuerySet[Talk] = Talk.objects.visible_to(actor)
    return rows.select_related("unit", "year", "jurisdiction", "scan")


def talk_by_pk(actor: Actor, pk: int) -> Talk | None:
    return talks_listed(actor).by_pk(pk)


def tasks_of_talk(talk: Talk) -> list[Task]:
    """The tasks a talk was about, by due date. One statement."""
    rows = Task.objects.system(SEEN).filter(talk_links__talk=talk)
    return list(rows.order_by("due_on", "pk"))


def talks_of_task(task: Task) -> list[Talk]:
    """The talks about a task the actor sees, newest first. One statement."""
    rows = Talk.objects.system("about a task the actor sees").filter(task_links__task=task)
    return list(rows.select_related("unit").order_by("-held_on", "-pk"))


def talks_of_unit(actor: Actor, unit_id: int, today: object) -> list[Talk] | None:
    """The last talks with a unit that this actor may see, newest first. One statement."""
    rows = talks_listed(actor).filter(unit_id=unit_id).order_by("-held_on", "-pk")
    return list(rows[:SHOWN]) or None


def tasks_to_talk_about(actor: Actor, unit_id: int, year_id: int) -> list[Task]:
    """The unit's unsettled tasks of the year, the latest due first: what a talk may be about. One statement."""
    rows = Task.objects.visible_to(actor).filter(
        jurisdiction_id=actor.jurisdiction_id or 0, lead_unit_id=unit_id, year_id=year_id
    )
    settled = (Task.State.CLOSED, Task.State.CANCELLED)
    return list(rows.exclude(state__in=settled).order_by("due_on", "pk")[:100])


def talk_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    """Links to talks this actor may see. One statement."""
    rows = talks_listed(actor).filter(pk__in=ids)
    return {
        row.pk: ThingCard(
            ThingRef(KIND, row.pk),
            f"约谈 {row.unit.name} {row.held_on:%Y-%m-%d}",
            reverse("work:talk", args=[row.pk]),
        )
        for row in rows
    }

"""Reads of 督办单."""

from __future__ import annotations

from django.urls import reverse

from zhize.apps.work.models import TaskReminder, TaskSlip
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.things import ThingCard, ThingRef

KIND = "work.slip"


def slips_listed(actor: Actor) -> ScopedQuerySet[TaskSlip]:
    return TaskSlip.objects.visible_to(actor).select_related("unit", "jurisdiction")


def slip_by_pk(actor: Actor, pk: int) -> TaskSlip | None:
    return slips_listed(actor).by_pk(pk)


def reminders_of_slip(slip: TaskSlip) -> list[TaskReminder]:
    """The steps it is the paper of, with their tasks. One statement."""
    rows = TaskReminder.objects.system("of a slip the actor sees").filter(slip=slip)
    return list(rows.select_related("task__lead_unit").order_by("pk"))


def slip_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    """Links to slips this actor may see. One statement."""
    return {
        one.pk: ThingCard(ThingRef(KIND, one.pk), one.title, reverse("work:slip", args=[one.pk]))
        for one in slips_listed(actor).filter(pk__in=ids)
    }

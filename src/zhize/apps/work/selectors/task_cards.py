"""Cards for links to things of this app, and what a search finds: only what the actor may see."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from zhize.apps.work.models import Task
from zhize.kit.actor import Actor
from zhize.kit.contributions import Found
from zhize.kit.things import ThingCard, ThingRef


def task_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    rows = Task.objects.visible_to(actor).filter(pk__in=ids)
    return {
        t.pk: ThingCard(ThingRef("work.task", t.pk), t.title, reverse("work:task", args=[t.pk])) for t in rows
    }


def find_tasks(actor: Actor, words: str, limit: int) -> list[Found]:
    """Tasks by title, code or goal."""
    rows = Task.objects.visible_to(actor).select_related("lead_unit")
    rows = rows.filter(Q(title__icontains=words) | Q(code__icontains=words) | Q(goal__icontains=words))
    return [
        Found(t.title, f"{t.code} {t.lead_unit.name}", reverse("work:task", args=[t.pk]))
        for t in rows.order_by("-pk")[:limit]
    ]

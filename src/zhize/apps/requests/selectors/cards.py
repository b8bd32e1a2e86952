"""Cards for links to things of this app: words and address, only of what the actor may see."""

from __future__ import annotations

from django.urls import reverse

from zhize.apps.requests.models import Call, UnitRequest
from zhize.kit.actor import Actor
from zhize.kit.contributions import Found
from zhize.kit.things import ThingCard, ThingRef


def call_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    rows = Call.objects.visible_to(actor).filter(pk__in=ids).only("title")
    return {
        c.pk: ThingCard(ThingRef("requests.call", c.pk), c.title, reverse("requests:call", args=[c.pk]))
        for c in rows
    }


def request_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    rows = UnitRequest.objects.visible_to(actor).filter(pk__in=ids).select_related("call", "unit")
    return {
        r.pk: ThingCard(
            ThingRef("requests.unit_request", r.pk),
            f"{r.unit.name} {r.call.title}",
            reverse("requests:request", args=[r.pk]),
        )
        for r in rows
    }


def find_calls(actor: Actor, words: str, limit: int) -> list[Found]:
    """Calls by title or by what they ask."""
    rows = Call.objects.visible_to(actor).filter(title__icontains=words).order_by("-due_on", "-pk")[:limit]
    return [Found(c.title, c.body[:120], reverse("requests:call", args=[c.pk])) for c in rows]


RESOLVERS = {"requests.call": call_cards, "requests.unit_request": request_cards}

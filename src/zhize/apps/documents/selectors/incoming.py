"""Reads of what came in from outside."""

from __future__ import annotations

from django.urls import reverse

from zhize.apps.documents.models import Incoming, IncomingHolder
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.things import ThingCard, ThingRef, resolve

INCOMING = "documents.incoming"


def incoming_listed(actor: Actor) -> ScopedQuerySet[Incoming]:
    """The office's register: what was sent to it within the product, and what was registered by hand."""
    return Incoming.objects.visible_to(actor).select_related("addressee")


def incoming_of(actor: Actor, pk: int) -> Incoming | None:
    rows = Incoming.objects.visible_to(actor).select_related("scan", "jurisdiction", "addressee")
    return rows.by_pk(pk)


def holders_of(actor: Actor, incoming: Incoming) -> list[tuple[IncomingHolder, ThingCard | None]]:
    """Who carries it out, each with the link to its task. Two statements."""
    rows = list(
        IncomingHolder.objects.visible_to(actor)
        .filter(incoming=incoming)
        .select_related("unit")
        .order_by("pk")
    )
    refs = {row.pk: ThingRef.parse(row.ref) for row in rows if row.ref}
    cards = resolve(actor, refs.values())
    return [(row, cards.get(refs[row.pk]) if row.pk in refs else None) for row in rows]


def incoming_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    """Links to papers this actor may see. One statement."""
    rows = Incoming.objects.visible_to(actor).filter(pk__in=ids).only("pk", "serial", "title")
    return {
        row.pk: ThingCard(
            ThingRef(INCOMING, row.pk),
            f"{row.serial} {row.title}".strip(),
            reverse("documents:incoming", args=[row.pk]),
        )
        for row in rows
    }

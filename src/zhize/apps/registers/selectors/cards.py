"""Cards for links to things of this app: words and address, only of what the actor may see."""

from __future__ import annotations

from django.urls import reverse

from zhize.apps.registers.models import Record, Subject
from zhize.kit.actor import Actor
from zhize.kit.things import ThingCard, ThingRef


def record_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    rows = Record.objects.visible_to(actor).filter(pk__in=ids).select_related("subject")
    return {
        r.pk: ThingCard(
            ThingRef("registers.record", r.pk),
            f"{r.title}{f'（{r.subject.name}）' if r.subject else ''}",
            reverse("registers:record", args=[r.pk]),
        )
        for r in rows
    }


def subject_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    rows = Subject.objects.visible_to(actor).filter(pk__in=ids)
    return {
        s.pk: ThingCard(
            ThingRef("registers.subject", s.pk), s.name, reverse("registers:subject", args=[s.pk])
        )
        for s in rows
    }


RESOLVERS = {"registers.record": record_cards, "registers.subject": subject_cards}

"""Cards for links to things of this app: words and address, only of what the actor may see."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

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


def due_cards(code: str, actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    """The list of what is due in a register, for a unit's to-do: the id is the unit's."""
    url = f"{reverse('registers:due')}?{urlencode({'register': code})}"
    return {
        pk: ThingCard(ThingRef(f"registers.due.{code}", pk), _("到期提醒"), url)
        for pk in ids
        if pk == actor.unit_id
    }


RESOLVERS = {"registers.record": record_cards, "registers.subject": subject_cards}

"""What a link to a thing of the directory needs, for entries, to-dos and search."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from zhize.apps.orgs.models import Jurisdiction, Region, Unit
from zhize.apps.orgs.selectors.roster import KIND, roster_cards
from zhize.apps.orgs.selectors.units import region_name, unit_name
from zhize.kit.actor import Actor
from zhize.kit.contributions import Found
from zhize.kit.things import ThingCard, ThingRef


def units(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    return {
        u.pk: ThingCard(ThingRef("orgs.unit", u.pk), unit_name(u), reverse("orgs:unit", kwargs={"pk": u.pk}))
        for u in Unit.objects.visible_to(actor).filter(pk__in=ids)
    }


def regions(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    return {
        r.pk: ThingCard(
            ThingRef("orgs.region", r.pk), region_name(r), reverse("orgs:region", kwargs={"pk": r.pk})
        )
        for r in Region.objects.visible_to(actor).filter(pk__in=ids)
    }


def jurisdictions(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    return {
        j.pk: ThingCard(ThingRef("orgs.jurisdiction", j.pk), j.name, reverse("orgs:jurisdiction"))
        for j in Jurisdiction.objects.visible_to(actor).filter(pk__in=ids, pk=actor.jurisdiction_id or 0)
    }


RESOLVERS = {
    "orgs.unit": units,
    "orgs.region": regions,
    "orgs.jurisdiction": jurisdictions,
    KIND: roster_cards,
}


def find_units(actor: Actor, words: str, limit: int) -> list[Found]:
    """Units by name, full name or alias."""
    named = Q(name__icontains=words) | Q(full_name__icontains=words) | Q(aliases__name__icontains=words)
    rows = Unit.objects.visible_to(actor).filter(named).select_related("region").distinct()
    return [
        Found(
            unit_name(u), f"{u.full_name} {region_name(u.region)}", reverse("orgs:unit", kwargs={"pk": u.pk})
        )
        for u in rows.order_by("order", "pk")[:limit]
    ]

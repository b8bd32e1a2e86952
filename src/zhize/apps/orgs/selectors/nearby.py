"""Regions and units one may choose among: those of the own region and below. A country has forty thousand units."""

from __future__ import annotations

from django.db.models import Q

from zhize.apps.orgs.models import Membership, Region, Unit
from zhize.apps.orgs.models.mine import mine_q
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet


def regions_near(actor: Actor) -> ScopedQuerySet[Region]:
    """The own region and up to two levels below, in official order; all where there is no own region."""
    rows: ScopedQuerySet[Region] = Region.objects.visible_to(actor)
    if actor.region_id is not None:
        rows = rows.filter(_within(actor.region_id))
    return rows.order_by("order", "code")


def units_near(actor: Actor) -> ScopedQuerySet[Unit]:
    """Units of these regions, members of the jurisdiction wherever they are, the own unit and those it answers for."""
    rows: ScopedQuerySet[Unit] = Unit.objects.visible_to(actor)
    if actor.region_id is not None:
        regions = Region.objects.system("regions below the own").filter(_within(actor.region_id))
        members = Membership.objects.system("members wherever they are").filter(
            jurisdiction_id=actor.jurisdiction_id or 0
        )
        rows = rows.filter(
            Q(region_id__in=regions.order_by().values("pk"))
            | Q(pk__in=members.order_by().values("unit_id"))
            | mine_q(actor, "")
        )
    return rows.order_by("order", "pk")


def _within(region_id: int) -> Q:
    below = Region.objects.system("regions below the own").filter(parent_id=region_id).order_by()
    return Q(pk=region_id) | Q(parent_id=region_id) | Q(parent_id__in=below.values("pk"))

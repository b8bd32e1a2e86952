"""The roster: one line a unit with whom it names, gaps among them; the story of one unit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import Membership, UnitContact
from zhize.apps.orgs.models.mine import here_or_mine_q
from zhize.apps.orgs.selectors.units import in_force
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.things import ThingCard, ThingRef

KIND = "orgs.roster"
CAPACITIES = (Membership.Capacity.MEMBER, Membership.Capacity.ASSESSED)


class RosterGap(models.TextChoices):
    """What a unit's line lacks."""

    LEADER = "leader", _("没有分管领导")
    LIAISON = "liaison", _("没有联络员")
    ANY = "any", _("名册不全")


def gap_q(gap: str) -> Q:
    """The SQL condition over `roster` for one gap."""
    leader, liaison = Q(leader_name__isnull=True), Q(liaison_name__isnull=True)
    found: dict[str, Q] = {"leader": leader, "liaison": liaison, "any": leader | liaison}
    return found[RosterGap(gap).value]


def roster(actor: Actor, on: date) -> ScopedQuerySet[Membership]:
    """The units of the acting jurisdiction on a day, in their order, with whom each named by then. One statement."""
    rows = Membership.objects.visible_to(actor).filter(
        in_force(on), jurisdiction_id=actor.jurisdiction_id or 0, capacity__in=CAPACITIES
    )
    named = {
        f"{part.value}_{name}": Subquery(_named(on, part.value).values(name)[:1])
        for part in UnitContact.Part
        for name in ("name", "title", "phone", "checked_on")
    }
    told: Any = rows.select_related("unit__region", "jurisdiction").annotate(**named).order_by("order", "pk")
    return cast("ScopedQuerySet[Membership]", told)


def _named(on: date, part: str) -> ScopedQuerySet[UnitContact]:
    rows: ScopedQuerySet[UnitContact] = (
        UnitContact.objects.system("whom a unit of the roster named")
        .filter(
            in_force(on),
            jurisdiction_id=OuterRef("jurisdiction_id"),
            unit_id=OuterRef("unit_id"),
            part=part,
            state=UnitContact.State.CONFIRMED,
        )
        .order_by("-valid_from", "-pk")
    )
    return rows


def roster_member(actor: Actor, pk: int) -> Membership | None:
    """A line of the roster: of the own jurisdiction, or of the acting unit or one it answers for."""
    near = here_or_mine_q(actor)
    rows = Membership.objects.system("own jurisdiction, own unit, and units it answers for").filter(
        near, pk=pk, capacity__in=CAPACITIES
    )
    return rows.select_related("unit", "jurisdiction").first()


def contacts_of(member: Membership) -> list[UnitContact]:
    """All a unit has ever named, the latest first: present, waiting, refused and former. One statement."""
    rows = UnitContact.objects.system("of a line the actor sees").filter(
        jurisdiction_id=member.jurisdiction_id, unit_id=member.unit_id
    )
    return list(rows.order_by("-valid_from", "-pk"))


def present(rows: Iterable[UnitContact], on: date) -> dict[str, UnitContact]:
    """Part → who holds it that day, among rows already read."""
    found: dict[str, UnitContact] = {}
    for row in rows:
        holds = row.valid_from <= on and (row.valid_to is None or row.valid_to > on)
        if row.state == UnitContact.State.CONFIRMED and holds:
            found.setdefault(row.part, row)
    return found


def roster_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    """For to-dos: the line of the roster, by its membership."""
    near = here_or_mine_q(actor)
    rows = Membership.objects.system("own jurisdiction, own unit, and units it answers for").filter(
        near, pk__in=ids
    )
    return {
        m.pk: ThingCard(ThingRef(KIND, m.pk), m.unit.name, reverse("orgs:roster_unit", args=[m.pk]))
        for m in rows.select_related("unit")
    }

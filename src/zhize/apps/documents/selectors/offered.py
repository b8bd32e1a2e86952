"""Whom a document can be addressed to, as the editor offers it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from zhize.apps.orgs.models import Membership, Unit
from zhize.apps.orgs.selectors import child_jurisdictions, in_force, own_jurisdiction
from zhize.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class Offered:
    """Units offered by where they stand: the own level, members, offices below, and any already addressed."""

    above: tuple[Unit, ...]
    members: tuple[Unit, ...]
    below: tuple[Unit, ...]
    others: tuple[Unit, ...]

    @property
    def ids(self) -> set[int]:
        return {unit.pk for group in (self.above, self.members, self.below, self.others) for unit in group}


def countersigners_offered(actor: Actor, today: date) -> tuple[Unit, ...]:
    """会签: the member units of the own jurisdiction, in official order; not the office itself. Two statements."""
    own = own_jurisdiction(actor)
    if own is None:
        return ()
    members = (
        Membership.objects.visible_to(actor)
        .filter(in_force(today), jurisdiction=own, capacity=Membership.Capacity.MEMBER)
        .exclude(unit_id=own.office_unit_id or 0)
        .values_list("unit_id", flat=True)
    )
    rows = Unit.objects.visible_to(actor).filter(pk__in=members).select_related("region")
    return tuple(rows.order_by("region__order", "region__code", "order", "code"))


def holders_offered(actor: Actor, today: date) -> tuple[Unit, ...]:
    """交承办: all units that take part in the own jurisdiction, the governments below it among them, in official order;
    not the office itself. Two statements."""
    own = own_jurisdiction(actor)
    if own is None:
        return ()
    kind = Membership.Capacity
    belonging = (
        Membership.objects.visible_to(actor)
        .filter(in_force(today), jurisdiction=own, capacity__in=(kind.MEMBER, kind.ASSESSED))
        .exclude(unit_id=own.office_unit_id or 0)
        .values_list("unit_id", flat=True)
    )
    rows = Unit.objects.visible_to(actor).filter(pk__in=belonging).select_related("region")
    return tuple(rows.order_by("region__order", "region__code", "order", "code"))


def recipients_offered(actor: Actor, today: date, already: Iterable[int] = ()) -> Offered:
    """Own government, leading group and member units, offices of the jurisdictions below; each once. Four statements."""
    own = own_jurisdiction(actor)
    if own is None:
        return Offered((), (), (), ())
    members = set(
        Membership.objects.visible_to(actor)
        .filter(in_force(today), jurisdiction=own, capacity=Membership.Capacity.MEMBER)
        .values_list("unit_id", flat=True)
    )
    offices = {child.office_unit_id for child in child_jurisdictions(actor)} - {None}
    level = Q(region_id=own.region_id, kind__in=(Unit.Kind.GOVERNMENT, Unit.Kind.GROUP))
    rows = Unit.objects.visible_to(actor).filter(
        level | Q(pk__in=members | offices | set(already)), in_force(today) | Q(pk__in=set(already))
    )
    units = list(rows.select_related("region").order_by("region__order", "region__code", "order", "code"))
    above = tuple(
        u for u in units if u.region_id == own.region_id and u.kind in (Unit.Kind.GOVERNMENT, Unit.Kind.GROUP)
    )
    taken = {u.pk for u in above}
    inside = tuple(u for u in units if u.pk in members - taken)
    below = tuple(u for u in units if u.pk in offices - taken - members)
    known = taken | members | offices
    return Offered(above, inside, below, tuple(u for u in units if u.pk not in known))

"""What the directory's pages show: a unit with its story, a jurisdiction's members on a date, the tree of regions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhize.apps.orgs.models import GroupMember, Jurisdiction, Membership, Region, Unit, UnitAlias
from zhize.apps.orgs.selectors.units import in_force, successors_map
from zhize.kit.actor import Actor


def unit(actor: Actor, pk: int) -> Unit | None:
    """A unit with its references, or None."""
    return Unit.objects.visible_to(actor).select_related("region", "located_in", "answers_through").by_pk(pk)


def aliases(unit: Unit) -> list[str]:
    """The other names under which documents mention the unit."""
    rows = UnitAlias.objects.system("names are shared reference data").filter(unit=unit).order_by("pk")
    return list(rows.values_list("name", flat=True))


def memberships_of_unit(actor: Actor, unit: Unit) -> list[Membership]:
    """Where the unit belongs, as far as the actor may see, latest first."""
    return list(
        Membership.objects.visible_to(actor)
        .filter(unit=unit)
        .select_related("jurisdiction")
        .order_by("-valid_from", "pk")
    )


def own_jurisdiction(actor: Actor) -> Jurisdiction | None:
    """The jurisdiction of the acting hat with what its pages show, or None without a hat."""
    if actor.jurisdiction_id is None:
        return None
    return (
        Jurisdiction.objects.visible_to(actor)
        .select_related("region", "programme", "parent", "group_unit", "office_unit")
        .filter(pk=actor.jurisdiction_id)
        .first()
    )


def child_jurisdictions(actor: Actor) -> list[Jurisdiction]:
    """The jurisdictions directly below, in official order."""
    if actor.jurisdiction_id is None:
        return []
    return list(
        Jurisdiction.objects.visible_to(actor)
        .filter(parent_id=actor.jurisdiction_id)
        .select_related("region")
        .order_by("region__order", "code")
    )


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member unit on a date, and who carries it on when it no longer exists under that name."""

    membership: Membership
    now: tuple[Unit, ...]


def members_on(actor: Actor, on: date) -> list[MemberLine]:
    """The units of the actor's jurisdiction on a date, in their order. Two statements."""
    rows = list(
        Membership.objects.visible_to(actor)
        .filter(in_force(on), jurisdiction_id=actor.jurisdiction_id or 0)
        .select_related("unit__region")
        .order_by("order", "pk")
    )
    later = successors_map((row.unit for row in rows), on)
    return [MemberLine(row, tuple(u for u in later[row.unit_id] if u.pk != row.unit_id)) for row in rows]


def group_on(actor: Actor, on: date) -> list[GroupMember]:
    """The leading group's members on a date, in their order."""
    return list(
        GroupMember.objects.visible_to(actor)
        .filter(in_force(on))
        .select_related("unit")
        .order_by("order", "pk")
    )


def group_dates(actor: Actor) -> list[tuple[date, str]]:
    """The lists there have been: first day and basis document, latest first."""
    rows = GroupMember.objects.visible_to(actor).order_by("-valid_from").distinct()
    return list(rows.values_list("valid_from", "basis"))


@dataclass(frozen=True, slots=True)
class RegionNode:
    """A region and what lies directly below it."""

    region: Region
    children: tuple[RegionNode, ...]


def region_tree(actor: Actor, on: date) -> tuple[RegionNode, ...]:
    """The regions in force on a date as a tree, each level in its official order. One statement."""
    rows = list(Region.objects.visible_to(actor).filter(in_force(on)).order_by("order", "code"))
    below: dict[int | None, list[Region]] = {}
    present = {region.pk for region in rows}
    for region in rows:
        below.setdefault(region.parent_id if region.parent_id in present else None, []).append(region)

    def node(region: Region) -> RegionNode:
        return RegionNode(region, tuple(node(child) for child in below.get(region.pk, ())))

    return tuple(node(region) for region in below.get(None, ()))

"""Finding the unit a text means by a name: its name, full name, or an alias, in the region or above it."""

from __future__ import annotations

from django.db.models import Q

from zhize.apps.orgs.models import Jurisdiction, Unit, UnitAlias


def units_by_printed_name(jurisdiction: Jurisdiction) -> dict[str, Unit]:
    """Every name a document of this jurisdiction may use → the unit. Two statements.

    The region's own units win over those of the region above (a county text saying 县教育局 means its own).
    Where two units of one region share a name, the one valid longest wins; the person confirming sees it.
    """
    regions = [r for r in (jurisdiction.region.parent_id, jurisdiction.region_id) if r]
    units = (
        Unit.objects.system("matching names of a text")
        .filter(region_id__in=regions)
        .order_by("-valid_to", "pk")
    )
    by_id = {unit.pk: unit for unit in units}
    aliases = UnitAlias.objects.system("matching names of a text").filter(Q(unit__region_id__in=regions))
    found: dict[str, Unit] = {}
    for region in regions:
        own = [u for u in by_id.values() if u.region_id == region]
        found |= {name: u for u in own for name in (u.full_name, u.name) if name}
    for unit_id, name in aliases.values_list("unit_id", "name"):
        found.setdefault(name, by_id[unit_id])
    return found

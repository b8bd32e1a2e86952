"""Finding the unit a text means by a name: its name, full name, or an alias, in the region or above it; or what a person
decided the name means in the documents of this jurisdiction."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q

from zhize.apps.orgs.models import Jurisdiction, Unit, UnitAlias
from zhize.apps.regulations.models import DutyHolder, PrintedName
from zhize.core.regulation.holders import Sort

_COLLECTIVE = {
    Sort.MEMBERS.value: DutyHolder.Collective.MEMBERS,
    Sort.GOVERNMENTS.value: DutyHolder.Collective.LOCALS,
}


@dataclass(frozen=True, slots=True)
class Directory:
    """Names as documents of a jurisdiction use them. `decided` are a person's decisions by name."""

    units: dict[str, Unit] = field(default_factory=dict)
    collectives: dict[str, str] = field(default_factory=dict)
    decided: dict[str, PrintedName] = field(default_factory=dict)

    def knows(self, name: str) -> bool:
        return name in self.units or name in self.decided

    def leaves_out(self, name: str) -> bool:
        """Whether a person said that this name is no holder."""
        told = self.decided.get(name)
        return told is not None and told.meaning == PrintedName.Meaning.LEFT_OUT


def directory_of(jurisdiction: Jurisdiction) -> Directory:
    """What every printed name means here. Three statements; a person's decision goes before the directory."""
    decided = {
        row.name: row
        for row in PrintedName.objects.system("matching names of a text")
        .filter(jurisdiction=jurisdiction)
        .select_related("unit")
    }
    units = units_by_printed_name(jurisdiction)
    for name, row in decided.items():
        if row.unit is not None:
            units[name] = row.unit
        else:
            units.pop(name, None)
    return Directory(units, {n: r.collective for n, r in decided.items() if r.collective}, decided)


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


def resolved(
    name: str, sort: str, chosen: int | None, jurisdiction: Jurisdiction, directory: Directory
) -> tuple[int | None, str]:
    """What a printed holder stands for: a unit's id, or a collective. A unit a person chose goes before everything."""
    if chosen is not None:
        return chosen, ""
    if sort == Sort.GROUP and jurisdiction.group_unit_id:
        return jurisdiction.group_unit_id, ""
    if sort == Sort.OFFICE and jurisdiction.office_unit_id:
        return jurisdiction.office_unit_id, ""
    if sort in _COLLECTIVE:
        return None, _COLLECTIVE[sort]
    if unit := directory.units.get(name):
        return unit.pk, ""
    return None, directory.collectives.get(name, DutyHolder.Collective.OTHER)

"""Reads of places checked: the list of a check, one with its checklist, entries, pictures, signatures."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Prefetch, Q

from zhize.apps.inspection.mapping.record import Line
from zhize.apps.inspection.models import (
    CheckedPlace,
    CheckItem,
    EntryCorrection,
    EntryPicture,
    GroupPerson,
    Inspection,
    PlaceEntry,
    PlaceSignature,
)
from zhize.apps.inspection.selectors.inspections import SEEN
from zhize.kit.actor import Actor

JOINS = (
    "checked__unit__region",
    "checked__inspection__jurisdiction",
    "checked__inspection__year",
    "checked__group",
)


def place_by_pk(actor: Actor, pk: int) -> CheckedPlace | None:
    rows = CheckedPlace.objects.visible_to(actor)
    return rows.select_related(*JOINS, "instead_of").by_pk(pk)


def picture_by_pk(actor: Actor, pk: int) -> EntryPicture | None:
    rows = EntryPicture.objects.visible_to(actor)
    return rows.select_related("evidence__file", *(f"entry__place__{one}" for one in JOINS)).by_pk(pk)


def signature_by_pk(actor: Actor, pk: int) -> PlaceSignature | None:
    """One with a scan."""
    rows = PlaceSignature.objects.visible_to(actor).filter(pk=pk, scan__isnull=False)
    return rows.select_related("scan").first()


def places_of(actor: Actor, inspection: Inspection) -> list[CheckedPlace]:
    """The places of a check this actor may see with how many items are recorded and how many do not meet. One statement."""
    rows = CheckedPlace.objects.visible_to(actor).filter(checked__inspection=inspection)
    counted = rows.annotate(
        n_entries=Count("entries"),
        n_fails=Count("entries", filter=Q(entries__verdict=PlaceEntry.Verdict.FAILS)),
    )
    return list(counted.select_related("checked__unit").order_by("checked__order", "pk"))


def lines_of(place: CheckedPlace) -> list[Line]:
    """The whole checklist in order, with what was recorded and corrected. Four statements."""
    pictures: Any = Prefetch(
        "picture_rows", EntryPicture.objects.system(SEEN).select_related("evidence__file").order_by("pk")
    )
    entries = PlaceEntry.objects.system(SEEN).filter(place=place).prefetch_related(pictures)
    by_item = {one.item_id: one for one in entries}
    corrected: dict[int, list[EntryCorrection]] = {}
    for one in EntryCorrection.objects.system(SEEN).filter(place=place).select_related("item"):
        corrected.setdefault(one.item_id, []).append(one)
    items = CheckItem.objects.system(SEEN).filter(inspection_id=place.checked.inspection_id)
    return [Line(item, by_item.get(item.pk), tuple(corrected.get(item.pk, []))) for item in items]


def signatures_of(place: CheckedPlace) -> list[PlaceSignature]:
    return list(PlaceSignature.objects.system(SEEN).filter(place=place).select_related("scan"))


def people_at(place: CheckedPlace) -> list[str]:
    """Names of the group, head first."""
    rows = GroupPerson.objects.system(SEEN).filter(group_id=place.checked.group_id or 0)
    people = sorted(rows, key=lambda one: (one.part != GroupPerson.Part.HEAD, one.pk))
    return [f"{one.name}（{one.get_part_display()}）" for one in people]


def spare_of(place: CheckedPlace) -> list[str]:
    """Substitutes of the draw that have not been taken yet, in their order (of the same stratum first come first)."""
    if place.draw is None:
        return []
    taken = (
        CheckedPlace.objects.system(SEEN).filter(checked_id=place.checked_id).values_list("name", flat=True)
    )
    there = set(taken)
    stratum = next(
        (one["stratum"] for one in place.draw.drawn + place.draw.substitutes if one["id"] == place.name), ""
    )
    return [
        one["id"] for one in place.draw.substitutes if one["id"] not in there and one["stratum"] == stratum
    ]

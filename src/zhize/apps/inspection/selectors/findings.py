"""Reads of problems found: lists, one with its task, counts by region and item."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from zhize.apps.inspection.models import CheckedPlace, Finding, InspectedUnit, Inspection
from zhize.apps.inspection.selectors.inspections import SEEN
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.things import ThingCard, ThingRef

KIND = "inspection.finding"
JOINS = (
    "checked__unit__region", "checked__inspection__jurisdiction", "checked__inspection__year", "checked__group",
    "task__lead_unit", "task__jurisdiction",
)  # fmt: skip
OPEN = (Finding.State.SENT, Finding.State.UNFIXED)


def findings_listed(actor: Actor) -> ScopedQuerySet[Finding]:
    """What the actor may see, joined for lists in the one statement."""
    return Finding.objects.visible_to(actor).select_related(*JOINS, "place")


def finding_by_pk(actor: Actor, pk: int) -> Finding | None:
    return findings_listed(actor).by_pk(pk)


def findings_of(actor: Actor, inspection: Inspection) -> list[Finding]:
    """The problems of a check this actor may see, unit by unit. One statement."""
    rows = findings_listed(actor).filter(checked__inspection=inspection)
    return list(rows.order_by("checked__order", "pk"))


def failing_records(checked: InspectedUnit) -> list[CheckedPlace]:
    """Places of a unit that both sides signed."""
    rows = CheckedPlace.objects.system(SEEN).filter(checked=checked, state=CheckedPlace.State.SIGNED)
    return list(rows.select_related("checked__inspection").order_by("pk"))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many problems of one unit about one item, and how many of them are still open."""

    total: int
    open: int


def tallies(actor: Actor, inspection: Inspection) -> dict[tuple[str, str], Tally]:
    """(name of the unit's region, item) → how many. One statement."""
    rows = (
        Finding.objects.visible_to(actor)
        .filter(checked__inspection=inspection)
        .exclude(state=Finding.State.WITHDRAWN)
        .order_by()
        .values_list("checked__unit__region__name", "item_name")
        .annotate(n=Count("pk"), left=Count("pk", filter=Q(state__in=[*OPEN, Finding.State.LISTED])))
    )
    return {(region, item): Tally(n, left) for region, item, n, left in rows}


def finding_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    """For tasks, messages and the log."""
    rows = Finding.objects.visible_to(actor).filter(pk__in=ids).select_related("checked__inspection")
    return {
        row.pk: ThingCard(
            ThingRef(KIND, row.pk),
            f"{row.checked.inspection.title}：{row.words}"[:120],
            reverse("inspection:finding", args=[row.pk]),
        )
        for row in rows
    }

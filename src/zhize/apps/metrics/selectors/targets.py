"""Reads of targets: lists, and many at once as goals the core can judge by."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from zhize.apps.metrics import mapping
from zhize.apps.metrics.models import Card, Target
from zhize.apps.metrics.selectors.figures import subject_by
from zhize.core.metrics.attainment import Goal
from zhize.kit.actor import Actor
from zhize.kit.measures import By
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.things import ThingRef

KIND = "metrics.target"
HOLDS_FOR_EACH = (Card.Combine.RATE, Card.Combine.WEIGHTED, Card.Combine.NONE)


@dataclass(frozen=True, slots=True)
class Aim:
    """A target as the core judges by it, and where it is written."""

    ref: ThingRef
    goal: Goal
    document: str
    is_of_whole: bool


def targets_of(
    *, jurisdiction_id: int, card_codes: Collection[str], year_id: int, by: By, ids: Collection[int] = ()
) -> dict[tuple[str, int], Aim]:
    """(code, id of the region or unit, 0 for the jurisdiction) → the target of the year. Two statements.

    For the `ids` given, a target of the whole holds for each of them where the card is a rate or a level (a share of
    95 % is asked of everybody), never where figures add up. Whoever calls has asked whether they may be read.
    """
    rows = Target.objects.system("targets of a jurisdiction the caller may read").filter(
        jurisdiction_id=jurisdiction_id, year_id=year_id, card__code__in=card_codes
    )
    found: dict[tuple[str, int], Aim] = {}
    whole: dict[str, Target] = {}
    for row in rows.select_related("card", "year", "jurisdiction").prefetch_related("steps").order_by("pk"):
        is_whole = row.region_id == row.jurisdiction.region_id
        if is_whole:
            whole[row.card.code] = row
        if is_whole == (by is By.JURISDICTION) and (is_whole or subject_by(by, row)):
            found[row.card.code, 0 if is_whole else subject_by(by, row)] = _aim(row, is_of_whole=False)
    if by is not By.JURISDICTION:
        for code, row in whole.items():
            if row.card.over_regions in HOLDS_FOR_EACH:
                for one in ids:
                    found.setdefault((code, one), _aim(row, is_of_whole=True))
    return found


def _aim(row: Target, *, is_of_whole: bool) -> Aim:
    return Aim(ThingRef(KIND, row.pk), mapping.goal_of(row), row.document, is_of_whole)


def targets_listed(actor: Actor) -> ScopedQuerySet[Target]:
    """The targets of lists and exports, with what a row shows."""
    rows: ScopedQuerySet[Target] = Target.objects.visible_to(actor)
    return rows.select_related("card", "region", "unit", "year", "jurisdiction").prefetch_related("steps")


def target_by_pk(actor: Actor, pk: int) -> Target | None:
    return targets_listed(actor).by_pk(pk)


def targets_of_card(
    actor: Actor, card: Card, between: tuple[date, date], of: tuple[int | None, int | None] | None = None
) -> list[Target]:
    """The targets of a card for the years these days touch, as far as the actor sees them, newest year first; `of` one
    region or unit with those of the whole. Two statements."""
    rows = targets_listed(actor).filter(
        card=card, year__starts_on__lte=between[1], year__ends_on__gte=between[0]
    )
    if of is not None:
        mine = Q(region_id=of[0]) if of[0] else Q(unit_id=of[1])
        rows = rows.filter(mine | Q(region_id=F("jurisdiction__region_id")))
    return list(rows.order_by("-year__starts_on", "region__order", "unit__order", "pk"))

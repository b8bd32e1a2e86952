"""Reads of 平时加减分台账."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.urls import reverse

from zhize.apps.assessment.models import Assessed, LedgerItem, Round
from zhize.apps.assessment.selectors.figures import Collected
from zhize.core.scoring.scheme import Node
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.things import ThingCard, ThingRef

ITEM = "assessment.ledger_item"


def ledger_listed(actor: Actor) -> ScopedQuerySet[LedgerItem]:
    rows: ScopedQuerySet[LedgerItem] = LedgerItem.objects.visible_to(actor)
    return rows.select_related("unit__region", "year")


def ledger_by_pk(actor: Actor, pk: int) -> LedgerItem | None:
    rows = LedgerItem.objects.visible_to(actor)
    return rows.select_related("unit__region", "year", "jurisdiction", "evidence__file").by_pk(pk)


def ledger_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    rows = LedgerItem.objects.visible_to(actor).filter(pk__in=ids)
    return {
        row.pk: ThingCard(ThingRef(ITEM, row.pk), row.title, reverse("assessment:ledger_item", args=[row.pk]))
        for row in rows.only("title")
    }


def ledger_collected(round_: Round, leaf: Node, objects: Sequence[Assessed]) -> dict[int, Collected]:
    """What was entered for each object up to the round's cut-off and not withdrawn; of the categories the source names,
    else all. Nothing entered is an empty ledger, not a missing one. One statement."""
    rows = LedgerItem.objects.system("what was entered during the year").filter(
        jurisdiction=round_.jurisdiction_id,
        year=round_.year_id,
        unit__in=[one.unit_id for one in objects],
        dated_on__lte=round_.cut_off_on,
        withdrawn_at__isnull=True,
    )
    if leaf.source.codes:
        rows = rows.filter(category__in=leaf.source.codes)
    by_unit: dict[int, list[LedgerItem]] = defaultdict(list)
    for row in rows.order_by("dated_on", "pk"):
        by_unit[row.unit_id].append(row)
    return {
        one.pk: Collected(
            {"items": [_item(row) for row in by_unit[one.unit_id]]},
            [{"words": row.title, "ref": f"{ITEM}:{row.pk}", "url": ""} for row in by_unit[one.unit_id]],
        )
        for one in objects
    }


def _item(row: LedgerItem) -> dict[str, str]:
    points = format(row.points.normalize(), "f")
    return {"title": row.title, "points": points, "dated_on": row.dated_on.isoformat()}

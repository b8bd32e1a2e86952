"""Reads of alerts: the list, one, those of a card or of figures on a page."""

from __future__ import annotations

from collections.abc import Collection

from zhize.apps.metrics.models import Alert, Card
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet

SHOWN = 10


def alerts_listed(actor: Actor) -> ScopedQuerySet[Alert]:
    """The alerts of lists and exports, with what a row shows."""
    rows: ScopedQuerySet[Alert] = Alert.objects.visible_to(actor)
    return rows.select_related(
        "observation__card", "observation__region", "observation__unit", "jurisdiction"
    )


def alerts_given_out(actor: Actor) -> ScopedQuerySet[Alert]:
    """Those of the list and its export: of figures as they stand now, none that identifies a respondent."""
    return alerts_listed(actor).filter(Alert.current_q(), observation__card__identifiable=False)


def alert_by_pk(actor: Actor, pk: int) -> Alert | None:
    return alerts_listed(actor).by_pk(pk)


def alerts_of_card(actor: Actor, card: Card) -> list[Alert]:
    """What of a card waits for an answer, newest first, one more than a page shows. One statement."""
    rows = alerts_listed(actor).filter(Alert.current_q(), observation__card=card, is_answered=False)
    return list(rows.order_by("-at", "-pk")[: SHOWN + 1])


def alerts_of_figures(actor: Actor, ids: Collection[int]) -> dict[int, list[Alert]]:
    """By figure: its alerts in the version it has now. One statement."""
    found: dict[int, list[Alert]] = {}
    rows = Alert.objects.visible_to(actor).filter(Alert.current_q(), observation__in=list(ids))
    for one in rows.order_by("pk"):
        found.setdefault(one.observation_id, []).append(one)
    return found


def alerts_of_region(actor: Actor, region_id: int) -> list[Alert]:
    """What of a region waits for an answer, newest first. One statement."""
    rows = alerts_given_out(actor).filter(observation__region_id=region_id, is_answered=False)
    return list(rows.order_by("-at", "-pk")[:SHOWN])

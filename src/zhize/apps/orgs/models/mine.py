"""What concerns an acting unit, among rows that name a unit."""

from __future__ import annotations

from django.db.models import Q

from zhize.apps.orgs.models.units import of_unit
from zhize.kit.actor import Actor


def mine_q(actor: Actor, path: str = "unit") -> Q:
    """Of the acting unit, or of one it answers for; nothing of who acts for no unit. `path`: where the unit stands, "" where
    the rows are units."""
    return of_unit(actor.unit_id, path)


def here_or_mine_q(actor: Actor) -> Q:
    """Of the acting jurisdiction, or of the acting unit wherever it is."""
    return Q(jurisdiction_id=actor.jurisdiction_id or 0) | mine_q(actor)

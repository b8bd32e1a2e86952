"""Which units' papers an acting unit may open."""

from __future__ import annotations

from django.db.models import Q

from zhize.kit.actor import Actor


def mine(actor: Actor) -> Q:
    """Of the acting unit, or of one it answers for."""
    return Q(unit_id=actor.unit_id or 0) | Q(unit__answers_through_id=actor.unit_id or 0)

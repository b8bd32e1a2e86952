"""Which units' papers an acting unit may open."""

from __future__ import annotations

from django.db.models import Q

from zhize.apps.orgs.models import of_unit
from zhize.kit.actor import Actor


def mine(actor: Actor) -> Q:
    """Of the acting unit, or of one it answers for."""
    return of_unit(actor.unit_id)

"""Who may do what with on-site checks: the office plans and announces; groups go; nobody checks the own unit."""

from __future__ import annotations

from zhize.apps.inspection.models import INSIDE, Inspection
from zhize.kit.actor import Actor

OFFICE = ("office_director", "office_staff")
UNIT = ("unit_head", "liaison", "clerk", *OFFICE)


def may_see_inspections(actor: Actor) -> bool:
    """Everyone with a hat; which ones is the scope's matter."""
    return actor.is_system or actor.jurisdiction_id is not None


def may_plan(actor: Actor) -> bool:
    """Make a new one: the office."""
    return actor.is_system or actor.has(*OFFICE)


def may_keep(actor: Actor, inspection: Inspection) -> bool:
    """Change, announce, call off, close: the office of the jurisdiction."""
    return actor.is_system or (actor.has(*OFFICE) and inspection.jurisdiction_id == actor.jurisdiction_id)


def oversees(actor: Actor) -> bool:
    """Who looks over on-site checks of the own jurisdiction from inside."""
    return actor.is_system or actor.has(*INSIDE)

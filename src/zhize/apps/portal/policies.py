"""Who may look at the pages across apps (一（一）)."""

from __future__ import annotations

from zhize.kit.actor import Actor

LEADING = ("leader", "office_director", "office_staff")
WORKING = (*LEADING, "unit_head", "liaison", "clerk", "assessor", "inspector", "external_auditor")


def may_see_situation(actor: Actor) -> bool:
    """Everybody who works in the jurisdiction: who has done what is no secret among its members (三（三）).

    The three administrators keep the system, not the work.
    """
    return actor.is_system or (actor.jurisdiction_id is not None and actor.has(*WORKING))


def may_see_brief(actor: Actor) -> bool:
    """The leader's page, and the sheets of the regions: the leader, and the office that prepares them."""
    return actor.is_system or (actor.jurisdiction_id is not None and actor.has(*LEADING))

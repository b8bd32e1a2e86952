"""Who asks, who answers, who takes it in.

The office asks and takes in (二（一）（二）（三）); a unit answers for itself only (三（三）); nobody takes in what the own
unit handed in, though one person may serve both under two hats. What a unit has not sent is its own business.
"""

from __future__ import annotations

from zhize.apps.orgs import selectors as orgs
from zhize.apps.requests.models import Call, UnitRequest
from zhize.apps.requests.models.calls import OVERSIGHT
from zhize.kit.actor import Actor

OFFICE = ("office_director", "office_staff")
UNIT = ("unit_head", "liaison", "clerk", *OFFICE)


def may_see_calls(actor: Actor) -> bool:
    """The list of calls of the jurisdiction: its office, its leaders, and who checks them."""
    return actor.is_system or (actor.jurisdiction_id is not None and actor.has(*OVERSIGHT))


def may_see_own(actor: Actor) -> bool:
    """What one's own unit is asked: everybody with a unit."""
    return actor.unit_id is not None


def may_see_replies(actor: Actor) -> bool:
    """The list of what was asked of whom, as far as the scope lets one see: everybody with a hat."""
    return actor.is_system or actor.jurisdiction_id is not None


def may_answer_at_all(actor: Actor) -> bool:
    """Before a request is known: who has a list of what is asked of the unit."""
    return actor.unit_id is not None and actor.has(*UNIT)


def may_call(actor: Actor) -> bool:
    """Ask units for something: the office."""
    return actor.is_system or actor.has(*OFFICE)


def may_change_call(actor: Actor, call: Call) -> bool:
    """Change, send, end, remind: the office of the jurisdiction that asks."""
    return actor.is_system or (may_call(actor) and call.jurisdiction_id == actor.jurisdiction_id)


def may_answer(actor: Actor, request: UnitRequest) -> bool:
    """Fill in and send: people of the asked unit, or of the one that answers for it. Reads `request.unit`, joined."""
    return actor.is_system or (actor.has(*UNIT) and orgs.answers_for(actor, request.unit))


def may_read_draft(actor: Actor, request: UnitRequest) -> bool:
    """The working copy: the unit alone."""
    return actor.is_system or orgs.answers_for(actor, request.unit)


def may_review(actor: Actor, request: UnitRequest) -> bool:
    """Return or accept: the asking office, never who serves the answering unit, today or within the period."""
    if actor.is_system:
        return True
    return (
        actor.has(*OFFICE)
        and request.jurisdiction_id == actor.jurisdiction_id
        and not orgs.answers_for(actor, request.unit)
        and not orgs.serves_there_too(actor, request.unit, since=request.call.period_start or request.due_on)
    )

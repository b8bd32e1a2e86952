"""Who may do what with the register of duties and the year's obligations.

The office keeps the register and judges what is handed in (二（一）（三）); a unit hands in for itself only
(三（三）); nobody confirms what the own unit handed in, though one person may serve both under two hats.
"""

from __future__ import annotations

from zhize.apps.orgs import selectors as orgs
from zhize.apps.regulations.models import Discharge, Obligation
from zhize.kit.actor import Actor

OFFICE = ("office_director", "office_staff")
UNIT = ("unit_head", "liaison", "clerk", *OFFICE)


def may_keep_register(actor: Actor) -> bool:
    """Register documents, read and confirm texts, change duties: the office of the jurisdiction."""
    return actor.is_system or actor.has(*OFFICE)


def may_keep_register_of(actor: Actor, jurisdiction_id: int) -> bool:
    """The same, of that jurisdiction alone."""
    return actor.is_system or (may_keep_register(actor) and actor.jurisdiction_id == jurisdiction_id)


def may_see_register(actor: Actor) -> bool:
    """Everyone with a hat in the jurisdiction sees its clauses, duties and obligations (work is done in the open)."""
    return actor.is_system or actor.jurisdiction_id is not None


def is_own(actor: Actor, obligation: Obligation) -> bool:
    """Whether the acting unit owes it, or answers for the unit that owes it. Reads: `obligation.unit`, joined."""
    return orgs.answers_for(actor, obligation.unit)


def serves_there_too(actor: Actor, obligation: Obligation) -> bool:
    """Whether the person serves the owing unit under another hat, or did within the period. One query."""
    return orgs.serves_there_too(actor, obligation.unit, since=obligation.period_start)


def may_discharge(actor: Actor, obligation: Obligation) -> bool:
    """Hand in for an obligation: people of the owing unit, none else."""
    return actor.is_system or (actor.has(*UNIT) and is_own(actor, obligation))


def may_withdraw(actor: Actor, discharge: Discharge) -> bool:
    """Take back what one's own unit handed in."""
    return actor.is_system or (actor.has(*UNIT) and discharge.unit_id == actor.unit_id)


def may_decide(actor: Actor, obligation: Obligation) -> bool:
    """Confirm or return: the office of the jurisdiction that set the duty, but never for the own unit's obligation."""
    if actor.is_system:
        return True
    return (
        actor.has(*OFFICE)
        and obligation.jurisdiction_id == actor.jurisdiction_id
        and not is_own(actor, obligation)
        and not serves_there_too(actor, obligation)
    )


def may_waive(actor: Actor, obligation: Obligation) -> bool:
    """Excuse from an obligation: the office's director; the staff prepares, the director answers for it."""
    if actor.is_system:
        return True
    return (
        actor.has("office_director")
        and obligation.jurisdiction_id == actor.jurisdiction_id
        and not is_own(actor, obligation)
        and not serves_there_too(actor, obligation)
    )

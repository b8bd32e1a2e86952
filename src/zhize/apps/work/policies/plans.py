"""Who may do what with plans.

A unit writes its own (三（二）); the office receives, returns and consolidates (二（二）); the group decides, on paper, which the
office records, or a leader here. Nobody receives the plan of a unit the own post belongs to.
"""

from __future__ import annotations

from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.selectors import answers_for, serves_there_too
from zhize.apps.work.models import Plan
from zhize.core.workflow.plan import CONSOLIDATED, UNIT
from zhize.core.workflow.table import Table
from zhize.kit.actor import Actor

OFFICE = ("office_director", "office_staff")
WRITERS = ("unit_head", "liaison", "clerk", *OFFICE)


def may_see_plans(actor: Actor) -> bool:
    """Everyone with a hat; which plans is the scope's matter."""
    return actor.is_system or actor.jurisdiction_id is not None


def table_of(plan: Plan) -> Table:
    """The way of life of this plan: a unit's, or the office's consolidated one."""
    return CONSOLIDATED if plan.level == Plan.Level.CONSOLIDATED else UNIT


def is_open(plan: Plan) -> bool:
    """Whether its content may change at all: not once it is handed in or presented."""
    return not table_of(plan).status(plan.state).locked


def keeps(actor: Actor, plan: Plan) -> bool:
    """Whether the plan is the acting unit's to write; the consolidated one is the office's. Reads: `plan.unit`, joined."""
    if actor.is_system:
        return True
    if plan.level == Plan.Level.CONSOLIDATED:
        return may_consolidate(actor) and plan.jurisdiction_id == actor.jurisdiction_id
    return actor.has(*WRITERS) and answers_for(actor, plan.unit)


def may_answer(actor: Actor, unit: Unit) -> bool:
    """Begin the plan a unit is asked for: its own people, or those of the unit that answers for it."""
    return actor.is_system or (actor.has(*WRITERS) and answers_for(actor, unit))


def may_write(actor: Actor, plan: Plan) -> bool:
    """Add, change, remove items: its keeper, while it is open."""
    return is_open(plan) and keeps(actor, plan)


def may_write_any(actor: Actor) -> bool:
    """Before a plan is known: who writes plans at all."""
    return actor.is_system or (actor.unit_id is not None and actor.has(*WRITERS))


def may_consolidate(actor: Actor) -> bool:
    """Make the plan of all units: the office of the jurisdiction (二（二）)."""
    return actor.is_system or actor.has(*OFFICE)


def may_review(actor: Actor, plan: Plan) -> bool:
    """Return single items or accept: the office the plan was handed to, never for a unit the person serves. One query."""
    if actor.is_system:
        return True
    return (
        plan.level != Plan.Level.CONSOLIDATED
        and actor.has(*OFFICE)
        and plan.jurisdiction_id == actor.jurisdiction_id
        and not answers_for(actor, plan.unit)
        and not serves_there_too(actor, plan.unit, since=plan.year.starts_on)
    )


def may_approve(actor: Actor, plan: Plan) -> bool:
    """The group decides: the office writes down what was decided on paper, or a leader of the jurisdiction decides here."""
    leads = actor.has("leader") and plan.jurisdiction_id == actor.jurisdiction_id
    return plan.level == Plan.Level.CONSOLIDATED and (leads or keeps(actor, plan))

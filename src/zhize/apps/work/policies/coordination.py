"""Who may do what with matters raised for coordination: the unit raises and says whether it is settled, the office of the
jurisdiction handles, units asked reply; a leader's instruction is entered by the leader or by the office."""

from __future__ import annotations

from zhize.apps.orgs import selectors as orgs
from zhize.apps.orgs.models import Unit
from zhize.apps.work.models import Matter, MatterUnit
from zhize.apps.work.policies.tasks import OFFICE, UNIT
from zhize.kit.actor import Actor


def may_see_matters(actor: Actor) -> bool:
    """Everyone with a hat; which ones is the scope's matter."""
    return actor.is_system or actor.jurisdiction_id is not None


def may_raise_any(actor: Actor) -> bool:
    """Before the unit is known: people of units."""
    return actor.is_system or (actor.unit_id is not None and actor.has(*UNIT))


def may_raise(actor: Actor, unit: Unit) -> bool:
    """提请协调: people of the unit, or of the one that answers for it."""
    return actor.is_system or (actor.has(*UNIT) and orgs.answers_for(actor, unit))


def may_own(actor: Actor, matter: Matter) -> bool:
    """Supplement, withdraw, say whether it is settled: people of the unit that raised it. Reads: `matter.unit` joined."""
    return may_raise(actor, matter.unit)


def may_handle(actor: Actor, matter: Matter) -> bool:
    """Take in, return, ask units, lay before a leader, answer: the office of the jurisdiction."""
    return actor.is_system or (actor.has(*OFFICE) and matter.jurisdiction_id == actor.jurisdiction_id)


def may_instruct(actor: Actor, matter: Matter) -> bool:
    """登记批示: a leader of the jurisdiction, or the office that holds the paper."""
    leads = actor.has("leader") and matter.jurisdiction_id == actor.jurisdiction_id
    return leads or may_handle(actor, matter)


def may_reply(actor: Actor, row: MatterUnit) -> bool:
    """回复: people of the unit asked, or of the one that answers for it. Reads: `row.unit` joined."""
    return actor.is_system or (actor.has(*UNIT) and orgs.answers_for(actor, row.unit))

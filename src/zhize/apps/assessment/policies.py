"""Who may do what in an assessment.

The office carries the round through (二（三）), its director decides; the assessed evaluate themselves and object;
the office, assessors and the units the scheme names check and score. Nobody scores the own unit or region, whatever
the hat, and who scored a criterion does not answer the objection to it.
"""

from __future__ import annotations

from collections.abc import Collection

from zhize.apps.assessment.models import INSIDE, Appeal, Assessed, Entry, Round, SchemeDraft
from zhize.kit.actor import Actor

OFFICE = ("office_director", "office_staff")
UNIT = ("unit_head", "liaison", "clerk", *OFFICE)
CHECKING = (Round.State.CHECKING, Round.State.APPEALS)


def may_see_rounds(actor: Actor) -> bool:
    """The list: everybody with a hat in a jurisdiction (scope says which)."""
    return actor.is_system or actor.jurisdiction_id is not None


def may_keep_rounds(actor: Actor) -> bool:
    """Make a round, register a scheme: the office."""
    return actor.is_system or (actor.has(*OFFICE) and actor.jurisdiction_id is not None)


def may_see_surveys(actor: Actor) -> bool:
    """Results of surveys, all objects side by side: who carries rounds through or looks them over."""
    return actor.is_system or (actor.has(*INSIDE) and actor.jurisdiction_id is not None)


def may_write_draft(actor: Actor, draft: SchemeDraft) -> bool:
    """Change or register a draft of a scheme: the office of its jurisdiction."""
    return actor.is_system or (actor.has(*OFFICE) and draft.jurisdiction_id == actor.jurisdiction_id)


def may_keep(actor: Actor, round_: Round) -> bool:
    """Carry this round through: the office of its jurisdiction."""
    return actor.is_system or (actor.has(*OFFICE) and round_.jurisdiction_id == actor.jurisdiction_id)


def may_decide(actor: Actor, round_: Round) -> bool:
    """Record the approval, circulate, record or lift a veto: the director of the office."""
    return actor.is_system or (
        actor.has("office_director") and round_.jurisdiction_id == actor.jurisdiction_id
    )


def may_see_all(actor: Actor, round_: Round) -> bool:
    """All objects with their scores, before they are published: who carries it through or looks it over."""
    return actor.is_system or (actor.has(*INSIDE) and round_.jurisdiction_id == actor.jurisdiction_id)


OVER_SCORERS = ("leader", "office_director", "office_staff", "audit_admin", "external_auditor")


def may_compare_scorers(actor: Actor, round_: Round) -> bool:
    """Who scored how strictly: for those over the scorers, never for a scorer about the others."""
    return may_see_all(actor, round_) and (actor.is_system or actor.has(*OVER_SCORERS))


def is_own(actor: Actor, assessed: Assessed) -> bool:
    """Whether the acting unit is assessed, or answers for the one that is. Reads: `assessed.unit`, joined."""
    return actor.unit_id is not None and actor.unit_id in (
        assessed.unit_id,
        assessed.unit.answers_through_id,
    )


def may_evaluate_self(actor: Actor, assessed: Assessed) -> bool:
    """Fill in and hand in the self-evaluation: people of the assessed unit or of the one that answers for it."""
    return actor.is_system or (actor.has(*UNIT) and is_own(actor, assessed))


def may_enter_self(actor: Actor, assessed: Assessed) -> bool:
    """Enter a self-evaluation that came on paper (代录): the office, for others than itself. Reads: `round` joined."""
    return may_keep(actor, assessed.round) and not is_own(actor, assessed)


def may_see_scores(actor: Actor, assessed: Assessed) -> bool:
    """An object sees its own scores from the feedback on; who carries the round through always."""
    return may_see_all(actor, assessed.round) or assessed.round.shows_scores


def may_check(
    actor: Actor, assessed: Assessed, code: str, scored_by: Collection[str], served: Collection[int]
) -> bool:
    """Check and score a criterion: the office or an assessor, or the unit that `scored_by` (its criteria) names.

    Never for the own unit or region, nor where the person serves it under another hat (`served`: the units of all the
    person's posts of the year).
    """
    if actor.is_system:
        return True
    jurisdiction = assessed.round.jurisdiction_id == actor.jurisdiction_id
    in_charge = jurisdiction and (
        actor.has(*OFFICE, "assessor") or (actor.has(*UNIT, "assessor") and code in scored_by)
    )
    return in_charge and not is_own(actor, assessed) and not is_served(assessed, served)


def is_served(assessed: Assessed, units: Collection[int]) -> bool:
    """Whether one of these units is the object, or answers for it. Reads: `assessed.unit`, joined."""
    return assessed.unit_id in units or assessed.unit.answers_through_id in units


def may_file_appeal(actor: Actor, assessed: Assessed) -> bool:
    """Object to the initial result: the assessed."""
    return may_evaluate_self(actor, assessed)


def may_answer_appeal(actor: Actor, appeal: Appeal, entry: Entry | None, served: Collection[int]) -> bool:
    """Answer: the office, but neither who scored the criterion nor who serves the object."""
    if actor.is_system:
        return True
    assessed = appeal.assessed
    return (
        may_keep(actor, assessed.round)
        and not is_own(actor, assessed)
        and not (entry and entry.checked_user and entry.checked_user == actor.user_id)
        and not is_served(assessed, served)
    )


def may_read_digests(actor: Actor, unit_id: int) -> bool:
    """What other apps tell of a unit's year: the unit itself, and who looks over the jurisdiction."""
    return actor.is_system or actor.has(*INSIDE) or actor.unit_id == unit_id


def may_export_bundle(actor: Actor, round_: Round) -> bool:
    """The sealed input with all objects: the office, and who looks over the jurisdiction."""
    return may_keep(actor, round_) or (
        actor.has("audit_admin", "external_auditor") and round_.jurisdiction_id == actor.jurisdiction_id
    )


def may_report_upwards(actor: Actor, round_: Round) -> bool:
    """四（四）: the director of the local office reports the own round."""
    return may_decide(actor, round_)

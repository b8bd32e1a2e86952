"""Who may do what in an assessment.

The office carries the round through (二（三）), its director decides; the assessed evaluate themselves and object;
the office, the units the scheme names and the groups of assessors check and score, each what is theirs. Nobody scores
the own unit or region, whatever the hat, and who ever decided what an objection contests does not answer it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from zhize.apps.assessment.models import INSIDE, Appeal, Assessed, Round, SchemeDraft
from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.selectors import answers_for
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


def may_enter_points(actor: Actor, jurisdiction_id: int, unit: Unit) -> bool:
    """Enter or take back 平时加减分: the office of the jurisdiction, never for the own unit."""
    here = actor.has(*OFFICE) and jurisdiction_id == actor.jurisdiction_id
    return actor.is_system or (here and not answers_for(actor, unit))


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


def is_own(actor: Actor, assessed: Assessed) -> bool:
    """Whether the acting unit is assessed, or answers for the one that is. Reads: `assessed.unit`, joined."""
    return answers_for(actor, assessed.unit)


def may_evaluate_self(actor: Actor, assessed: Assessed) -> bool:
    """Fill in and hand in the self-evaluation: people of the assessed unit or of the one that answers for it."""
    return actor.is_system or (actor.has(*UNIT) and is_own(actor, assessed))


def may_enter_self(actor: Actor, assessed: Assessed) -> bool:
    """Enter a self-evaluation that came on paper (代录): the office, for others than itself. Reads: `round` joined."""
    return may_keep(actor, assessed.round) and not is_own(actor, assessed)


def may_look(actor: Actor, assessed: Assessed) -> bool:
    """回头看, whether what the result demanded was put right: as who may enter a self-evaluation."""
    return may_enter_self(actor, assessed)


def may_see_scores(actor: Actor, assessed: Assessed) -> bool:
    """An object sees its own scores from the feedback on; who carries the round through always."""
    return may_see_all(actor, assessed.round) or assessed.round.shows_scores


@dataclass(frozen=True, slots=True)
class Charge:
    """What is the acting person's to score in a round (`selectors.charge_of`).

    `codes`: the criteria the scheme gives to the acting unit, of all objects. `given`: object → the criteria its 考核组
    scores, for the assessors in it. `served`: the units of all the person's posts of the year.
    """

    codes: frozenset[str] = frozenset()
    given: Mapping[int, frozenset[str]] = field(default_factory=dict)
    served: frozenset[int] = frozenset()

    @property
    def is_scorer(self) -> bool:
        return bool(self.codes or self.given)

    @property
    def all_codes(self) -> frozenset[str]:
        """The criteria of which at least one object's is theirs."""
        return self.codes.union(*self.given.values())

    def covers(self, assessed_id: int, code: str) -> bool:
        return code in self.codes or code in self.given.get(assessed_id, ())


def may_check(actor: Actor, assessed: Assessed, code: str, charge: Charge) -> bool:
    """Check and score a criterion: the office, or the unit or the group whose it is.

    Never for the own unit or region, nor where the person serves it under another hat.
    """
    if actor.is_system:
        return True
    here = assessed.round.jurisdiction_id == actor.jurisdiction_id
    in_charge = actor.has(*OFFICE) or (actor.has(*UNIT, "assessor") and charge.covers(assessed.pk, code))
    return here and in_charge and not is_own(actor, assessed) and not is_served(assessed, charge.served)


def is_served(assessed: Assessed, units: Collection[int]) -> bool:
    """Whether one of these units is the object, or answers for it. Reads: `assessed.unit`, joined."""
    return assessed.unit_id in units or assessed.unit.answers_through_id in units


def may_file_appeal(actor: Actor, assessed: Assessed) -> bool:
    """Object to the initial result: the assessed."""
    return may_evaluate_self(actor, assessed)


def may_answer_appeal(actor: Actor, appeal: Appeal, judges: Collection[int], served: Collection[int]) -> bool:
    """Answer: the office or the leaders of the jurisdiction, but none of the `judges` whose decision is contested
    (`selectors.judges_of`), nor who serves the object."""
    if actor.is_system:
        return True
    assessed = appeal.assessed
    hears = actor.has("leader") and assessed.round.jurisdiction_id == actor.jurisdiction_id
    return (
        (hears or may_keep(actor, assessed.round))
        and not is_own(actor, assessed)
        and actor.user_id not in judges
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

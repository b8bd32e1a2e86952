"""Reads about the next version of a text: what changed, and how the register's duties would go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhize.apps.regulations.models import Clause, Duty, DutyClause, RegulationVersion
from zhize.apps.regulations.selectors.texts import LIVE
from zhize.core.duties.carry import Carry, Held, carry
from zhize.core.regulation.compare import Change, Piece, compare
from zhize.core.regulation.proposal import Candidate, Proposal
from zhize.kit.actor import Actor
from zhize.kit.rules import rule


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of the comparison with the clauses it speaks of."""

    change: Change
    old: Clause | None
    new: Clause | None


@dataclass(frozen=True, slots=True)
class CarryRow:
    """One line of the carrying over: the duty of the register, the candidate of the new text, what is proposed."""

    carry: Carry
    duty: Duty | None
    candidate: Candidate | None


def versions_of(actor: Actor, regulation_id: int) -> list[RegulationVersion]:
    """All versions of a document the actor sees, newest first; without their texts."""
    rows = RegulationVersion.objects.visible_to(actor).filter(regulation_id=regulation_id).defer("text")
    return list(rows.order_by("-number"))


def version_before(version: RegulationVersion) -> RegulationVersion | None:
    """The version people work by when this one comes: the latest confirmed one with a lower number."""
    rows = RegulationVersion.objects.system("the version before one the actor sees").filter(
        regulation_id=version.regulation_id,
        number__lt=version.number,
        state__in=(*LIVE, RegulationVersion.State.REPEALED),
    )
    return rows.order_by("-number").first()


def changes_between(old: RegulationVersion, new: RegulationVersion) -> list[ChangeRow]:
    """Two versions clause by clause (`regulation.compare`): two statements."""
    clauses = (
        Clause.objects.system("of versions the actor sees").filter(version__in=(old, new)).order_by("order")
    )
    by_version: dict[int, dict[str, Clause]] = {old.pk: {}, new.pk: {}}
    for clause in clauses:
        by_version[clause.version_id][clause.path] = clause
    before, after = by_version[old.pk], by_version[new.pk]
    changes = compare(
        [Piece(path, own_words(clause)) for path, clause in before.items()],
        [Piece(path, own_words(clause)) for path, clause in after.items()],
    )
    return [
        ChangeRow(change, before.get(change.old or ""), after.get(change.new or "")) for change in changes
    ]


def own_words(clause: Clause) -> str:
    """A clause with clauses below it is compared by its own words only."""
    return clause.text or clause.heading


def carry_rows(version: RegulationVersion, proposal: Proposal) -> list[CarryRow]:
    """How the duties that rest on this document would go on under the new text (`duties.carry`). Three statements."""
    duties = {duty.code: duty for duty in duties_of_regulation(version)}
    by_key = {candidate.key: candidate for candidate in proposal.candidates}
    day = version.in_force_on or version.regulation.issued_on or date.max
    values = rule("regulations/versions", on=day, jurisdiction=version.regulation.jurisdiction.code)
    lines = carry(
        [
            Held(code, duty.text, tuple(h.printed for h in duty.holders.all()))
            for code, duty in duties.items()
        ],
        [Held(c.key, c.text, tuple(h.name for h in c.holders)) for c in proposal.candidates],
        sure=Decimal(str(values["carry_sure"])),
    )
    return [CarryRow(line, duties.get(line.old or ""), by_key.get(line.new or "")) for line in lines]


def duties_of_regulation(version: RegulationVersion) -> list[Duty]:
    """The duties in force that rest on any version of this document, in the order of the register."""
    return list(
        Duty.objects.system("carried over to a version the actor confirms")
        .filter(bases__clause__version__regulation_id=version.regulation_id, valid_to__isnull=True)
        .prefetch_related("holders")
        .order_by("order", "pk")
        .distinct()
    )


def duties_resting_elsewhere(version: RegulationVersion, duties: list[Duty]) -> set[int]:
    """Those of the duties that a text in force of another document bears too: they do not end with this one."""
    return set(
        DutyClause.objects.filter(duty__in=duties, clause__version__state__in=LIVE)
        .exclude(clause__version__regulation_id=version.regulation_id)
        .values_list("duty_id", flat=True)
    )

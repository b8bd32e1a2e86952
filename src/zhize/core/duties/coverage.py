"""Orphans (责任空白): clauses nobody owns, duties no obligation was opened for, obligations without evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause or segment; `demands` is false for headings, preamble and the like, which nobody need own."""

    id: str
    demands: bool = True


@dataclass(frozen=True, slots=True)
class Duty:
    """A confirmed duty: from which clauses, held by which units. `due_this_year`: whether the year opens it."""

    id: str
    clauses: tuple[str, ...]
    holders: tuple[str, ...]
    due_this_year: bool = True


@dataclass(frozen=True, slots=True)
class Obligation:
    """(duty, unit) of the year. `evidence_expected`: past its due date or claimed, so that something must show it."""

    id: str
    duty: str
    unit: str
    has_evidence: bool
    evidence_expected: bool = True


@dataclass(frozen=True, slots=True)
class Coverage:
    """The orphan lists, each sorted by id, and how many there were to check."""

    clauses_without_owner: tuple[str, ...]
    duties_without_holder: tuple[str, ...]
    duties_without_obligation: tuple[tuple[str, str], ...]
    obligations_without_evidence: tuple[str, ...]
    dangling: tuple[str, ...]
    clauses: int
    expected_obligations: int
    expected_evidence: int

    @property
    def complete(self) -> bool:
        """Whether no orphan of any kind is left."""
        return not (
            self.clauses_without_owner
            or self.duties_without_holder
            or self.duties_without_obligation
            or self.obligations_without_evidence
            or self.dangling
        )


def orphans(clauses: Iterable[Clause], duties: Iterable[Duty], obligations: Iterable[Obligation]) -> Coverage:
    """Check the chain clause → duty → unit → obligation → evidence. Order-free; never raises.

    A duty held by three units needs an obligation for each of the three: missing pairs (duty, unit) are listed.
    References to things not given are reported in words (`dangling`), not passed over.
    """
    asked = {clause.id for clause in clauses if clause.demands}
    known = {duty.id: duty for duty in duties}
    opened = {item.id: item for item in obligations}
    owned = {clause for duty in known.values() if duty.holders for clause in duty.clauses}
    wanted = {(duty.id, unit) for duty in known.values() if duty.due_this_year for unit in duty.holders}
    expected = [item for item in opened.values() if item.evidence_expected]
    dangling = [
        f"履职事项 {item.id} 所属的职责 {item.duty} 不在清单中"
        for item in opened.values()
        if item.duty not in known
    ] + [
        f"履职事项 {item.id} 的单位 {item.unit} 不是职责 {item.duty} 的责任单位"
        for item in opened.values()
        if item.duty in known and item.unit not in known[item.duty].holders
    ]
    return Coverage(
        clauses_without_owner=tuple(sorted(asked - owned)),
        duties_without_holder=tuple(sorted(duty.id for duty in known.values() if not duty.holders)),
        duties_without_obligation=tuple(
            sorted(wanted - {(item.duty, item.unit) for item in opened.values()})
        ),
        obligations_without_evidence=tuple(sorted(item.id for item in expected if not item.has_evidence)),
        dangling=tuple(sorted(dangling)),
        clauses=len(asked),
        expected_obligations=len(wanted),
        expected_evidence=len(expected),
    )

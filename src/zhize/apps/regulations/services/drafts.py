"""A duty about to be registered, as plain values: from the reader's candidate, or from the row a person has checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from zhize.apps.regulations.models import DutyHolder, ProposedDuty
from zhize.core.regulation.holders import Holder, Role, Sort
from zhize.core.regulation.proposal import Candidate

ROLES = {
    Role.LEAD: DutyHolder.Role.LEAD,
    Role.SUPPORT: DutyHolder.Role.SUPPORT,
    Role.GUIDE: DutyHolder.Role.GUIDE,
    Role.CO_ACT: DutyHolder.Role.CO_ACT,
}


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says about one proposed duty; what is None stays as the reader proposed."""

    title: str | None = None
    nature: str | None = None
    kind: str | None = None
    recurrence: Mapping[str, Any] | None = None
    rule: Mapping[str, Any] | None = None
    sources: tuple[str, ...] | None = None
    holders: tuple[str, ...] | None = None
    drop: bool = False
    keep_flag: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A holder before it becomes a row: the printed name, its sort and role, the unit where a person chose one."""

    name: str
    sort: str = Sort.UNIT.value
    role: str = DutyHolder.Role.JOINT.value
    unit: int | None = None

    def as_data(self) -> dict[str, Any]:
        return {"name": self.name, "sort": self.sort, "role": self.role, "unit": self.unit}


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything a duty begins with. `path` and `segment` are its clause; `start` orders drafts by the text."""

    path: str
    segment: int
    start: int
    text: str
    title: str
    kind: str
    nature: str
    holders: tuple[Held, ...]
    recurrence: Mapping[str, Any]
    rule: Mapping[str, Any]
    sources: tuple[str, ...]
    common: bool
    flag: str
    relation: str = ""
    existing_id: int | None = None

    @property
    def key(self) -> str:
        return f"{self.path}#{self.segment}"


def held_of(holder: Holder) -> Held:
    """A holder as the reader found it; a role the text does not say is 承担."""
    role = ROLES.get(holder.role, DutyHolder.Role.JOINT)
    return Held(holder.name[:80], holder.sort.value, role.value)


def held_from(data: Iterable[Mapping[str, Any]]) -> tuple[Held, ...]:
    """The holders of a row as stored."""
    return tuple(
        Held(str(h["name"]), str(h.get("sort", "unit")), str(h.get("role", "joint")), h.get("unit"))
        for h in data
    )


def holders_corrected(holders: tuple[Held, ...], names: tuple[str, ...] | None) -> tuple[Held, ...]:
    """A person's names in a person's order; what the reader knew of a name stays."""
    if names is None:
        return holders
    known = {held.name: held for held in holders}
    return tuple(known.get(name, Held(name[:80])) for name in names)


def draft_of(candidate: Candidate) -> Draft:
    """The reader's candidate as it stands, nothing corrected."""
    return Draft(
        path=str(candidate.ref),
        segment=candidate.number,
        start=candidate.start,
        text=candidate.text,
        title="",
        kind=candidate.kind,
        nature=candidate.nature,
        holders=tuple(held_of(h) for h in candidate.holders),
        recurrence={},
        rule={},
        sources=(),
        common=candidate.common,
        flag="；".join(reason for _code, reason in candidate.flags),
    )


def draft_from(row: ProposedDuty) -> Draft:
    """A checked row (`clause` joined). Its flags go into the register only where the person said so."""
    holders = held_from(row.holders)
    return Draft(
        path=row.clause.path,
        segment=row.segment,
        start=row.start,
        text=row.text,
        title=row.title,
        kind=row.kind,
        nature=row.nature,
        holders=holders,
        recurrence=row.recurrence,
        rule=row.rule,
        sources=tuple(row.sources),
        common=any(held.sort == Sort.MEMBERS for held in holders),
        flag="；".join(row.flags) if row.keep_flag else "",
        relation=row.relation,
        existing_id=row.existing_id,
    )

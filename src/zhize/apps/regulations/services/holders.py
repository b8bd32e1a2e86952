"""Who holds a confirmed duty: printed names to units of the directory, collectives kept as such."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.regulations.models import Duty, DutyHolder
from zhize.core.regulation.holders import Holder, Role, Sort
from zhize.core.regulation.proposal import Candidate

KIND = "regulations.regulation"
VERSION_KIND = "regulations.version"
DUTY_KIND = "regulations.duty"
LONGEST_TEXT = 500_000


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


def named(candidate: Candidate, correction: Correction) -> list[tuple[str, Sort]]:
    """Holders as (printed name, sort), a person's correction first."""
    by_name = {h.name: h.sort for h in candidate.holders}
    if correction.holders is not None:
        return [(name, by_name.get(name, Sort.UNIT)) for name in correction.holders]
    return [(h.name, h.sort) for h in candidate.holders]


_COLLECTIVE = {
    Sort.MEMBERS: DutyHolder.Collective.MEMBERS,
    Sort.GOVERNMENTS: DutyHolder.Collective.LOCALS,
}
_ROLES = {
    Role.LEAD: DutyHolder.Role.LEAD,
    Role.SUPPORT: DutyHolder.Role.SUPPORT,
    Role.GUIDE: DutyHolder.Role.GUIDE,
    Role.CO_ACT: DutyHolder.Role.CO_ACT,
}


def holder_rows(
    duty: Duty,
    candidate: Candidate,
    fix: Correction,
    jurisdiction: Jurisdiction,
    directory: Mapping[str, Unit],
) -> list[DutyHolder]:
    by_name: dict[str, Holder] = {h.name: h for h in candidate.holders}
    rows: dict[tuple[int | None, str], DutyHolder] = {}
    for order, (name, sort) in enumerate(named(candidate, fix)):
        unit_id, collective = _resolve(name, sort, jurisdiction, directory)
        role = (
            _ROLES.get(by_name[name].role, DutyHolder.Role.JOINT)
            if name in by_name
            else DutyHolder.Role.JOINT
        )
        rows.setdefault(
            (unit_id, collective),
            DutyHolder(
                duty=duty, unit_id=unit_id, collective=collective, role=role, printed=name[:80], order=order
            ),
        )
    return list(rows.values())


def _resolve(
    name: str, sort: Sort, jurisdiction: Jurisdiction, directory: Mapping[str, Unit]
) -> tuple[int | None, str]:
    """The unit, or the collective it stands for."""
    if sort is Sort.GROUP and jurisdiction.group_unit_id:
        return jurisdiction.group_unit_id, ""
    if sort is Sort.OFFICE and jurisdiction.office_unit_id:
        return jurisdiction.office_unit_id, ""
    if sort in _COLLECTIVE:
        return None, _COLLECTIVE[sort]
    if unit := directory.get(name):
        return unit.pk, ""
    return None, DutyHolder.Collective.OTHER

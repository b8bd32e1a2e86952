"""What a printed name means in the documents of a jurisdiction, as people decide it once for all texts to come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from zhize.apps.orgs import services as orgs
from zhize.apps.orgs.models import Jurisdiction, Membership, Unit
from zhize.apps.regulations import log_types
from zhize.apps.regulations.models import DutyHolder, PrintedName
from zhize.apps.regulations.selectors.directory import directory_of
from zhize.apps.regulations.services.texts import refuse_stranger
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, Problem
from zhize.kit.things import ThingRef

Meaning = PrintedName.Meaning


@dataclass(frozen=True, slots=True)
class Means:
    """A decision: the unit, the collective, or why the name is no holder."""

    unit_id: int | None = None
    collective: str = ""
    reason: str = ""

    @property
    def meaning(self) -> str:
        if self.unit_id:
            return Meaning.UNIT
        return Meaning.COLLECTIVE if self.collective else Meaning.LEFT_OUT


@transaction.atomic
def names_decide(
    *, jurisdiction: Jurisdiction, decisions: Mapping[str, Means], actor: Actor, now: datetime
) -> int:
    """认定文中名称: kept for this and every later document of the jurisdiction; a later decision replaces an earlier one.

    Refuses a name that is left out without a reason. How many were decided.
    """
    refuse_stranger(actor, jurisdiction.pk)
    if not decisions:
        raise BadInput("没有选定名称", where="名录中没有的名称", remedy="请勾选名称，或填写对应的单位")
    if lost := [name for name, means in decisions.items() if means == Means()]:
        raise BadInput("没有写明理由", where=lost[0], remedy="不作为责任主体的，请写明理由")
    before = {
        row.name: row
        for row in PrintedName.objects.system("decided anew")
        .select_for_update()
        .filter(jurisdiction=jurisdiction, name__in=decisions)
    }
    for name, means in decisions.items():
        row = before.get(name) or PrintedName(jurisdiction=jurisdiction, name=name[:80])
        row.meaning, row.unit_id, row.collective = means.meaning, means.unit_id, means.collective
        row.reason = means.reason[:200]
        row.decided_at, row.decided_by = now, actor.name
        row.version += 1 if row.pk else 0
        row.full_clean()
        row.save()
    _log(
        jurisdiction,
        {n: [m.meaning, m.unit_id, m.collective, m.reason] for n, m in decisions.items()},
        actor,
        now,
    )
    return len(decisions)


@transaction.atomic
def name_forget(*, name: PrintedName, actor: Actor, now: datetime) -> None:
    """取消认定: the name is open again in texts not yet confirmed; registers already confirmed stay as they are."""
    refuse_stranger(actor, name.jurisdiction_id)
    jurisdiction = name.jurisdiction
    _log(jurisdiction, {name.name: None}, actor, now)
    name.delete()


@transaction.atomic
def names_register(
    *,
    jurisdiction: Jurisdiction,
    names: Iterable[str],
    kind: str,
    members_from: date | None,
    actor: Actor,
    now: datetime,
) -> int:
    """登记新单位: one unit per name in the own region, to be checked by the administrator; members from a day on where asked."""
    refuse_stranger(actor, jurisdiction.pk)
    wanted = list(names)
    if not wanted:
        raise BadInput("没有选定名称", where="名录中没有的名称", remedy="请勾选要登记的名称")
    if kind not in Unit.Kind.values:
        raise BadInput("没有选定单位类别", where="类别", remedy="请选择单位类别")
    units = orgs.units_add_named(jurisdiction=jurisdiction, names=wanted, kind=kind, actor=actor, now=now)
    for order, unit in enumerate(units if members_from else [], 1):
        data = {
            "unit": unit,
            "capacity": Membership.Capacity.MEMBER,
            "order": 1000 + order,
            "valid_from": members_from,
        }
        orgs.membership_add(jurisdiction=jurisdiction, data=data, actor=actor, now=now)
    _log(jurisdiction, {unit.name: ["unit", unit.pk, "", ""] for unit in units}, actor, now)
    return len(units)


def means_typed(*, jurisdiction: Jurisdiction, typed: Mapping[str, str]) -> dict[str, Means]:
    """Units as a person typed them beside the names → decisions; a unit nobody knows is refused by its place."""
    directory = directory_of(jurisdiction)
    found: dict[str, Means] = {}
    problems: list[Problem] = []
    collectives = {str(one.label): one.value for one in DutyHolder.Collective}
    for name, words in typed.items():
        if unit := directory.units.get(words):
            found[name] = Means(unit_id=unit.pk)
        elif words in collectives:
            found[name] = Means(collective=collectives[words])
        else:
            problems.append(Problem(f"单位名录中没有“{words}”", name, remedy="请从列表中选择单位"))
    if problems:
        raise BadInput(problems[0].what, problems, where=problems[0].where, remedy=problems[0].remedy)
    return found


def _log(jurisdiction: Jurisdiction, after: dict[str, object], actor: Actor, now: datetime) -> None:
    record(
        log_types.NAME_DECIDED,
        actor=actor,
        thing=ThingRef("orgs.jurisdiction", jurisdiction.pk),
        now=now,
        after=after,
        jurisdiction_code=jurisdiction.code,
    )

"""Units and their successions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhize.apps.orgs import policies
from zhize.apps.orgs.log_types import SUCCESSION_CHANGED, UNIT_CHANGED, UNIT_CREATED, UNIT_SUCCEEDED
from zhize.apps.orgs.models import Succession, Unit, UnitAlias
from zhize.apps.orgs.services.saving import assign, change, checked, demand, locked, ref
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput
from zhize.kit.versioned import snapshot

UNIT_FIELDS = (
    "code",
    "region",
    "name",
    "full_name",
    "name_en",
    "kind",
    "governance",
    "order",
    "located_in",
    "answers_through",
    "valid_from",
    "valid_to",
    "confirmed",
)
SUCCESSION_FIELDS = ("kind", "effective_on", "date_confirmed", "is_primary", "moved", "basis")
_NO_RIGHT = "只有本地区或上级地区的系统管理员可以管理单位"


@transaction.atomic
def unit_create(*, data: Mapping[str, Any], actor: Actor, now: datetime) -> Unit:
    """Adds a unit to a region the actor manages. Refuses: another region, a code already given, dates turned round."""
    unit = Unit()
    assign(unit, data, UNIT_FIELDS)
    _demand_region(unit, actor)
    checked(unit)
    unit.save()
    record(UNIT_CREATED, actor=actor, thing=ref(unit), now=now, after=snapshot(unit))
    return unit


@transaction.atomic
def unit_update(
    *, thing: Unit, data: Mapping[str, Any], version: int | None, actor: Actor, now: datetime
) -> Unit:
    """Changes a unit. A renaming by reform is not an update: use `unit_succeed`, printed names stay."""
    current = locked(Unit, thing.pk)
    _demand_region(current, actor)
    before, after = change(current, data, UNIT_FIELDS, version=version)
    _demand_region(current, actor)
    if before != after:
        record(UNIT_CHANGED, actor=actor, thing=ref(current), now=now, before=before, after=after)
    return current


@transaction.atomic
def unit_set_aliases(*, unit: Unit, names: Sequence[str], actor: Actor, now: datetime) -> None:
    """Replaces the other names under which documents mention the unit."""
    current = locked(Unit, unit.pk)
    _demand_region(current, actor)
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    rows = UnitAlias.objects.system("the aliases of the unit being written").filter(unit=current)
    old = sorted(rows.values_list("name", flat=True))
    if old == sorted(wanted):
        return
    rows.exclude(name__in=wanted).delete()
    UnitAlias.objects.bulk_create([UnitAlias(unit=current, name=n) for n in wanted if n not in old])
    current.version += 1
    current.save(update_fields=["version"])
    record(
        UNIT_CHANGED,
        actor=actor,
        thing=ref(current),
        now=now,
        before={"aliases": old},
        after={"aliases": sorted(wanted)},
    )


@transaction.atomic
def unit_succeed(
    *,
    predecessors: Sequence[Unit],
    successors: Sequence[Unit],
    kind: str,
    effective_on: date,
    primary: Unit | None = None,
    ends: bool = True,
    date_confirmed: bool = False,
    moved: str = "",
    basis: str = "",
    actor: Actor,
    now: datetime,
) -> list[Succession]:
    """Records that n units were taken over by m on a date; with `ends` the predecessors cease on that day.

    One row per pair; `primary` takes over membership and open matters. Refuses: nobody on one side, a unit
    that succeeds itself, a predecessor already abolished before the date, a primary that is no successor.
    """
    if not predecessors or not successors:
        raise BadInput("沿革缺少一方", remedy="请至少选一个原单位和一个承接单位")
    if {p.pk for p in predecessors} & {s.pk for s in successors}:
        raise BadInput("单位不能承接自己", remedy="职责划转时，请把划出和划入的单位分开填写")
    if primary is not None and primary.pk not in {s.pk for s in successors}:
        raise BadInput("承接成员资格的单位不在承接单位之中")
    old = [locked(Unit, unit.pk) for unit in sorted(predecessors, key=lambda u: u.pk)]
    for unit in [*old, *successors]:
        _demand_region(unit, actor)
    rows = []
    for unit in old:
        if unit.valid_to is not None and unit.valid_to < effective_on:
            raise BadInput(
                f"{unit.name}已于 {unit.valid_to} 撤销，不能在 {effective_on} 再被承接",
                remedy="请核对生效日期",
            )
        for successor in successors:
            row = Succession(
                predecessor=unit,
                successor=successor,
                kind=kind,
                effective_on=effective_on,
                date_confirmed=date_confirmed,
                is_primary=primary is not None and successor.pk == primary.pk,
                moved=moved,
                basis=basis,
            )
            checked(row)
            row.save()
            rows.append(row)
        if ends and unit.valid_to is None:
            change(unit, {"valid_to": effective_on}, ("valid_to",), version=None)
    record(
        UNIT_SUCCEEDED,
        actor=actor,
        thing=ref(old[0]),
        now=now,
        after={
            "predecessors": [u.code for u in old],
            "successors": [u.code for u in successors],
            "kind": kind,
            "effective_on": str(effective_on),
            "ends": ends,
            "moved": moved,
            "basis": basis,
        },
    )
    return rows


@transaction.atomic
def succession_create(*, data: Mapping[str, Any], actor: Actor, now: datetime) -> Succession:
    """One pair, as a form or a file gives it; the predecessor ceases unless only duties are transferred."""
    rest = dict(data)
    predecessor, successor = rest.pop("predecessor"), rest.pop("successor")
    is_primary = rest.pop("is_primary", False)
    rows = unit_succeed(
        predecessors=[predecessor],
        successors=[successor],
        primary=successor if is_primary else None,
        ends=rest["kind"] in (Succession.Kind.RENAMED, Succession.Kind.MERGED),
        actor=actor,
        now=now,
        **rest,
    )
    return rows[0]


@transaction.atomic
def succession_update(
    *, thing: Succession, data: Mapping[str, Any], version: int | None, actor: Actor, now: datetime
) -> Succession:
    """Corrects a succession's date, kind or basis once the document is found; the two units stay."""
    current = locked(Succession, thing.pk)
    _demand_region(current.predecessor, actor)
    for side in ("predecessor", "successor"):
        if side in data and data[side].pk != getattr(current, f"{side}_id"):
            raise BadInput("沿革的双方不能修改", remedy="登记有误的，请另登一条，并在划转内容中说明")
    rest = {k: v for k, v in data.items() if k in SUCCESSION_FIELDS}
    before, after = change(current, rest, SUCCESSION_FIELDS, version=version)
    if before != after:
        old = locked(Unit, current.predecessor_id)
        if str(old.valid_to) == before["effective_on"]:
            change(old, {"valid_to": current.effective_on}, ("valid_to",), version=None)
        record(SUCCESSION_CHANGED, actor=actor, thing=ref(current), now=now, before=before, after=after)
    return current


def _demand_region(unit: Unit, actor: Actor) -> None:
    demand(
        unit.region_id is not None and policies.may_manage_units_of(actor, unit.region),
        _NO_RIGHT,
        why=f"{unit.name}属于{unit.region.name if unit.region_id else '未指定的地区'}",
    )

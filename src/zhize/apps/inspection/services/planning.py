"""The plan of an on-site check: made, changed, approved and announced, called off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from zhize.apps.documents.services import approval_record
from zhize.apps.inspection import log_types, policies
from zhize.apps.inspection.models import GroupPerson, InspectedUnit, Inspection
from zhize.apps.inspection.selectors.inspections import groups_of, items_of, units_of
from zhize.apps.inspection.services.common import (
    OFFICE_ONLY,
    SWITCH,
    demand_office,
    demand_state,
    locked,
    log,
    moved,
    ref_of,
    refuse_own,
    refuse_while_on_paper,
    save,
)
from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.orgs.services.saving import assign, checked
from zhize.apps.orgs.services.todos import notice_send, notice_send_to_units
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, Problem
from zhize.kit.things import ThingRef
from zhize.kit.versioned import snapshot

FIELDS = (
    "title", "kind", "basis", "period_start", "period_end", "starts_on", "ends_on", "prepare", "contact",
)  # fmt: skip
APPROVAL_STEP = "批准核查方案"


@transaction.atomic
def inspection_plan(
    *,
    jurisdiction: Jurisdiction,
    year: WorkYear,
    data: dict[str, Any],
    unit_ids: Sequence[int],
    ref: ThingRef | None = None,
    is_demo: bool = False,
    actor: Actor,
    now: datetime,
) -> Inspection:
    """拟订: the office plans an on-site check of these units, by itself or for a thing above (`ref`)."""
    if not (policies.may_plan(actor) and (actor.is_system or jurisdiction.pk == actor.jurisdiction_id)):
        raise NotAllowed(OFFICE_ONLY, remedy=SWITCH)
    inspection = Inspection(jurisdiction=jurisdiction, year=year, created_at=now, is_demo=is_demo)
    if ref is not None:
        inspection.ref_kind, inspection.ref_id = ref.kind, ref.id
    _fill(inspection, data)
    checked(inspection)
    inspection.save()
    units = _set_units(inspection, unit_ids)
    log(log_types.PLANNED, inspection, actor, now, None, {**snapshot(inspection), "units": units})
    return inspection


@transaction.atomic
def inspection_update(
    *,
    inspection: Inspection,
    data: dict[str, Any],
    unit_ids: Sequence[int],
    version: int | None,
    actor: Actor,
    now: datetime,
) -> Inspection:
    """Changes the plan until it is announced; a unit left out loses its group, one already with a group keeps it."""
    current = locked(inspection, version, **{k: str(v) for k, v in data.items()})
    demand_office(actor, current)
    demand_state(current, [Inspection.State.DRAFT], "再改方案", "已通知的，请取消后另拟方案")
    refuse_while_on_paper(current, actor, "再改方案")
    before = {**snapshot(current), "units": [row.unit.name for row in units_of(current)]}
    _fill(current, data)
    save(current)
    units = _set_units(current, unit_ids)
    log(log_types.CHANGED, current, actor, now, before, {**snapshot(current), "units": units})
    return current


def _fill(inspection: Inspection, data: dict[str, Any]) -> None:
    assign(inspection, data, FIELDS)
    problems = [
        Problem(f"{first}{one}晚于{last}{other}", where=first, remedy="请对调或改正")
        for first, one, last, other in (
            ("所查期间起", inspection.period_start, "所查期间止", inspection.period_end),
            ("核查开始", inspection.starts_on, "核查结束", inspection.ends_on),
        )
        if one > other
    ]
    if problems:
        raise BadInput(problems[0].what, problems, where=problems[0].where, remedy=problems[0].remedy)


def _set_units(inspection: Inspection, unit_ids: Sequence[int]) -> list[str]:
    """Exactly these units, in official order; gives their names. Statements do not grow with the units."""
    wanted = list(
        Unit.objects.system("whom the office checks")
        .filter(pk__in=list(unit_ids))
        .select_related("region")
        .order_by("order", "code")
    )
    if not wanted:
        raise BadInput("没有选择被查单位", where="被查单位", remedy="请选择至少一个单位")
    rows = InspectedUnit.objects.system("the units of a plan being changed").filter(inspection=inspection)
    held = {row.unit_id: row for row in rows}
    rows.exclude(unit_id__in=[unit.pk for unit in wanted]).delete()
    kept: list[InspectedUnit] = []
    new: list[InspectedUnit] = []
    for order, unit in enumerate(wanted, 1):
        row = held.get(unit.pk) or InspectedUnit(inspection=inspection, unit=unit)
        row.order = order
        (kept if row.pk else new).append(row)
    InspectedUnit.objects.system("the units of a plan being changed").bulk_update(kept, ["order"])
    InspectedUnit.objects.bulk_create(new, batch_size=500)
    return [unit.name for unit in wanted]


@transaction.atomic
def inspection_announce(
    *,
    inspection: Inspection,
    by_name: str,
    on: date,
    by_title: str = "",
    opinion: str = "",
    scan: File[bytes] | None = None,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Inspection:
    """批准并通知: the approval is recorded, units and people are told. Everything a visit needs must be there."""
    current = locked(inspection, version)
    demand_office(actor, current)
    before = snapshot(current)
    moved(current, "announce")
    groups = groups_of(current)
    refuse_unready(current)
    for group in groups:
        refuse_own(list(group.people.all()), [row.unit for row in group.unit_rows.all()], now)
    approval_record(
        ref=ref_of(current), jurisdiction=current.jurisdiction, step=APPROVAL_STEP, by_name=by_name, on=on,
        by_title=by_title, opinion=opinion, scan=scan, actor=actor, now=now,
    )  # fmt: skip
    current.announced_on = local_day(now)
    save(current)
    when = f"{current.starts_on}至{current.ends_on}"
    texts = {
        row.unit.answers_through_id or row.unit_id: f"实地核查通知：“{current.title}”，{when}"
        for group in groups
        for row in group.unit_rows.all()
    }
    notice_send_to_units(texts=texts, roles=policies.UNIT, ref=ref_of(current), now=now)
    people = {p.user_id for group in groups for p in group.people.all() if p.user_id}
    notice_send(
        user_ids=sorted(people),
        text=f"请参加实地核查：“{current.title}”，{when}",
        ref=ref_of(current),
        now=now,
    )
    log(log_types.ANNOUNCED, current, actor, now, before, snapshot(current), f"{by_title}{by_name}批准")
    return current


def refuse_unready(inspection: Inspection) -> None:
    """All that is still missing, at once."""
    problems: list[Problem] = []
    groups = groups_of(inspection)
    if not items_of(inspection):
        problems.append(Problem("核查清单是空的", where="核查清单", remedy="请先列出核查项目"))
    if not groups:
        problems.append(Problem("没有核查组", where="核查组", remedy="请先设核查组"))
    problems += [
        Problem(f"{row.unit.name}没有分给任何一组", where="核查组", remedy="请把它分给一个组")
        for row in units_of(inspection)
        if row.group_id is None
    ]
    for group in groups:
        if not group.unit_rows.all():
            problems.append(
                Problem(f"{group.name}没有被查单位", where="核查组", remedy="请分给单位，或撤销这个组")
            )
        if not any(p.part == GroupPerson.Part.HEAD for p in group.people.all()):
            problems.append(Problem(f"{group.name}没有组长", where="核查组", remedy="请先定组长"))
    if problems:
        raise BadInput(problems[0].what, problems, where=problems[0].where, remedy=problems[0].remedy)


@transaction.atomic
def inspection_cancel(
    *, inspection: Inspection, reason: str, version: int | None = None, actor: Actor, now: datetime
) -> Inspection:
    """取消, with the reason; whoever was told is told so."""
    current = locked(inspection, version)
    demand_office(actor, current)
    if not reason.strip():
        raise BadInput("没有填写取消理由", where="取消理由", remedy="写明为什么不再核查")
    refuse_while_on_paper(current, actor, "取消核查")
    before, told = snapshot(current), current.state == Inspection.State.ANNOUNCED
    moved(current, "cancel")
    current.reason = reason.strip()
    save(current)
    if told:
        text = f"取消实地核查：“{current.title}”，{current.reason}"
        desks = {row.unit.answers_through_id or row.unit_id: text for row in units_of(current)}
        notice_send_to_units(texts=desks, roles=policies.UNIT, ref=None, now=now)
        people = [p.user_id for g in groups_of(current) for p in g.people.all() if p.user_id]
        notice_send(user_ids=people, text=text, ref=None, now=now)
    log(log_types.CANCELLED, current, actor, now, before, snapshot(current), current.reason)
    return current

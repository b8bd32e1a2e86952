"""On the spot: places, the record of one item at a time, handing it over for signing, leaving a place out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhize.apps.inspection import log_types
from zhize.apps.inspection.mapping.record import digest_of_record
from zhize.apps.inspection.models import (
    CheckedPlace,
    InspectedUnit,
    Inspection,
    PlaceDraw,
)
from zhize.apps.inspection.policies import may_record
from zhize.apps.inspection.selectors.places import JOINS, lines_of, spare_of
from zhize.apps.inspection.services.common import demand_state, locked, log
from zhize.apps.orgs.services.saving import checked as clean
from zhize.core.workflow.checked_place import TABLE
from zhize.core.workflow.table import next_state
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.versioned import check_version, snapshot

GROUP_ONLY, SWITCH = "只有去这个单位的核查组和办公室可以记录", "请由核查组的人员办理"
SIGNED_REMEDY = "双方签字后只能写明理由更正"


def places_from_draw(draw: PlaceDraw) -> None:
    """The drawn places become places to visit; a part of the draw, which is logged."""
    there = CheckedPlace.objects.system("places already listed").filter(checked_id=draw.checked_id)
    names = set(there.values_list("name", flat=True))
    rows = [
        CheckedPlace(
            checked_id=draw.checked_id, draw=draw, origin=CheckedPlace.Origin.DRAWN, name=one["id"][:120]
        )
        for one in draw.drawn
        if one["id"][:120] not in names
    ]
    CheckedPlace.objects.bulk_create(rows, batch_size=500)


def places_leave(draw: PlaceDraw) -> None:
    """A draw that is undone takes its places back; refused where one has records. A part of undoing it, which is logged."""
    rows = CheckedPlace.objects.system("places of a draw that is undone").filter(draw=draw)
    if begun := rows.filter(entries__isnull=False).first():
        raise StateConflict(
            f"{begun.name}已有核查记录，不能作废抽取",
            where=draw.title,
            remedy="请按原抽取结果核查，去不了的用候补替换",
        )
    rows.delete()


@transaction.atomic
def place_add(*, checked: InspectedUnit, name: str, note: str, actor: Actor, now: datetime) -> CheckedPlace:
    """指定: a place that was not drawn, with the reason (the unit itself, a complaint, a lead)."""
    inspection = locked(checked.inspection, None)
    if not may_record(actor, checked):
        raise NotAllowed(GROUP_ONLY, remedy=SWITCH)
    demand_state(inspection, [Inspection.State.ANNOUNCED], "增加核查点", "请先批准并通知")
    if not note.strip():
        raise BadInput("没有写明为什么指定", where="说明", remedy="如：查阅台账、群众举报")
    place = CheckedPlace(
        checked=checked, origin=CheckedPlace.Origin.NAMED, name=name.strip(), note=note.strip()
    )
    clean(place)
    place.save()
    log(log_types.PLACE_ADDED, inspection, actor, now, None, snapshot(place), f"{place.name}：{place.note}")
    return place


@transaction.atomic
def place_replace(*, place: CheckedPlace, reason: str, actor: Actor, now: datetime) -> CheckedPlace:
    """A drawn place that cannot be visited is left out; the next substitute of its stratum stands in."""
    current = locked_place(place, None)
    demand_record(actor, current)
    if not reason.strip():
        raise BadInput("没有写明为什么去不了", where="理由", remedy="如：企业已注销")
    following = spare_of(current)
    if not following:
        raise StateConflict(
            "没有候补可以替换", where=current.name, remedy="请作废抽取重新抽，或另行指定核查点"
        )
    before = snapshot(current)
    move(current, "drop")
    current.note = reason.strip()
    save_place(current)
    other = CheckedPlace(
        checked=current.checked, draw=current.draw, origin=CheckedPlace.Origin.SUBSTITUTE, instead_of=current,
        name=following[0][:120],
    )  # fmt: skip
    clean(other)
    other.save()
    note = f"{current.name}由{other.name}替换：{current.note}"
    log(log_types.PLACE_REPLACED, current.checked.inspection, actor, now, before, snapshot(other), note)
    return other


@transaction.atomic
def place_finish(
    *,
    place: CheckedPlace,
    visited_on: date,
    present: str,
    summary: str,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> CheckedPlace:
    """提交签字: the record is closed, its digest is what both sides sign. Every item must be recorded."""
    current = locked_place(place, version)
    demand_record(actor, current)
    lines = lines_of(current)
    if left := [line.item.name for line in lines if not line.filled]:
        raise BadInput(
            f"还有{len(left)}项没有记录：{'、'.join(left[:5])}",
            where=current.name,
            remedy="请逐项记录，没有的选不适用",
        )
    if visited_on > local_day(now):
        raise BadInput(f"到场日期 {visited_on} 晚于今天", where="到场日期", remedy="请填实际到场的日期")
    before = snapshot(current)
    move(current, "finish")
    current.visited_on, current.present, current.summary = visited_on, present.strip(), summary.strip()
    current.digest = digest_of_record(current, lines)
    save_place(current)
    log(
        log_types.PLACE_FINISHED,
        current.checked.inspection,
        actor,
        now,
        before,
        snapshot(current),
        current.name,
    )
    return current


@transaction.atomic
def place_reopen(
    *, place: CheckedPlace, reason: str, version: int | None = None, actor: Actor, now: datetime
) -> CheckedPlace:
    """退回记录 before both have signed; who had signed signs the new record."""
    current = locked_place(place, version)
    demand_record(actor, current)
    if not reason.strip():
        raise BadInput("没有写明为什么退回", where="理由", remedy="写明哪一项要改")
    before = snapshot(current)
    move(current, "reopen")
    current.digest = ""
    save_place(current)
    note = f"{current.name}：{reason.strip()}"
    log(log_types.PLACE_REOPENED, current.checked.inspection, actor, now, before, snapshot(current), note)
    return current


def locked_place(place: CheckedPlace, version: int | None) -> CheckedPlace:
    rows = CheckedPlace.objects.system("locked for a write").select_for_update(of=("self",))
    current: CheckedPlace = rows.select_related(*JOINS, "draw").get(pk=place.pk)
    mine: dict[str, Any] = {"summary": place.summary}
    check_version(current, version, mine=mine)
    return current


def demand_record(
    actor: Actor, place: CheckedPlace, during: Sequence[str] = (Inspection.State.ANNOUNCED,)
) -> None:
    """The group or the office, while the check is under way (or as `during` says)."""
    if not may_record(actor, place.checked):
        raise NotAllowed(GROUP_ONLY, remedy=SWITCH)
    demand_state(place.checked.inspection, during, "再改记录", "请与办公室联系")


def demand_place(place: CheckedPlace, state: str, what: str) -> None:
    if place.state != state:
        raise StateConflict(
            f"{place.get_state_display()}的核查点不能{what}", where=place.name, remedy=SIGNED_REMEDY
        )


def move(place: CheckedPlace, action: str) -> None:
    place.state = next_state(TABLE, place.state, action).next_state


def save_place(place: CheckedPlace) -> None:
    place.version += 1
    clean(place, exclude=("checked", "draw", "instead_of"))
    place.save()

"""参会回执, who came, and what that discharges (三（四）, 一（二）)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from zhize.apps.orgs.services.saving import checked
from zhize.apps.orgs.services.todos import todo_close
from zhize.apps.regulations.services import discharge_by_source, obligations_recount
from zhize.apps.work.log_types import conferences as log_types
from zhize.apps.work.models import Conference, ConferenceUnit
from zhize.apps.work.policies import conferences as policies
from zhize.apps.work.services.conference_common import (
    LOGGED,
    TODO_REPLY,
    demand_state,
    items_tick,
    locked_conference,
    log,
    moved,
    ref_of,
    save,
)
from zhize.apps.work.services.leave import await_word, leave_of
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.versioned import check_version, snapshot

HELD = "work.conference.held"
ATTENDED = "work.conference.attended"
REPLY = ConferenceUnit.Reply
SAID = ["reply", "attendee", "note", "leave"]


@transaction.atomic
def attendance_reply(
    *, row: ConferenceUnit, reply: str, attendee: str = "", note: str = "", actor: Actor, now: datetime
) -> ConferenceUnit:
    """参会回执: will attend, somebody else will (代会, with the name), or leave is asked (请假, with the reason)."""
    rows = ConferenceUnit.objects.system("locked for a write").select_for_update(of=("self",))
    current: ConferenceUnit = rows.select_related("unit", "conference__jurisdiction").get(pk=row.pk)
    conference = current.conference
    if not policies.may_reply(actor, current):
        raise NotAllowed("只有参会单位和办公室可以填写参会回执", remedy="请切换到该单位的身份")
    demand_state(conference, (Conference.State.CALLED,), "回执", "请与办公室联系")
    if reply not in (REPLY.WILL, REPLY.PROXY, REPLY.LEAVE):
        raise BadInput("没有选择参会、代会或请假", where="参会回执", remedy="请选择一项")
    if reply == REPLY.PROXY and not attendee.strip():
        raise BadInput("没有填写代会人", where="参会人", remedy="请写代会人的职务和姓名")
    if reply == REPLY.LEAVE and not note.strip():
        raise BadInput("没有填写请假事由", where="说明", remedy="请写明事由，办公室报主持人同意")
    before = snapshot(current, SAID)
    current.reply, current.attendee, current.note = reply, attendee.strip(), note.strip()
    current.replied_at, current.replied_by = now, actor.name
    current.leave = leave_of(current, actor)
    current.leave_word, current.leave_by, current.leave_at = "", "", None
    checked(current, exclude=("conference", "unit"))
    current.save()
    todo_close(ref=ref_of(conference), kind=TODO_REPLY, unit_id=current.unit_id, actor=actor, now=now)
    await_word(current, actor, now)
    record(
        log_types.REPLIED,
        actor=actor,
        thing=ref_of(conference),
        now=now,
        before=before,
        after=snapshot(current, SAID),
        note=current.unit.name,
        jurisdiction_code=conference.jurisdiction.code,
    )
    return current


@transaction.atomic
def conference_hold(
    *,
    conference: Conference,
    attended_ids: Collection[int],
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Conference:
    """登记召开: which units came. A joint conference discharges the group's duty to hold one (一（二）), and counts towards
    each unit's duty to attend (三（四））."""
    current = locked_conference(conference, actor)
    check_version(current, version, mine={})
    if current.held_on > local_day(now):
        raise BadInput(f"会期 {current.held_on} 还没有到", where="会期", remedy="请在会后登记，或先更正会期")
    before = snapshot(current, LOGGED)
    moved(current, "hold")
    rows = ConferenceUnit.objects.system("who came").filter(conference=current)
    if unknown := set(attended_ids) - set(rows.values_list("unit_id", flat=True)):
        raise BadInput("到会单位不在参会单位中", where=f"编号 {min(unknown)}", remedy="请刷新页面后重新勾选")
    rows.filter(unit_id__in=attended_ids).update(attended=True)
    rows.exclude(unit_id__in=attended_ids).update(attended=False)
    save(current)
    items_tick(current, ("item.replies", "item.place"), actor, now)
    todo_close(ref=ref_of(current), actor=actor, now=now)
    if current.kind == Conference.Kind.JOINT:
        _discharge(current, attended_ids, actor, now)
    log(log_types.HELD, current, actor, now, before, attended=sorted(attended_ids))
    return current


def _discharge(conference: Conference, attended_ids: Collection[int], actor: Actor, now: datetime) -> None:
    here = conference.jurisdiction  # the group's duty to meet, and the office's to prepare it
    if held := [pk for pk in (here.group_unit_id, here.office_unit_id) if pk]:
        discharge_by_source(
            code=HELD,
            ref=ref_of(conference),
            jurisdiction=conference.jurisdiction,
            unit_ids=held,
            on=conference.held_on,
            statement=f"{conference.held_on}召开{conference.title}，到会单位 {len(attended_ids)} 个",
            actor=actor,
            now=now,
        )
    obligations_recount(
        codes=[ATTENDED],
        unit_ids=list(attended_ids),
        days=(conference.held_on, conference.held_on),
        actor=actor,
        now=now,
    )

"""A conference registered, changed, called, called off; its checklist and papers (二（四）)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.orgs.services.saving import checked
from zhize.apps.orgs.services.todos import (
    NewTodo,
    notice_send_to_units,
    todo_close,
    todos_open,
    todos_reassign,
)
from zhize.apps.work.log_types import conferences as log_types
from zhize.apps.work.models import Conference, ConferenceCheck, ConferenceUnit
from zhize.apps.work.policies import conferences as policies
from zhize.apps.work.policies.tasks import UNIT
from zhize.apps.work.selectors.conference_rules import checklist, reply_by
from zhize.apps.work.services.conference_common import (
    LOGGED,
    TODO_REPLY,
    demand_state,
    invite,
    items_tick,
    locked_conference,
    log,
    moved,
    ref_of,
    save,
)
from zhize.apps.years.models import WorkYear
from zhize.core.papers.days import printed_day
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.versioned import check_version, snapshot

STATE = Conference.State
EDITABLE = ("kind", "title", "held_on", "begins", "place", "chair", "agenda")


@transaction.atomic
def conference_create(
    *,
    jurisdiction: Jurisdiction,
    year: WorkYear,
    data: Mapping[str, Any],
    unit_ids: Sequence[int],
    actor: Actor,
    now: datetime,
) -> Conference:
    """Registers a conference (`data`: any of `EDITABLE`) with the units to be called, and lays out its checklist."""
    if not (actor.is_system or (policies.may_call(actor) and jurisdiction.pk == actor.jurisdiction_id)):
        raise NotAllowed("只有本辖区办公室可以登记会议", remedy="请切换到办公室的身份")
    if year.state == WorkYear.State.CLOSED:
        raise StateConflict(f"{year.label}已关账，不能再登记会议", remedy="请选择进行中的年度")
    conference = Conference(
        jurisdiction=jurisdiction, year=year, created_at=now, **{n: data[n] for n in EDITABLE if n in data}
    )
    checked(conference)
    conference.save()
    invite(conference, unit_ids)
    items = checklist(jurisdiction.code, conference.held_on)
    ConferenceCheck.objects.bulk_create(
        ConferenceCheck(
            conference=conference, key=i.key, name=i.name, days=i.days, due_on=i.due_on, order=i.order
        )
        for i in items
    )
    log(log_types.CREATED, conference, actor, now, None, units=sorted(unit_ids))
    return conference


@transaction.atomic
def conference_update(
    *,
    conference: Conference,
    data: Mapping[str, Any],
    unit_ids: Sequence[int] | None = None,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> Conference:
    """Changes what was registered; another day moves the open items of the checklist and what awaits the units.

    Units may be changed while it is being prepared; once called, they are told of a change.
    """
    current = locked_conference(conference, actor)
    mine = {name: data[name] for name in EDITABLE if name in data}
    check_version(current, version, mine={name: str(value) for name, value in mine.items()})
    demand_state(current, (STATE.PREPARING, STATE.CALLED), "修改", "如需更正，请在纪要中说明")
    before, day = snapshot(current, LOGGED), current.held_on
    for name, value in mine.items():
        setattr(current, name, value)
    save(current)
    if unit_ids is not None and current.state == STATE.PREPARING:
        invite(current, unit_ids)
    if current.held_on != day:
        _move_checks(current)
        todos_reassign(
            refs=[ref_of(current)],
            kind=TODO_REPLY,
            due_on=reply_by(current.jurisdiction.code, current.held_on),
        )
    if current.state == STATE.CALLED:
        _tell(current, f"会议有变更：{_words(current)}", now)
    log(log_types.CHANGED, current, actor, now, before)
    return current


def _move_checks(conference: Conference) -> None:
    days = {item.key: item.due_on for item in checklist(conference.jurisdiction.code, conference.held_on)}
    rows = ConferenceCheck.objects.system("the checklist of one conference").filter(conference=conference)
    open_ones = [row for row in rows.filter(done_at__isnull=True) if row.key in days]
    for row in open_ones:
        row.due_on = days[row.key]
    rows.bulk_update(open_ones, ["due_on"])


@transaction.atomic
def conference_call(
    *, conference: Conference, version: int | None = None, actor: Actor, now: datetime
) -> Conference:
    """发出会议通知: every unit called gets a message and a to-do 参会回执."""
    current = locked_conference(conference, actor)
    check_version(current, version, mine={})
    before = snapshot(current, LOGGED)
    moved(current, "call")
    rows = rows_of(current)
    if not rows:
        raise BadInput("还没有参会单位", where=current.title, remedy="请先选择参会单位")
    if current.held_on < local_day(now):
        raise BadInput(f"会期 {current.held_on} 已过", where="会期", remedy="请先改为实际会期")
    current.called_at = now
    save(current)
    due = reply_by(current.jurisdiction.code, current.held_on)
    todos_open(
        todos=[
            NewTodo(
                current.jurisdiction_id,
                row.unit_id,
                TODO_REPLY,
                ref_of(current),
                f"参会回执：{current.title}",
                due,
            )
            for row in rows
        ],
        now=now,
    )
    _tell(current, f"会议通知：{_words(current)}", now)
    items_tick(current, ("item.notice",), actor, now)
    log(log_types.CALLED, current, actor, now, before, units=[row.unit_id for row in rows])
    return current


@transaction.atomic
def conference_call_off(
    *, conference: Conference, reason: str, version: int | None = None, actor: Actor, now: datetime
) -> Conference:
    """取消会议, with the reason; the units called are told."""
    current = locked_conference(conference, actor)
    if not reason.strip():
        raise BadInput("没有填写取消的理由", where="理由", remedy="写明是取消还是另行通知")
    check_version(current, version, mine={"reason": reason})
    before, told = snapshot(current, LOGGED), current.state == STATE.CALLED
    moved(current, "call_off")
    save(current)
    todo_close(ref=ref_of(current), actor=actor, now=now)
    if told:
        _tell(current, f"会议取消：{current.title}。{reason.strip()}", now)
    log(log_types.CALLED_OFF, current, actor, now, before, note=reason.strip())
    return current


def rows_of(conference: Conference) -> list[ConferenceUnit]:
    rows = ConferenceUnit.objects.system("the units of one conference").filter(conference=conference)
    return list(rows.select_related("unit", "conference").order_by("order", "pk"))


def _tell(conference: Conference, text: str, now: datetime) -> None:
    desks = [row.unit.answers_through_id or row.unit_id for row in rows_of(conference)]
    ref = ref_of(conference)
    notice_send_to_units(texts=dict.fromkeys(desks, text), roles=UNIT, ref=ref, now=now)


def _words(conference: Conference) -> str:
    """2012年6月20日9:00在省政府会议室召开联席会议."""
    day: date = conference.held_on
    when = printed_day(day) + (f"{conference.begins:%H:%M}" if conference.begins else "")
    place = f"在{conference.place}" if conference.place else ""
    return f"{when}{place}召开{conference.title}"

"""请假、代会: asked with the reply, granted or refused by the office that calls the conference (三（四）)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhize.apps.orgs.services.saving import checked
from zhize.apps.orgs.services.todos import NewTodo, notice_send_to_units, todo_close, todo_open
from zhize.apps.work.log_types import conferences as log_types
from zhize.apps.work.models import Conference, ConferenceUnit
from zhize.apps.work.policies import conferences as policies
from zhize.apps.work.policies.tasks import UNIT
from zhize.apps.work.selectors.conference_rules import reply_by
from zhize.apps.work.services.conference_common import TODO_LEAVE, TODO_REPLY, demand_state, ref_of
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.versioned import snapshot

REPLY, LEAVE = ConferenceUnit.Reply, ConferenceUnit.Leave
WORD = ["reply", "leave", "leave_word"]


def leave_of(row: ConferenceUnit, actor: Actor) -> str:
    """Where a reply leaves the office's word: none needed, asked by the unit, given by the office that enters it."""
    if row.reply not in (REPLY.PROXY, REPLY.LEAVE):
        return ""
    return LEAVE.GRANTED if policies.may_prepare(actor, row.conference) else LEAVE.ASKED


def await_word(row: ConferenceUnit, actor: Actor, now: datetime) -> None:
    """One to-do for the office while anything of this conference waits for its word."""
    waiting = ConferenceUnit.objects.system("what waits for the office").filter(
        conference_id=row.conference_id, leave=LEAVE.ASKED
    )
    number, ref = waiting.count(), ref_of(row.conference)
    todo_close(ref=ref, kind=TODO_LEAVE, actor=actor, now=now)
    office = row.conference.jurisdiction.office_unit_id
    if number and office:
        title = f"审批请假、代会 {number} 件：{row.conference.title}"
        todo_open(
            todo=NewTodo(
                row.conference.jurisdiction_id, office, TODO_LEAVE, ref, title[:200], row.conference.held_on
            ),
            now=now,
        )


@transaction.atomic
def leave_decide(
    *, row: ConferenceUnit, granted: bool, word: str = "", actor: Actor, now: datetime
) -> ConferenceUnit:
    """同意 or 不同意, the latter with the reason: the unit is told, and asked for its reply again."""
    rows = ConferenceUnit.objects.system("locked for a write").select_for_update(of=("self",))
    current: ConferenceUnit = rows.select_related("unit", "conference__jurisdiction").get(pk=row.pk)
    conference = current.conference
    if not policies.may_prepare(actor, conference):
        raise NotAllowed("只有召集会议的办公室可以审批", remedy="请切换到办公室的身份")
    demand_state(conference, (Conference.State.CALLED,), "审批请假、代会", "请在登记召开时写明")
    if current.leave != LEAVE.ASKED:
        raise StateConflict("这个单位没有待批的请假或代会", where=current.unit.name, remedy="请刷新页面查看")
    if not granted and not word.strip():
        raise BadInput("没有写明不同意的理由", where="审批意见", remedy="请写明理由，如“须主要负责人到会”")
    before, asked = snapshot(current, WORD), current.get_reply_display()
    current.leave = LEAVE.GRANTED if granted else LEAVE.REFUSED
    current.leave_word, current.leave_by, current.leave_at = word.strip(), actor.name, now
    checked(current, exclude=("conference", "unit"))
    current.save()
    await_word(current, actor, now)
    _tell(current, f"{asked}{current.get_leave_display()}：{conference.title}。{current.leave_word}", now)
    if not granted:
        due = max(reply_by(conference.jurisdiction.code, conference.held_on), local_day(now))
        title = f"重新回执：{conference.title}"
        todo_open(
            todo=NewTodo(
                conference.jurisdiction_id, current.unit_id, TODO_REPLY, ref_of(conference), title, due
            ),
            now=now,
        )
    record(
        log_types.LEAVE_DECIDED,
        actor=actor,
        thing=ref_of(conference),
        now=now,
        before=before,
        after=snapshot(current, WORD),
        note=current.unit.name,
        jurisdiction_code=conference.jurisdiction.code,
    )
    return current


def _tell(row: ConferenceUnit, text: str, now: datetime) -> None:
    desk = row.unit.answers_through_id or row.unit_id
    notice_send_to_units(texts={desk: text}, roles=UNIT, ref=ref_of(row.conference), now=now)

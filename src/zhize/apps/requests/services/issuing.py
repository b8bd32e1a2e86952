"""Sending a call, and ending it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.services.todos import todos_close, todos_open
from zhize.apps.requests import log_types, mapping
from zhize.apps.requests.events import CallEnded, CallIssued
from zhize.apps.requests.models import Call, CallFile, DraftComment, UnitRequest
from zhize.apps.requests.selectors.before_sending import before_sending
from zhize.apps.requests.services.comments import refuse_unanswered
from zhize.apps.requests.services.common import (
    CALL,
    due_todo,
    locked_call,
    ref_of,
    refuse_closed_year,
    refuse_outsider,
    tell,
)
from zhize.core.kernel.findings import Severity
from zhize.core.workflow.call import TABLE
from zhize.core.workflow.table import next_state
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, Problem, StateConflict
from zhize.kit.events import emit
from zhize.kit.rowfile import rowfile_store
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

STATE = ["state", "issued_at", "issued_by", "sent_despite", "ended_at", "ended_by", "note"]


@transaction.atomic
def call_issue(*, call: Call, version: int | None, actor: Actor, now: datetime, despite: str = "") -> Call:
    """Sends a call: one request, one to-do and one message a unit; emits `CallIssued`.

    Raises `BadInput` where nobody is asked, the due date is past, or the check before sending (`requests.check`) stops it and
    `despite` gives no reason. Statements do not grow with the units.
    """
    current = locked_call(call)
    refuse_outsider(actor, current)
    refuse_closed_year(current.year)
    check_version(current, version, mine={})
    before = snapshot(current, STATE)
    current.state = next_state(TABLE, current.state, "issue").next_state
    units = list(
        Unit.objects.system("the addressees of a call").filter(pk__in=current.addressees.values("unit_id"))
    )
    if not units:
        raise BadInput(_("没有选择征集对象"), where=_("征集对象"), remedy=_("请至少选择一个单位后再发出"))
    if current.due_on < local_day(now):
        raise BadInput(
            _("报送期限 %(day)s 已过") % {"day": current.due_on},
            where=_("报送期限"),
            why=_("各单位收到时已经逾期"),
            remedy=_("请改为今天或以后的日期"),
        )
    _refuse_without_draft(current)
    current.sent_despite = _reason_against(current, despite, local_day(now))
    current.issued_at, current.issued_by = now, actor.name
    current.version += 1
    current.full_clean()
    current.save()
    rows = [
        UnitRequest(call=current, jurisdiction=current.jurisdiction, unit=unit, due_on=current.due_on)
        for unit in units
    ]
    UnitRequest.objects.bulk_create(rows)
    todos_open(todos=[due_todo(row) for row in rows], now=now)
    text = f"征集：{current.title}，请于{current.due_on:%Y-%m-%d}前报送"
    tell(units, text, ThingRef(CALL, current.pk), now)
    emit(CallIssued(call=current, actor=actor, now=now))
    record(
        log_types.CALL_ISSUED,
        actor=actor,
        thing=ThingRef(CALL, current.pk),
        now=now,
        before=before,
        after=snapshot(current, STATE) | {"units": len(units)},
        rows_digest=rowfile_store({"unit": u.code, "due": current.due_on} for u in units),
        jurisdiction_code=current.jurisdiction.code,
    )
    return current


@transaction.atomic
def call_close(*, call: Call, version: int | None, actor: Actor, now: datetime, note: str = "") -> Call:
    """Ends a call: what has not been answered stays so, and is shown so; nobody's to-do remains. Emits `CallEnded`."""
    return _end(call, "close", note, version, actor, now)


@transaction.atomic
def call_cancel(*, call: Call, note: str, version: int | None, actor: Actor, now: datetime) -> Call:
    """Takes a call back, with the reason: units see that they need not answer. Emits `CallEnded`."""
    if not note.strip():
        raise BadInput(_("请写明取消的原因"), where=_("说明"), why=_("各单位会看到"))
    return _end(call, "cancel", note, version, actor, now)


def _refuse_without_draft(call: Call) -> None:
    if call.content != mapping.COMMENTS or call.source_id or CallFile.objects.filter(call=call).exists():
        return
    raise BadInput(
        _("没有征求意见稿"),
        where=_("随附文件"),
        why=_("各单位要对着文稿提意见"),
        remedy=_("请上传征求意见稿后再发出"),
    )


def _reason_against(call: Call, despite: str, today: date) -> str:
    """The reason, kept only where something stops the call; without one it is refused, finding by finding."""
    stopping = [one for one in before_sending(call, today).findings if one.severity is Severity.REFUSE]
    if stopping and not despite.strip():
        why = _("本辖区规定这样的征集不得直接发出")
        remedy = _("请修改征集；确需发出的，请写明理由")
        problems = [Problem(one.what, one.where, why, remedy) for one in stopping]
        raise BadInput(_("发出前检查没有通过"), problems)
    return despite.strip() if stopping else ""


def _tell_what_became(call: Call, requests: list[UnitRequest], now: datetime) -> None:
    """Units that proposed something are told that the table of adoption is settled. Three statements."""
    proposed = DraftComment.objects.system("whose comments were answered").filter(request__in=requests)
    heard = set(proposed.values_list("request_id", flat=True))
    words = f"“{call.title}”的意见采纳情况已定，请在本单位报送件中查看"
    tell([r.unit for r in requests if r.pk in heard], words, ThingRef(CALL, call.pk), now)


def _refuse_unread(call: Call) -> None:
    rows = UnitRequest.objects.system("a call ends when its answers are read").filter(
        call=call, state=UnitRequest.State.SUBMITTED
    )
    if waiting := rows.count():
        raise StateConflict(
            _("还有 %(n)s 份报送没有审核") % {"n": waiting},
            where=call.title,
            why=_("结束后不能再接收或退回"),
            remedy=_("请先审核，再结束征集"),
        )


def _end(call: Call, action: str, note: str, version: int | None, actor: Actor, now: datetime) -> Call:
    current = locked_call(call)
    refuse_outsider(actor, current)
    check_version(current, version, mine={"note": note})
    before = snapshot(current, STATE)
    was_sent = current.state == Call.State.ISSUED
    if action == "close":
        _refuse_unread(current)
        refuse_unanswered(current)
    current.state = next_state(TABLE, current.state, action).next_state
    current.ended_at, current.ended_by, current.note = now, actor.name, note.strip()
    current.version += 1
    current.full_clean()
    current.save()
    if was_sent:
        rows = UnitRequest.objects.system("a call is over").filter(call=current).select_related("unit")
        requests = list(rows)
        todos_close(refs=[ref_of(r) for r in requests] + [ThingRef(CALL, current.pk)], actor=actor, now=now)
        if action == "cancel":
            words = f"取消征集：{current.title}。{current.note}"
            tell([r.unit for r in requests], words, ThingRef(CALL, current.pk), now)
        elif current.content == mapping.COMMENTS:
            _tell_what_became(current, requests, now)
        emit(CallEnded(call=current, actor=actor, now=now))
    record(
        log_types.CALL_CLOSED if action == "close" else log_types.CALL_CANCELLED,
        actor=actor,
        thing=ThingRef(CALL, current.pk),
        now=now,
        before=before,
        after=snapshot(current, STATE),
        note=current.note,
        jurisdiction_code=current.jurisdiction.code,
    )
    return current

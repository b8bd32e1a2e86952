"""Handing in for an obligation, and the office's word on it (三（三）, 二（一）)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction

from zhize.apps.documents.models import Evidence
from zhize.apps.documents.services import evidence_register
from zhize.apps.orgs.services.todos import NewTodo, todo_close, todo_open
from zhize.apps.regulations import log_types, policies
from zhize.apps.regulations.models import Discharge, Obligation
from zhize.apps.regulations.services.common import (
    KIND,
    LOGGED,
    TODO_RETURNED,
    after_submit,
    link,
    locked,
    log,
    pair,
    refuse_closed,
    refuse_empty,
    rejudge,
    reopen_due_todo,
    save,
    tell_unit,
    values,
    waiting,
    words_of,
)
from zhize.core.workflow.discharge import TABLE
from zhize.core.workflow.table import next_state
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot


@transaction.atomic
def discharge_submit(
    *,
    obligation: Obligation,
    statement: str,
    evidence: Sequence[Evidence],
    actor: Actor,
    now: datetime,
    source: ThingRef | None = None,
) -> Discharge:
    """The unit says what it did, with evidence. A second one while the first waits is refused: withdraw that first."""
    current = locked(obligation)
    if not policies.may_discharge(actor, current):
        raise NotAllowed(
            "只有责任单位的人员可以报送履行材料", remedy="请切换到该单位的身份，或联系该单位联络员"
        )
    refuse_closed(current)
    refuse_empty(statement, evidence, source)
    if earlier := waiting(current):
        raise StateConflict(
            f"{earlier.submitted_by}已于{local_day(earlier.submitted_at)}报送，正在等待确认",
            why="同一事项一次只审核一份材料",
            remedy="如需更换，请先撤回原材料再报送",
        )
    discharge = Discharge(
        obligation=current,
        jurisdiction_id=current.jurisdiction_id,
        unit_id=actor.unit_id or current.unit_id,
        statement=statement.strip(),
        submitted_at=now,
        submitted_by=actor.name,
        source_kind=source.kind if source else "",
        source_id=source.id if source else None,
    )
    discharge.full_clean()
    discharge.save()
    link(discharge, evidence, now)
    after_submit(current, actor, now)
    log(log_types.DISCHARGE_SUBMITTED, current, actor, now, after=values(discharge, evidence))
    return discharge


@transaction.atomic
def discharge_hand_in(
    *,
    obligation: Obligation,
    statement: str,
    uploads: Sequence[File[bytes]],
    dated_on: date,
    existing: Sequence[Evidence],
    actor: Actor,
    now: datetime,
) -> Discharge:
    """The whole step a person takes: files stored, registered as evidence of the period, and handed in - or nothing.

    Where the office has returned the last one, this is its correction (`discharge_resubmit`).
    """
    new = [
        evidence_register(
            upload=upload,
            jurisdiction=obligation.jurisdiction,
            title=upload.name or "",
            dated_on=dated_on,
            period=(obligation.period_start, obligation.period_end),
            actor=actor,
            now=now,
        )
        for upload in uploads
    ]
    evidence = [*new, *existing]
    earlier = waiting(obligation)
    if earlier and earlier.state == Discharge.State.RETURNED:
        return discharge_resubmit(
            discharge=earlier, statement=statement, evidence=evidence, version=None, actor=actor, now=now
        )
    return discharge_submit(
        obligation=obligation, statement=statement, evidence=evidence, actor=actor, now=now
    )


@transaction.atomic
def discharge_resubmit(
    *,
    discharge: Discharge,
    statement: str,
    evidence: Sequence[Evidence],
    version: int | None,
    actor: Actor,
    now: datetime,
) -> Discharge:
    """A returned one, corrected and handed in again: the new day decides lateness."""
    current, obligation = pair(discharge)
    if not policies.may_discharge(actor, obligation):
        raise NotAllowed("只有责任单位的人员可以重新报送", remedy="请切换到该单位的身份")
    refuse_closed(obligation)
    refuse_empty(statement, evidence, None)
    check_version(current, version, mine={"statement": statement})
    before = snapshot(current, LOGGED)
    current.state = next_state(TABLE, current.state, "resubmit").next_state
    current.statement, current.submitted_at, current.submitted_by = statement.strip(), now, actor.name
    current.decided_at, current.decided_by = None, ""
    save(current)
    link(current, evidence, now)
    after_submit(obligation, actor, now)
    log(log_types.DISCHARGE_SUBMITTED, obligation, actor, now, before=before, after=snapshot(current, LOGGED))
    return current


@transaction.atomic
def discharge_confirm(
    *, discharge: Discharge, comment: str = "", version: int | None, actor: Actor, now: datetime
) -> Discharge:
    """The office accepts: the obligation counts as done on the day it was handed in."""
    return _decide(discharge, "confirm", comment, version, actor, now)


@transaction.atomic
def discharge_return(
    *, discharge: Discharge, comment: str, version: int | None, actor: Actor, now: datetime
) -> Discharge:
    """The office sends it back; without saying what is to be mended it is refused."""
    if not comment.strip():
        raise BadInput(
            "请写明退回理由", where="审核意见", why="报送单位要据此补正", remedy="写清缺什么、改哪里"
        )
    return _decide(discharge, "return", comment, version, actor, now)


@transaction.atomic
def discharge_withdraw(
    *, discharge: Discharge, version: int | None, actor: Actor, now: datetime
) -> Discharge:
    """The unit takes back what has not been decided."""
    current, obligation = pair(discharge)
    if not policies.may_withdraw(actor, current):
        raise NotAllowed("只有报送单位可以撤回", remedy="请联系报送单位的联络员")
    refuse_closed(obligation)
    check_version(current, version, mine={})
    before = snapshot(current, LOGGED)
    current.state = next_state(TABLE, current.state, "withdraw").next_state
    current.decided_at, current.decided_by = now, actor.name
    save(current)
    rejudge(obligation, now)
    todo_close(ref=ThingRef(KIND, obligation.pk), actor=actor, now=now)
    reopen_due_todo(obligation, now)
    log(log_types.DISCHARGE_WITHDRAWN, obligation, actor, now, before=before, after=snapshot(current, LOGGED))
    return current


def _decide(
    discharge: Discharge, action: str, comment: str, version: int | None, actor: Actor, now: datetime
) -> Discharge:
    current, obligation = pair(discharge)
    if not policies.may_decide(actor, obligation):
        raise NotAllowed(
            "只有本辖区办公室可以审核，且不能审核本单位的事项", remedy="请由办公室其他身份的人员办理"
        )
    refuse_closed(obligation)
    check_version(current, version, mine={"comment": comment})
    before = snapshot(current, LOGGED)
    current.state = next_state(TABLE, current.state, action).next_state
    current.decided_at, current.decided_by, current.comment = now, actor.name, comment.strip()
    save(current)
    rejudge(obligation, now)
    ref = ThingRef(KIND, obligation.pk)
    todo_close(ref=ref, actor=actor, now=now)
    words = words_of(obligation)
    if action == "return":
        todo_open(
            todo=NewTodo(
                jurisdiction_id=obligation.jurisdiction_id,
                unit_id=discharge.unit_id,
                kind=TODO_RETURNED,
                ref=ref,
                title=f"补正后重新报送：{words}",
                due_on=obligation.due_on,
            ),
            now=now,
        )
    else:
        tell_unit(discharge.unit_id, f"已确认：{words}", ref, now)
    what = log_types.DISCHARGE_RETURNED if action == "return" else log_types.DISCHARGE_CONFIRMED
    log(what, obligation, actor, now, before=before, after=snapshot(current, LOGGED))
    return current

"""Handing in for an obligation, and the office's word on it (三（三）, 二（一）)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from zhize.apps.documents.models import Evidence
from zhize.apps.documents.services import evidence_register
from zhize.apps.orgs.services.todos import NewTodo, notice_send_to_units, todo_close, todo_open
from zhize.apps.regulations import log_types, mapping, policies
from zhize.apps.regulations.models import Discharge, DischargeEvidence, Obligation, Waiver
from zhize.apps.years.models import WorkYear
from zhize.apps.years.selectors import calendar
from zhize.core.duties.discharge import evaluate
from zhize.core.workflow.discharge import TABLE
from zhize.core.workflow.table import next_state
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, NotAllowed, Problem, StateConflict
from zhize.kit.rules import rule
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

KIND = "regulations.obligation"
TODO_CONFIRM = "discharge.confirm"
TODO_RETURNED = "discharge.returned"
LOGGED = ["state", "statement", "comment", "submitted_at", "decided_at"]


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
    _refuse_empty(statement, evidence, source)
    if waiting := _waiting(current):
        raise StateConflict(
            f"{waiting.submitted_by}已于{mapping.local_day(waiting.submitted_at)}报送，正在等待确认",
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
    _link(discharge, evidence)
    _after_submit(current, actor, now)
    log(log_types.DISCHARGE_SUBMITTED, current, actor, now, after=_values(discharge, evidence))
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
    waiting = _waiting(obligation)
    if waiting and waiting.state == Discharge.State.RETURNED:
        return discharge_resubmit(
            discharge=waiting, statement=statement, evidence=evidence, version=None, actor=actor, now=now
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
    current, obligation = _pair(discharge)
    if not policies.may_discharge(actor, obligation):
        raise NotAllowed("只有责任单位的人员可以重新报送", remedy="请切换到该单位的身份")
    refuse_closed(obligation)
    _refuse_empty(statement, evidence, None)
    check_version(current, version, mine={"statement": statement})
    before = snapshot(current, LOGGED)
    current.state = next_state(TABLE, current.state, "resubmit").next_state
    current.statement, current.submitted_at, current.submitted_by = statement.strip(), now, actor.name
    current.decided_at, current.decided_by = None, ""
    _save(current)
    _link(current, evidence)
    _after_submit(obligation, actor, now)
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
    current, obligation = _pair(discharge)
    if not policies.may_withdraw(actor, current):
        raise NotAllowed("只有报送单位可以撤回", remedy="请联系报送单位的联络员")
    check_version(current, version, mine={})
    before = snapshot(current, LOGGED)
    current.state = next_state(TABLE, current.state, "withdraw").next_state
    current.decided_at, current.decided_by = now, actor.name
    _save(current)
    rejudge(obligation, now)
    todo_close(ref=ThingRef(KIND, obligation.pk), actor=actor, now=now)
    log(log_types.DISCHARGE_WITHDRAWN, obligation, actor, now, before=before, after=snapshot(current, LOGGED))
    return current


def _decide(
    discharge: Discharge, action: str, comment: str, version: int | None, actor: Actor, now: datetime
) -> Discharge:
    current, obligation = _pair(discharge)
    if not policies.may_decide(actor, obligation):
        raise NotAllowed(
            "只有本辖区办公室可以审核，且不能审核本单位的事项", remedy="请由办公室其他身份的人员办理"
        )
    refuse_closed(obligation)
    check_version(current, version, mine={"comment": comment})
    before = snapshot(current, LOGGED)
    current.state = next_state(TABLE, current.state, action).next_state
    current.decided_at, current.decided_by, current.comment = now, actor.name, comment.strip()
    _save(current)
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


def _after_submit(obligation: Obligation, actor: Actor, now: datetime) -> None:
    """New state, the unit's to-dos done, one for the office."""
    rejudge(obligation, now)
    ref = ThingRef(KIND, obligation.pk)
    todo_close(ref=ref, actor=actor, now=now)
    if office := obligation.jurisdiction.office_unit_id:
        todo_open(
            todo=NewTodo(
                jurisdiction_id=obligation.jurisdiction_id,
                unit_id=office,
                kind=TODO_CONFIRM,
                ref=ref,
                title=f"审核：{obligation.unit.name} {words_of(obligation)}",
                due_on=_confirm_by(obligation, now),
            ),
            now=now,
        )


def _confirm_by(obligation: Obligation, now: datetime) -> date:
    """The day by which the office owes its word: so many working days after the submission (rule `confirm_days`)."""
    today = mapping.local_day(now)
    days = int(rule("years/lights", on=today, jurisdiction=obligation.jurisdiction.code)["confirm_days"])
    return calendar((today.year, today.year + 1)).add(today, days)


def words_of(obligation: Obligation) -> str:
    """制定本部门工作方案（2012年上半年), as to-dos and messages say it; a one-off matter has no period."""
    once = obligation.duty.nature == obligation.duty.Nature.ONCE
    return obligation.duty.title if once else f"{obligation.duty.title}（{obligation.period_label}）"


def tell_unit(unit_id: int, text: str, ref: ThingRef, now: datetime) -> None:
    """A message to the people of the unit who answer for obligations."""
    notice_send_to_units(texts={unit_id: text}, roles=policies.UNIT, ref=ref, now=now)


def rejudge(obligation: Obligation, now: datetime) -> None:
    """Derives the obligation's state again from its discharges and waivers (`duties.discharge`) and saves it."""
    discharges = Discharge.objects.system("judging one obligation").filter(obligation=obligation)
    waivers = Waiver.objects.system("judging one obligation").filter(obligation=obligation)
    outcome = evaluate(
        mapping.rule_of(obligation.duty),
        mapping.facts_of(discharges, waivers),
        period=mapping.period_of(obligation),
        due=obligation.due_on,
        today=mapping.local_day(now),
    )
    mapping.put_outcome(obligation, outcome)
    obligation.version += 1
    obligation.save()


def locked(obligation: Obligation) -> Obligation:
    return (
        Obligation.objects.system("locked for a write")
        .select_for_update(of=("self",))
        .select_related("duty", "unit", "year", "jurisdiction")
        .get(pk=obligation.pk)
    )


def _pair(discharge: Discharge) -> tuple[Discharge, Obligation]:
    """The obligation first, then the discharge: always locked in this order, so that two people cannot block each other."""
    obligation = locked(discharge.obligation)
    return Discharge.objects.system("locked for a write").select_for_update().get(pk=discharge.pk), obligation


def _waiting(obligation: Obligation) -> Discharge | None:
    return (
        Discharge.objects.system("one at a time")
        .filter(obligation=obligation, state__in=(Discharge.State.SUBMITTED, Discharge.State.RETURNED))
        .first()
    )


def refuse_closed(obligation: Obligation) -> None:
    if obligation.year.state == WorkYear.State.CLOSED:
        raise StateConflict(
            f"{obligation.year.label}已关账，不能再办理", remedy="如确需办理，请联系办公室重新开启该年度"
        )
    if obligation.status == Obligation.Status.STANDING:
        raise StateConflict("常态履职不需要单独报送", why="由计划事项、台账数据和总结体现")


def _refuse_empty(statement: str, evidence: Sequence[Evidence], source: ThingRef | None) -> None:
    problems = []
    if not statement.strip():
        problems.append(
            Problem("请填写履行情况说明", "履行情况说明", remedy="一两句话写明做了什么、结果如何")
        )
    if not evidence and source is None:
        problems.append(
            Problem(
                "请附佐证材料",
                "佐证材料",
                why="没有材料办公室无从确认",
                remedy="上传文件，或选用已登记的材料",
            )
        )
    if problems:
        raise BadInput("报送内容不完整", problems)


def _link(discharge: Discharge, evidence: Sequence[Evidence]) -> None:
    here = set(DischargeEvidence.objects.filter(discharge=discharge).values_list("evidence_id", flat=True))
    DischargeEvidence.objects.bulk_create(
        DischargeEvidence(discharge=discharge, evidence=e) for e in evidence if e.pk not in here
    )


def _save(discharge: Discharge) -> None:
    discharge.version += 1
    discharge.full_clean()
    discharge.save()


def _values(discharge: Discharge, evidence: Sequence[Evidence]) -> dict[str, Any]:
    return {**snapshot(discharge, LOGGED), "evidence": [e.pk for e in evidence]}


def log(log_type: Any, obligation: Obligation, actor: Actor, now: datetime, **values: Any) -> None:
    record(
        log_type,
        actor=actor,
        thing=ThingRef(KIND, obligation.pk),
        now=now,
        jurisdiction_code=obligation.jurisdiction.code,
        **values,
    )

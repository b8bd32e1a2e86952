"""免办申请: a unit asks to be excused from an obligation; the director grants or refuses with an opinion."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhize.apps.orgs.services.todos import NewTodo, todo_close, todo_open
from zhize.apps.regulations import log_types, policies
from zhize.apps.regulations.models import Obligation, Waiver, WaiverRequest
from zhize.apps.regulations.services.common import (
    KIND,
    locked,
    log,
    refuse_closed,
    tell_unit,
    words_of,
)
from zhize.apps.regulations.services.waivers import obligation_waive
from zhize.apps.years.selectors import confirm_by
from zhize.core.workflow.table import next_state
from zhize.core.workflow.waiver_request import TABLE
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

TODO_ANSWER = "waiver.answer"
LOGGED = ["state", "reason", "basis", "opinion"]


@transaction.atomic
def waiver_ask(
    *, obligation: Obligation, reason: str, basis: str = "", actor: Actor, now: datetime
) -> WaiverRequest:
    """The owing unit asks to be excused; the obligation stays owed until the director answers."""
    current = locked(obligation)
    if not policies.may_discharge(actor, current):
        raise NotAllowed("只有责任单位的人员可以申请免办", remedy="请切换到该单位的身份")
    refuse_closed(current)
    if not reason.strip():
        raise BadInput("请写明申请免办的理由", where="申请理由", remedy="写明情形和依据")
    if current.status in (Obligation.Status.DONE, Obligation.Status.WAIVED):
        raise StateConflict(f"该事项{current.get_status_display()}，无须申请免办", remedy="可刷新页面查看")
    open_ = WaiverRequest.objects.system("one at a time").filter(
        obligation=current, state=WaiverRequest.State.ASKED
    )
    if open_.exists():
        raise StateConflict("已有一份免办申请在等待审批", remedy="请等待办公室主任审批")
    asked = WaiverRequest(
        obligation=current,
        jurisdiction_id=current.jurisdiction_id,
        unit_id=current.unit_id,
        state=TABLE.initial,
        reason=reason.strip(),
        basis=basis.strip(),
        asked_at=now,
        asked_by=actor.name,
    )
    asked.full_clean()
    asked.save()
    if office := current.jurisdiction.office_unit_id:
        todo_open(
            todo=NewTodo(
                jurisdiction_id=current.jurisdiction_id,
                unit_id=office,
                kind=TODO_ANSWER,
                ref=ThingRef(KIND, current.pk),
                title=f"审批免办：{current.unit.name} {words_of(current)}",
                due_on=confirm_by(current.jurisdiction.code, local_day(now)),
            ),
            now=now,
        )
    log(log_types.WAIVER_ASKED, current, actor, now, after=snapshot(asked, LOGGED))
    return asked


@transaction.atomic
def waiver_answer(
    *,
    asked: WaiverRequest,
    action: str,
    opinion: str,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Waiver | None:
    """同意 (`grant`) excuses the unit for the reason it gave; 不同意 (`refuse`) needs an opinion. Gives the waiver, if any."""
    current = locked(asked.obligation)
    if not policies.may_waive(actor, current):
        raise NotAllowed("只有办公室主任可以审批免办，且不能审批本单位的事项", remedy="请报办公室主任办理")
    refuse_closed(current)
    row = WaiverRequest.objects.system("locked for a write").select_for_update().get(pk=asked.pk)
    check_version(row, version, mine={"opinion": opinion})
    step = next_state(TABLE, row.state, action)
    if action == "refuse" and not opinion.strip():
        raise BadInput("请写明不同意的理由", where="审批意见", remedy="一句话写明为什么仍须履行")
    before = snapshot(row, LOGGED)
    row.opinion = opinion.strip()
    _settle(row, step.next_state, actor, now)
    waiver = None
    ref = ThingRef(KIND, current.pk)
    if row.state == WaiverRequest.State.GRANTED:
        waiver = obligation_waive(
            obligation=current, reason=row.reason, basis=row.basis, actor=actor, now=now
        )
    else:
        todo_close(ref=ref, actor=actor, now=now, kind=TODO_ANSWER)
        tell_unit(current.unit_id, f"不同意免办：{words_of(current)}（{row.opinion}）", ref, now)
    log(log_types.WAIVER_ANSWERED, current, actor, now, before=before, after=snapshot(row, LOGGED))
    return waiver


@transaction.atomic
def waiver_withdraw(*, obligation: Obligation, actor: Actor, now: datetime) -> WaiverRequest:
    """The unit takes its request back before it is answered; the obligation was owed all the time."""
    current = locked(obligation)
    if not policies.may_discharge(actor, current):
        raise NotAllowed("只有责任单位的人员可以撤回免办申请", remedy="请切换到该单位的身份")
    rows = WaiverRequest.objects.system("locked for a write").select_for_update()
    row = rows.filter(obligation=current).order_by("-asked_at", "-pk").first()
    if row is None:
        raise StateConflict("没有免办申请可以撤回", remedy="可能已有他人办理，请刷新页面查看")
    step = next_state(TABLE, row.state, "withdraw")
    before = snapshot(row, LOGGED)
    _settle(row, step.next_state, actor, now)
    todo_close(ref=ThingRef(KIND, current.pk), actor=actor, now=now, kind=TODO_ANSWER)
    log(log_types.WAIVER_WITHDRAWN, current, actor, now, before=before, after=snapshot(row, LOGGED))
    return row


def _settle(row: WaiverRequest, state: str, actor: Actor, now: datetime) -> None:
    row.state, row.decided_at, row.decided_by = state, now, actor.name
    row.version += 1
    row.full_clean()
    row.save()

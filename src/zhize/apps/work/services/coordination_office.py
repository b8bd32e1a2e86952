"""提请协调事项 of the office: taken in, returned, passed to the units concerned, laid before a leader, answered."""

from __future__ import annotations

from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction

from zhize.apps.documents.models import Approval
from zhize.apps.documents.services import approval_record
from zhize.apps.work.log_types import coordination as log_types
from zhize.apps.work.models import Matter, MatterUnit
from zhize.apps.work.policies import coordination as policies
from zhize.apps.work.services.coordination_common import (
    LOGGED,
    TODO_CONFIRM,
    TODO_HANDLE,
    TODO_REPLY,
    TODO_RETURNED,
    await_leader,
    await_office,
    await_unit,
    locked,
    log,
    moved,
    ref_of,
    said,
    save,
    settle_todos,
    tell_step,
    tell_unit,
    units_found,
)
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.versioned import snapshot

ONLY_OFFICE, SWITCH = "只有受理的办公室可以办理", "请切换到办公室的身份"


def _handled(matter: Matter, version: int | None, actor: Actor, **mine: str) -> Matter:
    current = locked(matter, version, **mine)
    if not policies.may_handle(actor, current):
        raise NotAllowed(ONLY_OFFICE, remedy=SWITCH)
    return current


@transaction.atomic
def matter_take(*, matter: Matter, version: int | None = None, actor: Actor, now: datetime) -> Matter:
    """受理: the office handles it, and the unit knows."""
    current = _handled(matter, version, actor)
    before = snapshot(current, LOGGED)
    moved(current, "take")
    save(current)
    settle_todos(current, actor, now)
    await_office(current, TODO_HANDLE, f"办理协调事项：{current.unit.name}“{current.title}”", now)
    tell_step(current, "受理", "", actor, now)
    tell_unit(current, current.unit, f"办公室已受理协调事项：{current.title}", now)
    log(log_types.TAKEN, current, actor, now, before)
    return current


@transaction.atomic
def matter_return(
    *, matter: Matter, words: str, version: int | None = None, actor: Actor, now: datetime
) -> Matter:
    """退回补充: with what is missing, or who could settle it without the office."""
    current = _handled(matter, version, actor, words=words)
    words = said(words, "退回意见", "写明缺什么，或可以直接找谁", "提请单位要据此补充")
    before = snapshot(current, LOGGED)
    moved(current, "return")
    save(current)
    settle_todos(current, actor, now)
    await_unit(current, TODO_RETURNED, f"补充协调事项：{current.title}", current.unit_id, now, current.due_on)
    tell_step(current, "退回补充", words, actor, now)
    tell_unit(current, current.unit, f"协调事项被退回补充：{current.title}。{words}", now)
    log(log_types.RETURNED, current, actor, now, before, words)
    return current


@transaction.atomic
def matter_pass(
    *,
    matter: Matter,
    unit_ids: list[int],
    question: str,
    due_on: date | None = None,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Matter:
    """转有关单位: asks these units for their opinion by a day; one asked before is asked anew."""
    current = _handled(matter, version, actor, question=question)
    question = said(question, "征求内容", "写明要对方答什么")
    units = units_found(unit_ids)
    if own := next((u for u in units if u.pk == current.unit_id), None):
        raise BadInput(
            f"{own.name}是提请单位",
            where="有关单位",
            remedy="需要提请单位补充的，请用“退回补充”；其余单位请重新选择",
        )
    if due_on and due_on < local_day(now):
        raise BadInput(f"回复期限 {due_on} 已过", where="回复期限", remedy="请填写今天或以后的日期")
    before = snapshot(current, LOGGED)
    moved(current, "pass")
    save(current)
    settle_todos(current, actor, now, "matter.take")
    settle_todos(current, actor, now, TODO_HANDLE)
    for unit in units:
        values = {
            "question": question, "due_on": due_on or current.due_on, "asked_at": now, "reply": "", "replied_at": None,
            "replied_by": "",
        }  # fmt: skip
        MatterUnit.objects.system("asked by the office").update_or_create(
            matter=current, unit=unit, defaults=values
        )
        await_unit(
            current, TODO_REPLY, f"回复协调事项：{current.title}", unit.pk, now, due_on or current.due_on
        )
        tell_unit(
            current, unit, f"办公室就{current.unit.name}提请的“{current.title}”征求意见：{question}", now
        )
    names = "、".join(unit.name for unit in units)
    tell_step(current, "转有关单位", f"{names}：{question}", actor, now)
    tell_unit(current, current.unit, f"协调事项已转{names}：{current.title}", now)
    log(log_types.PASSED, current, actor, now, before, f"{names}：{question}")
    return current


@transaction.atomic
def matter_submit(
    *, matter: Matter, words: str, version: int | None = None, actor: Actor, now: datetime
) -> Matter:
    """呈领导批示: with what the office proposes; it shows on the leaders' page until the instruction is entered."""
    current = _handled(matter, version, actor, words=words)
    words = said(words, "拟办意见", "写明办公室建议怎么办", "领导要据此批示")
    before = snapshot(current, LOGGED)
    moved(current, "submit")
    save(current)
    settle_todos(current, actor, now)
    await_leader(current, f"批示协调事项：{current.unit.name}“{current.title}”", now)
    tell_step(current, "呈领导批示", words, actor, now)
    tell_unit(current, current.unit, f"协调事项已呈领导批示：{current.title}", now)
    log(log_types.SUBMITTED, current, actor, now, before, words)
    return current


@transaction.atomic
def matter_instruct(
    *,
    matter: Matter,
    by_name: str,
    by_title: str = "",
    on: date,
    opinion: str,
    scan: File[bytes] | None = None,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Matter:
    """登记批示: who wrote what on which day, with the scan, entered by whom; then the office carries it out."""
    current = locked(matter, version, opinion=opinion)
    if not policies.may_instruct(actor, current):
        raise NotAllowed("只有本辖区的领导和办公室可以登记批示", remedy="请切换到相应的身份")
    opinion = said(opinion, "批示内容", "照批示件录入")
    before = snapshot(current, LOGGED)
    moved(current, "instruct")
    approval_record(
        ref=ref_of(current),
        jurisdiction=current.jurisdiction,
        step="领导批示",
        decision=Approval.Decision.AGREED,
        by_name=said(by_name, "批示人", "写批示件上的姓名"),
        by_title=by_title,
        on=on,
        opinion=opinion,
        scan=scan,
        actor=actor,
        now=now,
    )
    save(current)
    settle_todos(current, actor, now)
    await_office(current, TODO_HANDLE, f"落实批示并答复：{current.unit.name}“{current.title}”", now)
    tell_step(
        current, "领导批示", f"{by_title}{by_name.strip()}（{on:%Y-%m-%d}）：{opinion}"[:2000], actor, now
    )
    log(log_types.INSTRUCTED, current, actor, now, before, opinion)
    return current


@transaction.atomic
def matter_answer(
    *, matter: Matter, answer: str, version: int | None = None, actor: Actor, now: datetime
) -> Matter:
    """答复: what was settled, by whom, until when; then it is the unit's word whether that settles it."""
    current = _handled(matter, version, actor, answer=answer)
    answer = said(answer, "答复内容", "写明协调结果：谁做什么、何时完成，或不能解决的理由")
    before = snapshot(current, LOGGED)
    moved(current, "answer")
    current.answer, current.answered_on = answer, local_day(now)
    save(current)
    settle_todos(current, actor, now)
    await_unit(current, TODO_CONFIRM, f"确认协调事项是否解决：{current.title}", current.unit_id, now, None)
    tell_step(current, "答复", answer, actor, now)
    tell_unit(current, current.unit, f"办公室答复协调事项：{current.title}。{answer}", now)
    log(log_types.ANSWERED, current, actor, now, before, answer)
    return current

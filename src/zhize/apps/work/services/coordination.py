"""提请协调事项 of the unit: raised, supplemented, settled or raised again, withdrawn; a unit asked replies."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.orgs.services.saving import assign, checked
from zhize.apps.work.log_types import coordination as log_types
from zhize.apps.work.models import Matter, MatterUnit
from zhize.apps.work.policies import coordination as policies
from zhize.apps.work.selectors.coordination import desks_of, open_matter_of, origin_of
from zhize.apps.work.services.coordination_common import (
    LOGGED,
    TODO_HANDLE,
    TODO_REPLY,
    TODO_TAKE,
    await_office,
    locked,
    log,
    moved,
    said,
    save,
    settle_todos,
    tell_step,
)
from zhize.apps.years.models import WorkYear
from zhize.apps.years.selectors import year_of_day
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.things import ThingRef
from zhize.kit.versioned import snapshot

FIELDS = ("title", "problem", "tried", "wanted", "wanted_of", "due_on", "phone")
ONLY_OWN, SWITCH = "只有提请单位可以办理", "请切换到提请单位的身份"


@transaction.atomic
def matter_raise(
    *,
    jurisdiction: Jurisdiction,
    unit: Unit,
    data: dict[str, Any],
    ref: ThingRef | None = None,
    actor: Actor,
    now: datetime,
) -> Matter:
    """提请协调: a unit asks the office to coordinate what it cannot settle alone, by itself or from a thing of its own.

    Raises `StateConflict` where the unit has already raised the same thing, or the jurisdiction has no work year.
    """
    if not policies.may_raise(actor, unit):
        raise NotAllowed("只有本单位的人员可以提请协调", remedy="请切换到该单位的身份")
    today = local_day(now)
    if not actor.is_system and (jurisdiction.pk, unit.pk) not in {
        (one.jurisdiction.pk, one.unit.pk) for one in desks_of(actor, today)
    }:
        origin = origin_of(actor, ref) if ref else None
        if origin is None or (origin.jurisdiction_id, origin.unit_id) != (jurisdiction.pk, unit.pk):
            raise NotAllowed(
                f"{unit.name}不能向{jurisdiction.name}提请协调", remedy="请选择本级或上级的办公室"
            )
    if ref is not None and not actor.is_system and origin_of(actor, ref) is None:
        raise BadInput(
            "来源事项不是本单位的", where="来源", remedy="请从本单位的任务、计划事项或履职事项提请"
        )
    if ref is not None and (there := open_matter_of(ref, [unit.pk])):
        raise StateConflict(
            f"已就这件事提请协调：{there.title}（{there.get_state_display()}）",
            remedy="请在原事项中补充或继续提请",
        )
    years = WorkYear.objects.system("a matter is raised in the year in progress").filter(
        jurisdiction=jurisdiction
    )
    year = year_of_day(years.order_by("-starts_on"), today)
    if year is None:
        raise StateConflict(
            f"{jurisdiction.name}还没有工作年度，不能提请协调", remedy="请联系办公室建立并开启本年度"
        )
    return matter_add(
        jurisdiction=jurisdiction, year=year, unit=unit, data=data, ref=ref, by=actor.name, step_by=actor.by, actor=actor,
        now=now,
    )  # fmt: skip


def matter_add(
    *,
    jurisdiction: Jurisdiction,
    year: WorkYear,
    unit: Unit,
    data: dict[str, Any],
    ref: ThingRef | None,
    by: str,
    step_by: str,
    actor: Actor,
    now: datetime,
) -> Matter:
    """A part of the act that raises it: the matter with its story, the office's to-do and the entry. The caller has asked who may,
    and whether the unit has raised the same thing already. `by` is who wrote it, `step_by` with whatever hat."""
    matter = Matter(jurisdiction=jurisdiction, year=year, unit=unit, raised_at=now, by=by)
    if ref is not None:
        matter.ref_kind, matter.ref_id = ref.kind, ref.id
    _fill(matter, data, now)
    checked(matter, exclude=("jurisdiction", "year", "unit"))
    matter.save()
    tell_step(matter, "提请协调", matter.wanted, actor, now, by=step_by)
    await_office(matter, TODO_TAKE, f"受理协调事项：{unit.name}“{matter.title}”", now)
    log(log_types.RAISED, matter, actor, now, None)
    return matter


def _fill(matter: Matter, data: dict[str, Any], now: datetime) -> None:
    assign(matter, data, FIELDS)
    matter.title = said(matter.title, "协调事项", "用一句话写明要协调什么")
    matter.problem = said(matter.problem, "存在的问题", "写明卡在哪里、影响什么")
    matter.wanted = said(matter.wanted, "请求协调解决", "写明希望谁做什么", "办公室要据此转办或呈批")
    if matter.due_on and matter.due_on < local_day(now):
        raise BadInput(
            f"希望解决日期 {matter.due_on} 已过",
            where="希望解决日期",
            remedy="请填写今天或以后的日期，不急的可不填",
        )


@transaction.atomic
def matter_resend(
    *, matter: Matter, data: dict[str, Any], version: int | None = None, actor: Actor, now: datetime
) -> Matter:
    """补充后重新提请: what the office returned, with what was missing."""
    current = locked(matter, version)
    if not policies.may_own(actor, current):
        raise NotAllowed(ONLY_OWN, remedy=SWITCH)
    before = snapshot(current, LOGGED)
    moved(current, "resend")
    _fill(current, data, now)
    save(current)
    settle_todos(current, actor, now)
    tell_step(current, "补充后重新提请", current.problem, actor, now)
    await_office(current, TODO_TAKE, f"受理协调事项：{current.unit.name}“{current.title}”", now)
    log(log_types.RESENT, current, actor, now, before)
    return current


@transaction.atomic
def matter_close(
    *,
    matter: Matter,
    settled: bool,
    words: str = "",
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Matter:
    """The unit's word on the answer: settled, or not, and then the office goes on with what is still open."""
    current = locked(matter, version, words=words)
    if not policies.may_own(actor, current):
        raise NotAllowed(ONLY_OWN, remedy=SWITCH)
    if not settled:
        words = said(words, "仍未解决的问题", "写明答复之后还卡在哪里", "办公室要据此继续协调")
    before = snapshot(current, LOGGED)
    moved(current, "settle" if settled else "reopen")
    if settled:
        current.settled_on = local_day(now)
    else:
        current.answered_on = None
    save(current)
    settle_todos(current, actor, now)
    if not settled:
        await_office(current, TODO_HANDLE, f"继续协调：{current.unit.name}“{current.title}”", now)
    tell_step(current, "确认解决" if settled else "继续提请", words.strip(), actor, now)
    log(log_types.SETTLED if settled else log_types.REOPENED, current, actor, now, before, words)
    return current


@transaction.atomic
def matter_withdraw(
    *, matter: Matter, reason: str, version: int | None = None, actor: Actor, now: datetime
) -> Matter:
    """撤回: the unit needs it no longer, with the reason; nobody is waited for any more."""
    current = locked(matter, version, reason=reason)
    if not policies.may_own(actor, current):
        raise NotAllowed(ONLY_OWN, remedy=SWITCH)
    reason = said(reason, "撤回理由", "写明为什么不再需要协调")
    before = snapshot(current, LOGGED)
    moved(current, "withdraw")
    save(current)
    settle_todos(current, actor, now)
    tell_step(current, "撤回", reason, actor, now)
    log(log_types.WITHDRAWN, current, actor, now, before, reason)
    return current


@transaction.atomic
def matter_reply(*, row: MatterUnit, reply: str, actor: Actor, now: datetime) -> MatterUnit:
    """回复: what a unit asked says; when all have replied it is the office's turn again. A reply may be written anew until
    the office has gone on."""
    matter = locked(row.matter, None)
    rows = MatterUnit.objects.system("locked for a write").select_for_update(of=("self",))
    current: MatterUnit = rows.select_related("unit").get(pk=row.pk)
    if not policies.may_reply(actor, current):
        raise NotAllowed("只有被征求意见的单位可以回复", remedy="请切换到该单位的身份")
    if matter.state != Matter.State.PASSED:
        raise StateConflict(
            f"{matter.get_state_display()}的协调事项不再征求意见",
            where=matter.title,
            remedy="如有补充意见，请与办公室联系",
        )
    before = {"reply": current.reply}
    current.reply = said(reply, "回复意见", "写明能做什么、由谁做、何时完成，或不能做的理由")
    current.replied_at, current.replied_by = now, actor.name
    checked(current, exclude=("matter", "unit"))
    current.save()
    settle_todos(matter, actor, now, TODO_REPLY, current.unit_id)
    tell_step(matter, f"{current.unit.name}回复", current.reply, actor, now)
    waiting = MatterUnit.objects.system("whether all have replied").filter(matter=matter, replied_at=None)
    if not waiting.exists():
        moved(matter, "heard")
        save(matter)
        await_office(matter, TODO_HANDLE, f"答复协调事项（回复已收齐）：{matter.title}", now)
    log(log_types.REPLIED, matter, actor, now, before, f"{current.unit.name}：{current.reply}")
    return current

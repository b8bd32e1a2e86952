"""免办: excusing a unit from an obligation, and taking the excuse back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhize.apps.orgs.services.todos import todo_close
from zhize.apps.regulations import log_types, policies
from zhize.apps.regulations.models import Obligation, Waiver
from zhize.apps.regulations.services.common import (
    KIND,
    locked,
    log,
    refuse_closed,
    rejudge,
    reopen_due_todo,
    tell_unit,
    words_of,
)
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.things import ThingRef
from zhize.kit.versioned import snapshot


@transaction.atomic
def obligation_waive(
    *, obligation: Obligation, reason: str, basis: str = "", actor: Actor, now: datetime
) -> Waiver:
    """Excuses the unit from this one obligation. What was already done in time stays done."""
    current = locked(obligation)
    if not policies.may_waive(actor, current):
        raise NotAllowed("只有办公室主任可以批准免办，且不能批准本单位的事项", remedy="请报办公室主任办理")
    refuse_closed(current)
    if not reason.strip():
        raise BadInput("请写明免办理由", where="免办理由", why="免办要能说清为什么", remedy="写明情形和依据")
    if current.status == Obligation.Status.DONE:
        raise StateConflict("该事项已落实，无须免办")
    if Waiver.objects.system("one at a time").filter(obligation=current, lifted_at__isnull=True).exists():
        raise StateConflict("该事项已经免办", remedy="可刷新页面查看")
    waiver = Waiver(
        obligation=current,
        jurisdiction_id=current.jurisdiction_id,
        reason=reason.strip(),
        basis=basis.strip(),
        at=now,
        by=actor.name,
    )
    waiver.full_clean()
    waiver.save()
    rejudge(current, now)
    ref = ThingRef(KIND, current.pk)
    todo_close(ref=ref, actor=actor, now=now)
    tell_unit(current.unit_id, f"准予免办：{words_of(current)}", ref, now)
    log(log_types.OBLIGATION_WAIVED, current, actor, now, after=snapshot(waiver, ["reason", "basis"]))
    return waiver


@transaction.atomic
def waiver_lift(*, waiver: Waiver, reason: str, actor: Actor, now: datetime) -> Waiver:
    """Takes the excuse back: the obligation is owed again, by its old date."""
    current = locked(waiver.obligation)
    if not policies.may_waive(actor, current):
        raise NotAllowed("只有办公室主任可以取消免办", remedy="请报办公室主任办理")
    refuse_closed(current)
    if not reason.strip():
        raise BadInput("请写明取消免办的理由", where="取消理由")
    row = Waiver.objects.system("locked for a write").select_for_update().get(pk=waiver.pk)
    if row.lifted_at:
        raise StateConflict("该免办已经取消", remedy="可刷新页面查看")
    row.lifted_at, row.lifted_by, row.lift_reason = now, actor.name, reason.strip()
    row.full_clean()
    row.save()
    rejudge(current, now)
    reopen_due_todo(current, now)
    tell_unit(
        current.unit_id,
        f"取消免办，请按期履行：{words_of(current)}",
        ThingRef(KIND, current.pk),
        now,
    )
    log(log_types.WAIVER_LIFTED, current, actor, now, after=snapshot(row, ["lift_reason"]))
    return row

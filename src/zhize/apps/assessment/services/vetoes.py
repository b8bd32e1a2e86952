"""一票否决: recorded with the facts, taken back only with a reason."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from zhize.apps.assessment import log_types, mapping, policies
from zhize.apps.assessment.models import Assessed, Veto
from zhize.apps.assessment.services.common import (
    assessed_locked,
    checked,
    demand_deciding,
    demand_state,
    log,
    touch,
)
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.versioned import snapshot


@transaction.atomic
def veto_record(
    *,
    assessed: Assessed,
    code: str,
    reason: str,
    happened_on: date | None = None,
    basis: str = "",
    actor: Actor,
    now: datetime,
) -> Veto:
    """Records that a veto of the scheme struck an object; the next scoring applies it."""
    current = assessed_locked(assessed)
    demand_deciding(policies.may_decide(actor, current.round) and not policies.is_own(actor, current))
    demand_state(current.round, *policies.CHECKING, doing="登记一票否决")
    scheme = mapping.scheme_of(current.round)
    if scheme.veto(code) is None:
        known = "、".join(one.title for one in scheme.vetoes) or "本办法没有否决事项"
        raise BadInput("办法没有这一否决事项", where="否决事项", remedy=f"可选：{known}")
    day = local_day(now)
    if happened_on and happened_on > day:
        raise BadInput(f"发生日期 {happened_on} 晚于今天", where="发生日期", remedy="请核对日期")
    veto = Veto(
        assessed=current,
        code=code,
        reason=reason.strip(),
        happened_on=happened_on,
        basis=basis.strip(),
        recorded_at=now,
        recorded_by=actor.name,
        recorded_user=actor.user_id,
    )
    checked(veto, "一票否决")
    veto.save()
    touch(current.round, now)
    log(log_types.VETO_RECORDED, current, actor, now, after=snapshot(veto))
    return veto


@transaction.atomic
def veto_lift(*, veto: Veto, reason: str, actor: Actor, now: datetime) -> Veto:
    """Takes a veto back, after an objection or a new finding; the record stays with its reason."""
    row = Veto.objects.system("locked for a write").select_for_update(of=("self",)).get(pk=veto.pk)
    current = assessed_locked(row.assessed)
    demand_deciding(policies.may_decide(actor, current.round) and not policies.is_own(actor, current))
    demand_state(current.round, *policies.CHECKING, doing="撤销一票否决")
    if row.lifted_at is not None:
        raise StateConflict("这项否决已经撤销", where=row.reason[:40], remedy="请刷新页面")
    if not reason.strip():
        raise BadInput("没有写明撤销理由", where="撤销理由", remedy="请写明依据，如申辩核查结论")
    before = snapshot(row)
    row.lifted_at, row.lifted_by, row.lift_reason = now, actor.name, reason.strip()
    checked(row, "一票否决")
    row.save()
    touch(current.round, now)
    log(log_types.VETO_LIFTED, current, actor, now, before=before, after=snapshot(row))
    return row

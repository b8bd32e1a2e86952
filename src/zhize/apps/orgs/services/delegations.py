"""委托代办: another person wears a hat between two dates; every write then names both."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from zhize.apps.orgs import policies
from zhize.apps.orgs.log_types import DELEGATION_GRANTED, DELEGATION_REVOKED
from zhize.apps.orgs.models import Delegation, Post, User
from zhize.apps.orgs.selectors.people import held_by
from zhize.apps.orgs.services.posts import refuse_together
from zhize.apps.orgs.services.saving import change, checked, demand, locked, ref
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.versioned import snapshot


@transaction.atomic
def delegation_grant(
    *,
    post: Post,
    deputy: User,
    starts_on: date,
    ends_on: date,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Delegation:
    """Lends the own hat. Refuses: another's hat, a deputy's hat, the own person, an inactive deputy, dates past
    or turned round, and a deputy who may not hold that role beside the own (三员分立 holds for deputies too)."""
    today = local_day(now)
    current = locked(Post, post.pk)
    demand(policies.may_delegate(actor, current), "只有岗位本人可以委托", why="代办人不能再转委托")
    if deputy.pk == current.user_id:
        raise BadInput("不能委托给自己", remedy="请选择另一人")
    if not deputy.is_active:
        raise BadInput(f"{deputy.name}的账号已停用", remedy="请选择另一人")
    if ends_on < today:
        raise BadInput("委托的结束日期已过", remedy="请填写今天或以后的日期")
    held = [(p.role, p.jurisdiction_id) for p in held_by([deputy.pk], today).get(deputy.pk, [])]
    refuse_together(
        name=deputy.name, held=held, role=current.role, jurisdiction=current.jurisdiction, today=today
    )
    row = Delegation(post=current, deputy=deputy, starts_on=starts_on, ends_on=ends_on, reason=reason)
    checked(row)
    row.save()
    record(
        DELEGATION_GRANTED,
        actor=actor,
        thing=ref(row),
        now=now,
        after=snapshot(row) | {"holder": current.user.name, "deputy_name": deputy.name},
        jurisdiction_code=current.jurisdiction.code,
    )
    return row


@transaction.atomic
def delegation_revoke(
    *, delegation: Delegation, version: int | None, actor: Actor, now: datetime
) -> Delegation:
    """Takes the hat back at once; what the deputy did stays done and named."""
    current = locked(Delegation, delegation.pk)
    demand(policies.may_revoke_delegation(actor, current), "您不能撤回这项委托")
    if current.revoked_at is not None:
        raise StateConflict("这项委托已经撤回")
    before, after = change(current, {"revoked_at": now}, ("revoked_at",), version=version)
    record(
        DELEGATION_REVOKED,
        actor=actor,
        thing=ref(current),
        now=now,
        before=before,
        after=after,
        jurisdiction_code=current.post.jurisdiction.code,
    )
    return current

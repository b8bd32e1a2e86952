"""修订: an issued plan changes by a version of its own; the one in force stays until the new one is issued."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhize.apps.orgs.services.saving import checked
from zhize.apps.work.log_types import plans as log_types
from zhize.apps.work.models import Plan, PlanItemSource
from zhize.apps.work.selectors.plans import items_of
from zhize.apps.work.services.plan_common import locked_whole, log
from zhize.apps.work.services.plan_copy import items_made
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.versioned import snapshot


@transaction.atomic
def plan_amend(*, plan: Plan, reason: str, actor: Actor, now: datetime) -> Plan:
    """Begins the next version of an issued plan with all its items; the old one stays in force until the new is issued."""
    current = locked_whole(plan, actor)
    if current.state != Plan.State.ISSUED:
        raise StateConflict(
            f"计划{current.get_state_display()}，不能修订",
            where=current.title,
            why="只有已印发的计划才修订",
            remedy="未印发的可直接修改",
        )
    if not reason.strip():
        raise BadInput(
            "请写明修订理由",
            where="修订理由",
            why="印发过的计划改动要有依据",
            remedy="写明依据的会议、批示或变化",
        )
    later = Plan.objects.system("one amendment at a time").filter(previous=current)
    if later.exists():
        raise StateConflict("这份计划正在修订", where=current.title, remedy="请打开修订中的版本")
    new = Plan(
        jurisdiction_id=current.jurisdiction_id,
        year_id=current.year_id,
        unit_id=current.unit_id,
        level=Plan.Level.CONSOLIDATED,
        title=current.title,
        overview=current.overview,
        number=current.number + 1,
        previous=current,
        created_at=now,
        comment=reason.strip()[:500],
    )
    checked(new)
    new.save()
    old = items_of(current)
    made = items_made(new, old)
    by_old = dict(zip((item.pk for item in old), made, strict=True))
    links = PlanItemSource.objects.filter(item__plan=current).values_list("item_id", "source_id")
    PlanItemSource.objects.bulk_create(
        PlanItemSource(item=by_old[item_id], source_id=source_id) for item_id, source_id in links
    )
    log(log_types.PLAN_AMENDED, new, actor, now, after=snapshot(new), note=reason.strip())
    return new

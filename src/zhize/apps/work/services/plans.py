"""A unit's plan: begun for the request it answers, and moved on with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from zhize.apps.orgs.services.saving import checked
from zhize.apps.regulations.services import discharge_by_source
from zhize.apps.requests.models import UnitRequest
from zhize.apps.work.log_types import plans as log_types
from zhize.apps.work.models import Plan, PlanItem
from zhize.apps.work.policies import plans as policies
from zhize.apps.work.services.plan_common import KIND, LOGGED, locked, locked_open, log, moved, save
from zhize.core.workflow.plan import ITEM
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import NotAllowed, StateConflict
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

ACCEPTED = "work.plan.accepted"
ISSUED = "work.plan.issued"
FOLLOWED = {
    "submit": log_types.PLAN_SUBMITTED,
    "withdraw": log_types.PLAN_WITHDRAWN,
    "return": log_types.PLAN_RETURNED,
    "accept": log_types.PLAN_ACCEPTED,
}


@transaction.atomic
def plan_open(*, request: UnitRequest, actor: Actor, now: datetime) -> Plan:
    """Begins the plan that answers a request for plan items; a repeat gives the one there is (三（二）、四（二）)."""
    rows = UnitRequest.objects.system("the request a plan answers").select_for_update(of=("self",))
    asked = rows.select_related("call__year", "unit__region", "jurisdiction__programme").get(pk=request.pk)
    if not policies.may_answer(actor, asked.unit):
        raise NotAllowed(
            f"只有{asked.unit.name}的人员可以编写这份计划", remedy="请切换到该单位的身份，或联系该单位联络员"
        )
    if (held := Plan.objects.system("one plan a request").filter(request=asked).first()) is not None:
        return held
    if asked.state in (UnitRequest.State.SUBMITTED, UnitRequest.State.ACCEPTED):
        raise StateConflict(f"这份报送件{asked.get_state_display()}，不能再编写计划", where=asked.call.title)
    plan = plan_for(asked, now)
    checked(plan)
    plan.save()
    log(log_types.PLAN_OPENED, plan, actor, now, after=snapshot(plan))
    return plan


def plan_for(asked: UnitRequest, now: datetime) -> Plan:
    """The plan that would answer this request, not saved. Reads the call's year, unit with region, jurisdiction with programme."""
    below = asked.unit.region_id != asked.jurisdiction.region_id
    who = asked.unit.region.short if below else asked.unit.name
    what = f"{asked.jurisdiction.programme.name}{'工作方案' if below else '工作计划'}"
    return Plan(
        jurisdiction=asked.jurisdiction,
        year=asked.call.year,
        unit=asked.unit,
        level=Plan.Level.LOCAL if below else Plan.Level.MEMBER,
        request=asked,
        title=f"{who}{asked.call.year.label}{what}",
        created_at=now,
    )


@transaction.atomic
def plan_update(
    *, thing: Plan, data: Mapping[str, Any], version: int | None, actor: Actor, now: datetime
) -> Plan:
    """Changes name and overview of an open plan."""
    current = locked_open(thing, actor)
    mine = {name: data[name] for name in ("title", "overview") if name in data}
    check_version(current, version, mine=mine)
    before = snapshot(current)
    for name, value in mine.items():
        setattr(current, name, value)
    save(current)
    log(log_types.PLAN_CHANGED, current, actor, now, before=before, after=snapshot(current))
    return current


@transaction.atomic
def plan_follow(*, request: UnitRequest, action: str, actor: Actor, now: datetime) -> Plan | None:
    """The plan moves as its request does (submit, withdraw, return, accept); None where the request has no plan.

    Accepted, it discharges what the unit owes under duties that name `work.plan.accepted`, as of the day its request was handed
    in, which for a workbook is the day the office received it.
    Called within the request's own service, after its policy.
    """
    found = Plan.objects.system("the plan of a request").filter(request_id=request.pk).first()
    if found is None:
        return None
    plan = locked(found)
    before = snapshot(plan, LOGGED)
    moved(plan, action)
    if action == "submit":
        plan.submitted_at, plan.submitted_by = request.submitted_at or now, request.submitted_by or actor.name
        plan.decided_at, plan.decided_by, plan.comment = None, "", ""
    elif action == "withdraw":
        plan.submitted_at, plan.submitted_by = None, ""
    else:
        plan.decided_at, plan.decided_by, plan.comment = now, actor.name, request.comment
    save(plan)
    if action == "accept":
        _accepted(plan, actor, now)
    log(FOLLOWED[action], plan, actor, now, before=before, after=snapshot(plan, LOGGED))
    return plan


def _accepted(plan: Plan, actor: Actor, now: datetime) -> None:
    """Every item taken as it stands; the duty to plan discharged."""
    open_to_it = [step.state for step in ITEM.steps if step.action == "accept"]
    items = PlanItem.objects.system("the plan was accepted").filter(plan=plan, review__in=open_to_it)
    items.update(review=PlanItem.Review.ACCEPTED, comment="")
    discharge_by_source(
        code=ACCEPTED,
        ref=ThingRef(KIND, plan.pk),
        jurisdiction=plan.jurisdiction,
        unit_ids=[plan.unit_id],
        on=local_day(plan.submitted_at or now),
        period=(plan.year.starts_on, plan.year.ends_on),
        statement=f"《{plan.title}》已报送并经办公室接收",
        actor=actor,
        now=now,
    )

"""The office's word on a unit's plan: single items back with a comment, or the whole taken in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from zhize.apps.requests.models import UnitRequest
from zhize.apps.requests.services import request_accept, request_return, request_submit, request_withdraw
from zhize.apps.work.log_types import plans as log_types
from zhize.apps.work.models import Plan, PlanItem
from zhize.apps.work.policies import plans as policies
from zhize.apps.work.services.plan_common import locked, locked_open, log
from zhize.core.workflow.plan import ITEM
from zhize.core.workflow.table import next_state
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.versioned import check_version

LONGEST = 300
WHOLE = 500


@transaction.atomic
def plan_submit(*, plan: Plan, version: int | None, actor: Actor, now: datetime) -> Plan:
    """Hands the plan in with its request. What is missing is told by the request's own service."""
    request = _request(plan)
    current = locked_open(plan, actor)
    check_version(current, version, mine={})
    request_submit(request=request, version=None, actor=actor, now=now)
    return locked(current)


@transaction.atomic
def plan_withdraw(*, plan: Plan, version: int | None, actor: Actor, now: datetime) -> Plan:
    """Takes back what the office has not decided on."""
    request = _request(plan)
    current = locked(plan)
    if not policies.keeps(actor, current):
        raise NotAllowed(f"只有{current.unit.name}可以撤回这份计划", remedy="请切换到该单位的身份")
    check_version(current, version, mine={})
    request_withdraw(request=request, version=None, actor=actor, now=now)
    return locked(current)


@transaction.atomic
def plan_return(
    *,
    plan: Plan,
    comments: Mapping[int, str],
    comment: str,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> Plan:
    """Returns the plan for correction: single items with what is to be mended (`comments` by item id), or in general."""
    request = _request(plan)
    current = _reviewed(plan, version, actor)
    said = {pk: words.strip()[:LONGEST] for pk, words in comments.items() if words.strip()}
    if not said and not comment.strip():
        raise BadInput(
            "请写明退回理由",
            where="退回意见",
            why="报送单位要据此修改",
            remedy="在有问题的事项旁写明改哪里，或写总的意见",
        )
    rows = PlanItem.objects.system("items the office returns").select_for_update().filter(plan=current)
    items = list(rows.filter(pk__in=said).order_by("order"))
    if len(items) != len(said):
        raise BadInput("有的事项不在这份计划里", where=current.title, remedy="请刷新页面后重试")
    for item in items:
        item.review = next_state(ITEM, item.review, "return").next_state
        item.comment = said[item.pk]
        item.version += 1
    PlanItem.objects.system("items the office returns").bulk_update(items, ["review", "comment", "version"])
    words = [comment.strip()] if comment.strip() else []
    words += [f"第{item.order}项“{item.title}”：{item.comment}" for item in items]
    request_return(request=request, comment="\n".join(words)[:WHOLE], version=None, actor=actor, now=now)
    log(
        log_types.ITEMS_RETURNED,
        current,
        actor,
        now,
        after={"items": {str(item.pk): item.comment for item in items}, "comment": comment.strip()},
    )
    return locked(current)


@transaction.atomic
def plan_accept(*, plan: Plan, version: int | None, actor: Actor, now: datetime, comment: str = "") -> Plan:
    """Takes the plan in; the unit's duty to plan is discharged as of the day it was handed in (二（二）、三（二）)."""
    request = _request(plan)
    current = _reviewed(plan, version, actor)
    request_accept(request=request, comment=comment, version=None, actor=actor, now=now)
    return locked(current)


def _reviewed(plan: Plan, version: int | None, actor: Actor) -> Plan:
    current = locked(plan)
    if not policies.may_review(actor, current):
        raise NotAllowed(
            "只有本辖区办公室可以审核报送的计划，且不能审核本单位的", remedy="请由办公室其他人员办理"
        )
    check_version(current, version, mine={})
    if current.state != Plan.State.SUBMITTED:
        raise StateConflict(
            f"计划{current.get_state_display()}，现在不能审核",
            where=current.title,
            why="只审核已报送、尚未接收的计划",
            remedy="请刷新页面查看",
        )
    return current


def _request(plan: Plan) -> UnitRequest:
    """The request the plan answers, locked before the plan: whoever decides on the page of the request does so too."""
    rows = UnitRequest.objects.system("locked with its plan").select_for_update()
    found = rows.by_pk(plan.request_id or 0)
    if found is None:
        raise StateConflict(
            "这份计划不是应征集编写的",
            where=plan.title,
            why="总计划由办公室报审和印发",
            remedy="请在汇总页面办理",
        )
    return found

"""What every write about plans shares: locks, refusals, moving the state, the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from zhize.apps.orgs.services.saving import checked
from zhize.apps.work.models import Plan
from zhize.apps.work.policies import plans as policies
from zhize.apps.years.models import WorkYear
from zhize.core.workflow.table import next_state
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record
from zhize.kit.errors import NotAllowed, StateConflict
from zhize.kit.things import ThingRef

KIND = "work.plan"
ITEM_KIND = "work.plan_item"
RELATIONS = ("jurisdiction", "year", "unit", "request", "origin", "previous")
LOGGED = [
    "state",
    "title",
    "number",
    "submitted_at",
    "decided_at",
    "comment",
    "approved_on",
    "issued_on",
    "doc_no",
]


def locked(plan: Plan) -> Plan:
    """The plan, locked for this write, with what policies read."""
    return (
        Plan.objects.system("locked for a write")
        .select_for_update(of=("self",))
        .select_related("unit", "year", "jurisdiction__programme", "request")
        .get(pk=plan.pk)
    )


def locked_open(plan: Plan, actor: Actor) -> Plan:
    """The plan, locked, for its keeper to write in. NotAllowed for others, StateConflict once it is handed in."""
    current = locked(plan)
    if not policies.keeps(actor, current):
        raise NotAllowed(
            f"只有{current.unit.name}的人员可以编写这份计划",
            remedy="请切换到该单位的身份，或联系该单位联络员",
        )
    refuse_closed(current)
    if not policies.is_open(current):
        raise StateConflict(
            f"计划{current.get_state_display()}，不能修改",
            where=current.title,
            why="各方已按报出的内容办理",
            remedy="需要更正的，先撤回或请办公室退回；已印发的总计划请另行修订",
        )
    return current


def locked_whole(plan: Plan, actor: Actor) -> Plan:
    """The consolidated plan, locked, for the office of its jurisdiction."""
    current = locked(plan)
    if current.level != Plan.Level.CONSOLIDATED or not policies.keeps(actor, current):
        raise NotAllowed("只有本辖区办公室可以汇总和印发总计划", remedy="请切换到办公室的身份")
    refuse_closed(current)
    return current


def locked_to_decide(plan: Plan, actor: Actor) -> Plan:
    """The consolidated plan, locked, for who decides on it: a leader, or the office that holds the paper."""
    current = locked(plan)
    if not policies.may_approve(actor, current):
        raise NotAllowed("只有本辖区的领导和办公室可以办理审定", remedy="请切换到相应的身份")
    refuse_closed(current)
    return current


def refuse_closed(plan: Plan) -> None:
    if plan.year.state == WorkYear.State.CLOSED:
        raise StateConflict(
            f"{plan.year.label}已关账，不能再编写计划", remedy="如确需办理，请联系办公室重新开启该年度"
        )


def moved(plan: Plan, action: str) -> Plan:
    """The next state by the plan's own table; NoSuchStep in words when there is none."""
    plan.state = next_state(policies.table_of(plan), plan.state, action).next_state
    return plan


def save(plan: Plan) -> None:
    """A plan that was there before: whose it is and of which year never changes, so that is not looked up again."""
    plan.version += 1
    checked(plan, exclude=RELATIONS)
    plan.save()


def log(log_type: LogType, plan: Plan, actor: Actor, now: datetime, **values: Any) -> None:
    record(
        log_type,
        actor=actor,
        thing=ThingRef(KIND, plan.pk),
        now=now,
        jurisdiction_code=plan.jurisdiction.code,
        **values,
    )

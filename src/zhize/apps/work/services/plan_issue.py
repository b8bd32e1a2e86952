"""From the consolidated plan to an issued one: to the group, approved as recorded, issued, amended."""

from __future__ import annotations

from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction

from zhize.apps.documents.models import StoredFile
from zhize.apps.documents.services import approval_record
from zhize.apps.orgs.services.todos import NewTodo, notice_send_to_units, todo_close, todo_open
from zhize.apps.regulations.services import discharge_by_source
from zhize.apps.work.log_types import plans as log_types
from zhize.apps.work.models import Plan, PlanItem
from zhize.apps.work.policies import plans as policies
from zhize.apps.work.services.plan_common import (
    KIND,
    LOGGED,
    locked,
    locked_to_decide,
    locked_whole,
    log,
    moved,
    save,
)
from zhize.apps.work.services.plan_targets import targets_hand_out
from zhize.apps.work.services.plan_tasks import tasks_follow, tasks_hand_out
from zhize.apps.work.services.plans import ISSUED
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

TODO_APPROVE = "plan.approve"
TODO_ISSUE = "plan.issue"
STEP = "领导小组审定"


@transaction.atomic
def plan_present(*, plan: Plan, version: int | None, actor: Actor, now: datetime) -> Plan:
    """Submits the consolidated plan to the leading group; leaders are told, the office gets the to-do to record the word."""
    current = locked_whole(plan, actor)
    check_version(current, version, mine={})
    before = snapshot(current, LOGGED)
    moved(current, "present")
    if not PlanItem.objects.system("an empty plan is not presented").filter(plan=current).exists():
        raise BadInput("计划里还没有事项", where=current.title, remedy="请先取入各单位的事项，或新增事项")
    current.submitted_at, current.submitted_by = now, actor.name
    save(current)
    ref = ThingRef(KIND, current.pk)
    todo_open(todo=_todo(current, TODO_APPROVE, f"登记审定意见：{current.title}"), now=now)
    if group := current.jurisdiction.group_unit_id:
        notice_send_to_units(texts={group: f"报请审定：{current.title}"}, roles=("leader",), ref=ref, now=now)
    log(log_types.PLAN_PRESENTED, current, actor, now, before=before, after=snapshot(current, LOGGED))
    return current


@transaction.atomic
def plan_reopen(*, plan: Plan, reason: str, version: int | None, actor: Actor, now: datetime) -> Plan:
    """Takes a presented or approved plan back for changes, with the reason; what was approved must be approved again.
    What is presented a leader may send back too: the office is told."""
    current = locked_to_decide(plan, actor)
    if current.state != Plan.State.PRESENTED:
        current = locked_whole(plan, actor)
    check_version(current, version, mine={"comment": reason})
    if not reason.strip():
        raise BadInput(
            "请写明退回修改的理由", where="理由", why="审定过的内容改动要能说清", remedy="写明谁提出、改什么"
        )
    before = snapshot(current, LOGGED)
    moved(current, "reopen")
    current.approved_on, current.comment = None, reason.strip()[:500]
    save(current)
    ref = ThingRef(KIND, current.pk)
    todo_close(ref=ref, actor=actor, now=now)
    if not policies.keeps(actor, current):
        words = f"{actor.name}退回修改：{current.title}。{current.comment}"
        notice_send_to_units(texts={current.unit_id: words[:300]}, roles=policies.OFFICE, ref=ref, now=now)
    log(log_types.PLAN_REOPENED, current, actor, now, before=before, after=snapshot(current, LOGGED))
    return current


@transaction.atomic
def plan_approve(
    *,
    plan: Plan,
    by_name: str,
    on: date,
    actor: Actor,
    now: datetime,
    by_title: str = "",
    opinion: str = "",
    scan: File[bytes] | StoredFile | None = None,
    version: int | None = None,
) -> Plan:
    """Records that the group approved, on paper or in a meeting: who, when, in which words, on which scan (二（二）).
    A leader who decides here approves in the own name, today."""
    current = locked_to_decide(plan, actor)
    if not policies.keeps(actor, current):
        by_name, by_title, on, scan = actor.name, actor.post_title, local_day(now), None
    check_version(current, version, mine={})
    before = snapshot(current, LOGGED)
    moved(current, "approve")
    approval_record(
        jurisdiction=current.jurisdiction,
        ref=ThingRef(KIND, current.pk),
        step=STEP,
        by_name=by_name,
        by_title=by_title,
        on=on,
        opinion=opinion,
        scan=scan,
        actor=actor,
        now=now,
    )
    current.approved_on, current.comment = on, ""
    save(current)
    todo_close(ref=ThingRef(KIND, current.pk), actor=actor, now=now)
    todo_open(todo=_todo(current, TODO_ISSUE, f"印发：{current.title}"), now=now)
    log(log_types.PLAN_APPROVED, current, actor, now, before=before, after=snapshot(current, LOGGED))
    return current


@transaction.atomic
def plan_issue(*, plan: Plan, doc_no: str, on: date, actor: Actor, now: datetime) -> Plan:
    """The plan went out under this number: in force from then on; an earlier version is replaced.

    Discharges the office's duty to draw up and issue (`work.plan.issued`), and hands its items out as tasks and targets. Called when
    the official document drafted from it is issued, within that service. The tasks of a version before follow what this one changed.
    """
    current = locked_whole(plan, actor)
    before = snapshot(current, LOGGED)
    moved(current, "issue")
    current.doc_no, current.issued_on = doc_no[:60], on
    save(current)
    if current.previous_id:
        _supersede(current.previous_id, current, actor, now)
    discharge_by_source(
        code=ISSUED,
        ref=ThingRef(KIND, current.pk),
        jurisdiction=current.jurisdiction,
        unit_ids=[current.unit_id],
        on=on,
        period=(current.year.starts_on, current.year.ends_on),
        statement=f"《{current.title}》已经领导小组审定并印发（{current.doc_no}）",
        actor=actor,
        now=now,
    )
    tasks_hand_out(current, actor, now)
    targets_hand_out(current, actor, now)
    if current.previous_id:
        tasks_follow(current, actor, now)
    todo_close(ref=ThingRef(KIND, current.pk), actor=actor, now=now)
    log(log_types.PLAN_ISSUED, current, actor, now, before=before, after=snapshot(current, LOGGED))
    return current


def _supersede(previous_id: int, by: Plan, actor: Actor, now: datetime) -> None:
    old = locked(Plan(pk=previous_id))
    before = snapshot(old, LOGGED)
    moved(old, "supersede")
    save(old)
    log(log_types.PLAN_CHANGED, old, actor, now, before=before, after=snapshot(old, LOGGED), note=by.doc_no)


def _todo(plan: Plan, kind: str, title: str) -> NewTodo:
    return NewTodo(
        jurisdiction_id=plan.jurisdiction_id,
        unit_id=plan.unit_id,
        kind=kind,
        ref=ThingRef(KIND, plan.pk),
        title=title,
    )

"""Many tasks at once, before it is done: for each what a bulk step would do, or why it is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhize.apps.orgs import selectors as orgs
from zhize.apps.work.models import Task
from zhize.apps.work.policies import tasks as policies
from zhize.apps.years.models import WorkYear
from zhize.core.workflow.task import TABLE
from zhize.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class Bulk:
    """One task, and why it is left out; without a reason it is done."""

    task: Task
    why: str = ""


def closings_of(tasks: Sequence[Task], actor: Actor) -> list[Bulk]:
    """办结销号 of these. Reads: `lead_unit`, `jurisdiction`, `year` joined; one statement."""
    served = orgs.served_by(actor)
    return [Bulk(task, _shut(task) or _not_closed(task, actor, served)) for task in tasks]


def _not_closed(task: Task, actor: Actor, served: orgs.Served) -> str:
    if task.state != Task.State.ASKED:
        return f"{task.get_state_display()}，牵头单位还没有申请办结"
    may = policies.may_check(actor, task, served)
    return "" if may else "不能由您核查（本单位牵头、曾在该单位任职，或由他人核查）"


def reassignments_of(tasks: Sequence[Task], lead_unit_id: int | None, actor: Actor) -> list[Bulk]:
    """改派 of these; no statement."""
    return [Bulk(task, _shut(task) or _not_reassigned(task, lead_unit_id, actor)) for task in tasks]


def _not_reassigned(task: Task, lead_unit_id: int | None, actor: Actor) -> str:
    if not policies.may_manage(actor, task):
        return "不是本办公室交办的"
    if task.lead_unit_id == lead_unit_id:
        return "已由该单位牵头"
    if not any(step.action == "reassign" for step in TABLE.steps_from(task.state)):
        return f"{task.get_state_display()}，不能改派"
    return ""


def _shut(task: Task) -> str:
    return f"{task.year.label}已关账" if task.year.state == WorkYear.State.CLOSED else ""

"""督办, before it is sent: for each task the step that would be taken, or why none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from zhize.apps.work.models import Task, TaskReminder
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.selectors.ladder import ladder_of
from zhize.apps.years.models import WorkYear
from zhize.core.workflow.ladder import Ladder, Rung
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day

CHASED = (
    Task.State.ASSIGNED,
    Task.State.TAKEN,
    Task.State.RUNNING,
    Task.State.RETURNED,
    Task.State.CONTINUING,
)


@dataclass(frozen=True, slots=True)
class Chase:
    """One task: the rung to be taken, or (without one) why it is left out."""

    task: Task
    rung: Rung | None
    why: str = ""


def chase_of(tasks: Sequence[Task], step: str, actor: Actor, now: datetime) -> list[Chase]:
    """What a step (empty: the one that comes next for each) against these would do. Two statements.

    Reads: `lead_unit`, `jurisdiction`, `year` joined.
    """
    today = local_day(now)
    ladder, taken = ladder_of(actor.jurisdiction_code, today), steps_taken(tasks)
    return [_chase(task, ladder, step, taken.get(task.pk, []), actor, today) for task in tasks]


def _chase(task: Task, ladder: Ladder, step: str, taken: list[str], actor: Actor, today: date) -> Chase:
    if not policies.may_manage(actor, task):
        return Chase(task, None, "不是本办公室交办的")
    late = overdue_days(task, today)
    rung = ladder.rung(step) if step else ladder.next_for(taken, late, roles_of(actor, ladder))
    if rung is None:
        return Chase(task, None, "督办办法中没有您可以发出的一步")
    if why := why_not(task, ladder, rung, taken, today):
        return Chase(task, None, why)
    return Chase(task, rung)


def roles_of(actor: Actor, ladder: Ladder) -> frozenset[str]:
    """The actor's roles; the system may take every step."""
    return frozenset(role for rung in ladder.rungs for role in rung.roles) if actor.is_system else actor.roles


def why_not(task: Task, ladder: Ladder, rung: Rung, taken: Sequence[str], today: date) -> str:
    """Why this step cannot be taken against this task today; empty when it can."""
    if task.state not in CHASED:
        return f"{task.get_state_display()}，不需要督办"
    if task.year.state == WorkYear.State.CLOSED:
        return f"{task.year.label}已关账"
    return ladder.why_not(rung, taken, overdue_days(task, today))


def overdue_days(task: Task, today: date) -> int | None:
    """Days past the due date; negative before it, None without one."""
    return (today - task.due_on).days if task.due_on else None


def steps_taken(tasks: Sequence[Task]) -> dict[int, list[str]]:
    """The steps taken so far, by task. One statement."""
    rows = TaskReminder.objects.system("which steps were taken").filter(task__in=[t.pk for t in tasks])
    found: dict[int, list[str]] = {}
    for task_id, step in rows.order_by("pk").values_list("task_id", "step"):
        found.setdefault(task_id, []).append(step)
    return found

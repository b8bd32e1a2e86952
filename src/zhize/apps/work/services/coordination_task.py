"""What the coordination of a matter comes to: a task with the matter as its source."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from zhize.apps.work.log_types import coordination as log_types
from zhize.apps.work.models import Matter, Task
from zhize.apps.work.policies import coordination as policies
from zhize.apps.work.selectors.coordination import KIND
from zhize.apps.work.services.coordination_common import (
    LOGGED,
    locked,
    log,
    moved,
    ref_of,
    save,
    tell_step,
    tell_unit,
)
from zhize.apps.work.services.coordination_office import ONLY_OFFICE, SWITCH
from zhize.apps.work.services.tasks import NewTask, task_create
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.errors import NotAllowed
from zhize.kit.versioned import snapshot


@transaction.atomic
def matter_assign(
    *, matter: Matter, task: NewTask, year: WorkYear, version: int | None = None, actor: Actor, now: datetime
) -> Task:
    """交办任务: what was agreed becomes a task of the unit that is to do it; the unit that raised the matter is told. The
    matter goes on as it was: the office still answers, the unit still says whether that settles it."""
    current = locked(matter, version, task=task.title)
    if not policies.may_handle(actor, current):
        raise NotAllowed(ONLY_OFFICE, remedy=SWITCH)
    before = snapshot(current, LOGGED)
    moved(current, "assign")
    save(current)
    new = replace(
        task, source=Task.Source.COORDINATION, ref=ref_of(current), basis=task.basis or basis_of(current)
    )
    made = task_create(task=new, jurisdiction=current.jurisdiction, year=year, actor=actor, now=now)
    due = f"，{made.due_on} 前" if made.due_on else ""
    words = f"{made.code} {made.title}（{made.lead_unit.name}{due}）"
    tell_step(current, "交办任务", words, actor, now)
    tell_unit(current, current.unit, f"协调事项已形成任务：{words}", now)
    log(log_types.ASSIGNED, current, actor, now, before, words)
    return made


def basis_of(matter: Matter) -> str:
    """省质监局提请协调：明确检验机构人员划转, for who leads the task and may not see the matter."""
    return f"{matter.unit.name}提请协调：{matter.title}"[:200]


def matter_task_closed(task: Task, actor: Actor, now: datetime) -> None:
    """The task a matter came to is done: its story says so and the unit that raised it is told."""
    if task.source_kind != KIND or not task.source_id:
        return
    matter = locked(Matter(pk=task.source_id), None)
    tell_step(matter, "任务办结", f"{task.code} {task.title}", actor, now)
    tell_unit(matter, matter.unit, f"协调形成的任务已办结：{task.title}", now)
    log(log_types.TASK_CLOSED, matter, actor, now, None, f"{task.code} {task.title}")

"""Units merged: the tasks of the one that ended go to its successor, each as far as it has come."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.services.todos import notice_send_to_units, todos_reassign
from zhize.apps.work.events.tasks import TaskReassigned
from zhize.apps.work.log_types import tasks as log_types
from zhize.apps.work.models import Task, TaskChange, TaskUnit
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.selectors.task_successor import held_by_unit
from zhize.apps.work.services.task_common import (
    TODO_DO,
    TODO_REMINDED,
    TODO_RETURNED,
    TODO_TAKE,
    desk_of,
    ref_of,
)
from zhize.apps.work.services.task_links import name_supports
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import NotAllowed
from zhize.kit.events import emit
from zhize.kit.rowfile import rowfile_store

OWN_TODOS = (TODO_TAKE, TODO_DO, TODO_RETURNED, TODO_REMINDED)


@transaction.atomic
def tasks_hand_over(*, year: WorkYear, unit: Unit, heir: Unit, actor: Actor, now: datetime) -> int:
    """Every task of the year that `unit` leads, supports or checks and that is not ended goes to `heir`; gives how many.

    States stay: what was reported, asked for or paused goes on under the successor, which need not take it on anew. Where
    it supported what it now leads, it leads only. One entry with the row file, one message; statements do not grow with rows.
    """
    if not policies.may_hand_out(actor) or not (
        actor.is_system or year.jurisdiction_id == actor.jurisdiction_id
    ):
        raise NotAllowed("只有本辖区办公室可以移交任务", remedy="请切换到办公室的身份")
    rows = held_by_unit(year.jurisdiction_id, year.pk, [unit.pk]).order_by("pk")
    tasks = list(rows.select_for_update(of=("self",)))
    if not tasks:
        return 0
    led = [task for task in tasks if task.lead_unit_id == unit.pk]
    every = Task.objects.system("handed over").filter(pk__in=[task.pk for task in tasks])
    every.filter(lead_unit=unit).update(lead_unit=heir)
    every.filter(checker=unit).update(checker=heir)
    links = TaskUnit.objects.system("handed over").filter(task__in=tasks)
    links.filter(unit=heir, task__in=led).delete()
    taking_part = list(links.filter(unit=heir).values_list("task_id", flat=True))
    links.filter(unit=unit, task__in=taking_part).delete()
    links.filter(unit=unit).update(unit=heir)
    name_supports(tasks)
    for task in tasks:
        task.version += 1
    Task.objects.system("handed over").bulk_update(tasks, ["supports", "version"], batch_size=500)
    reason = f"{unit.name}已撤并，由{heir.name}承接"
    TaskChange.objects.bulk_create(
        [
            TaskChange(
                task=task, kind=TaskChange.Kind.UNIT, state=TaskChange.State.GRANTED, unit_id=actor.unit_id or heir.pk,
                reason=reason, old_unit=unit, new_unit=heir, at=now, by=actor.name, decided_at=now, decided_by=actor.name,
            )
            for task in led
        ],
        batch_size=500,
    )  # fmt: skip
    for kind in OWN_TODOS:
        todos_reassign(refs=map(ref_of, led), unit_id=heir.pk, kind=kind)
    text = f"{unit.name}已撤并，其 {len(tasks)} 项任务由本单位承接，请接着办理"
    notice_send_to_units(texts={desk_of(heir): text}, roles=policies.UNIT, ref=None, now=now)
    for task in led:
        task.lead_unit = heir
        emit(TaskReassigned(task, actor, now))
    digest = rowfile_store(
        {"id": task.pk, "code": task.code, "led": task in led, "from": unit.code, "to": heir.code}
        for task in tasks
    )
    record(
        log_types.HANDED_TO_SUCCESSOR,
        actor=actor,
        thing=None,
        now=now,
        after={"from": unit.name, "to": heir.name, "tasks": len(tasks), "led": len(led)},
        note=reason,
        rows_digest=digest,
        jurisdiction_code=year.jurisdiction.code,
    )
    return len(tasks)

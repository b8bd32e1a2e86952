"""Many tasks at once: another date for all of these, and the ledger from a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from zhize.apps.work.log_types import tasks as log_types
from zhize.apps.work.models import Task, TaskChange
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.services.task_common import reschedule_todos, said
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.rowfile import rowfile_store

MOST = 500
ENDED = (Task.State.CLOSED, Task.State.CANCELLED)


@transaction.atomic
def tasks_change_due(
    *, task_ids: Sequence[int], due_on: date, reason: str, actor: Actor, now: datetime
) -> int:
    """调整期限: one new date for all of these, with the reason in each one's story. All or nothing; gives how many moved.

    One entry with the row file (before and after); statements do not grow with the tasks.
    """
    if not policies.may_hand_out(actor):
        raise NotAllowed("只有交办的办公室可以调整期限", remedy="请切换到办公室的身份")
    reason = said(reason, "调整理由", "写明为什么调整期限", "期限变动要能说清依据")
    if not 0 < len(task_ids) <= MOST:
        raise BadInput("没有选择任务" if not task_ids else f"一次最多调整 {MOST} 项", remedy="请重新勾选")
    rows = Task.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk__in=task_ids)
    tasks = list(rows.select_related("year").order_by("pk"))
    _demand_all(tasks, actor)
    tasks = [task for task in tasks if task.due_on != due_on]
    if not tasks:
        return 0
    unit_id = actor.unit_id
    TaskChange.objects.bulk_create(
        [
            TaskChange(
                task=task, kind=TaskChange.Kind.DUE, state=TaskChange.State.GRANTED, unit_id=unit_id or task.lead_unit_id,
                reason=reason, old_due_on=task.due_on, new_due_on=due_on, at=now, by=actor.name, decided_at=now,
                decided_by=actor.name,
            )
            for task in tasks
        ],
        batch_size=500,
    )  # fmt: skip
    ids = [task.pk for task in tasks]
    Task.objects.system("one date for many").filter(pk__in=ids).update(
        due_on=due_on, version=F("version") + 1
    )
    reschedule_todos(tasks, due_on)
    digest = rowfile_store({"id": t.pk, "code": t.code, "before": t.due_on, "after": due_on} for t in tasks)
    record(
        log_types.DUE_CHANGED,
        actor=actor,
        thing=None,
        now=now,
        after={"tasks": len(tasks), "due_on": due_on.isoformat()},
        note=reason,
        rows_digest=digest,
    )
    return len(tasks)


def _demand_all(tasks: Sequence[Task], actor: Actor) -> None:
    """Every one must be the office's own and still going: a set is refused as a set, with the ones in the way named."""
    foreign = [t for t in tasks if not policies.may_manage(actor, t)]
    if foreign:
        raise NotAllowed(
            "其中有不是本办公室交办的任务",
            where="、".join(t.code for t in foreign[:5]),
            remedy="请取消勾选后再调整",
        )
    ended = [t for t in tasks if t.state in ENDED or t.year.state == WorkYear.State.CLOSED]
    if ended:
        raise BadInput(
            "其中有已办结、已取消或已关账的任务",
            where="、".join(t.code for t in ended[:5]),
            remedy="请取消勾选后再调整",
        )

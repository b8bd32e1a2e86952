"""分解: a part of a task is handed to one's own people or to a unit taking part; the whole is rolled up from its parts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhize.apps.work.log_types import tasks as log_types
from zhize.apps.work.models import Task, TaskUnit
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.services.task_common import locked, ref_of
from zhize.apps.work.services.tasks import NewTask, hand_out_part
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.versioned import snapshot


@transaction.atomic
def task_divide(*, task: Task, part: NewTask, actor: Actor, now: datetime) -> Task:
    """分解任务 (in the same jurisdiction; further down it is `task_create` there, with the task as its source).

    The lead unit gives parts to its own people and to units taking part, and checks them itself; the office gives them to
    any unit and checks them as any task. `part.weight` (1 to 100) is its share. Refused where the task is handed in or
    ended, and where the part would last longer than the whole.
    """
    current = locked(task)
    if not policies.may_divide(actor, current):
        raise NotAllowed("只有牵头单位和交办的办公室可以分解任务", remedy="请切换到牵头单位的身份")
    if current.state in (Task.State.ASSIGNED, Task.State.HANDED_BACK):
        raise StateConflict("任务还没有承办确认，不能分解", where=current.title, remedy="请先承办确认")
    office = policies.may_manage(actor, current)
    taking_part = TaskUnit.objects.system("who takes part").filter(task=current)
    units = set(taking_part.exclude(role=TaskUnit.Role.GUIDE).values_list("unit_id", flat=True))
    if not office and part.lead_unit_id not in units:
        raise BadInput(
            "这个单位没有参与本任务",
            where="承办单位",
            remedy="请选择本单位或配合单位；需要其他单位的，请提请办公室交办",
        )
    made = hand_out_part(
        part=part, whole=current, checker_id=None if office else current.lead_unit_id, actor=actor, now=now
    )
    record(
        log_types.DIVIDED,
        actor=actor,
        thing=ref_of(made),
        now=now,
        after={**snapshot(made), "of": current.code},
        jurisdiction_code=current.jurisdiction.code,
    )
    return made

"""A call of 甘肃省 for the progress of tasks, and what tests do with its answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tests.work.tasks.conftest import on
from tests.world import World

from zhize.apps.requests.models import Call, UnitRequest
from zhize.apps.requests.services import call_create, call_issue, request_accept, request_submit
from zhize.apps.work import services
from zhize.apps.work.models import Task, TaskReply
from zhize.apps.work.selectors.task_replies import CONTENT
from zhize.apps.work.services.task_replies import Written
from zhize.apps.years.models import WorkYear

ISSUED, SENT, TAKEN = on(4, 1), on(4, 3), on(4, 6)
QUARTER = (date(2012, 1, 1), date(2012, 3, 31))


def call_progress(world: World, year: WorkYear, *units: str, **more: Any) -> Call:
    given: dict[str, Any] = {"title": "一季度任务进展", "due_on": date(2012, 4, 5), "period": QUARTER, **more}
    call = call_create(
        jurisdiction=year.jurisdiction, year=year, unit_ids=[world.unit[key].pk for key in units], content=CONTENT,
        actor=world.actor("office"), now=ISSUED, **given,
    )  # fmt: skip
    return call_issue(call=call, version=None, actor=world.actor("office"), now=ISSUED)


def request_of(call: Call, world: World, unit: str = "zjj") -> UnitRequest:
    rows = UnitRequest.objects.system("test").select_related("call__year", "unit", "jurisdiction")
    return rows.get(call=call, unit=world.unit[unit])


def write(
    request: UnitRequest, world: World, rows: dict[Task, Written], who: str = "liaison", now: datetime = SENT
) -> UnitRequest:
    return services.task_replies_save(
        request=request, rows={task.pk: one for task, one in rows.items()}, version=None, actor=world.actor(who), now=now
    )  # fmt: skip


def submit(request: UnitRequest, world: World, who: str = "liaison", now: datetime = SENT) -> UnitRequest:
    return request_submit(request=request, version=None, actor=world.actor(who), now=now)


def accept(request: UnitRequest, world: World, now: datetime = TAKEN) -> UnitRequest:
    return request_accept(request=request, version=None, actor=world.actor("office"), now=now)


def reply_to(task: Task) -> TaskReply:
    return TaskReply.objects.system("test").get(task=task)

"""What comes with new tasks: participants, duties, to-dos, one message a unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.services.todos import notice_send_to_units, todos_open
from zhize.apps.work.models import Task, TaskDuty, TaskUnit
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.services.task_common import KIND, TODO_TAKE, desk_of, todo_of
from zhize.kit.things import ThingRef

if TYPE_CHECKING:
    from zhize.apps.work.services.tasks import NewTask


def link_new(tasks: Sequence[NewTask], rows: Sequence[Task], units: dict[int, Unit], now: datetime) -> None:
    """Participants, duties, to-dos and messages of new tasks."""
    participants: list[TaskUnit] = []
    for new, row in zip(tasks, rows, strict=True):
        participants.append(TaskUnit(task=row, unit_id=new.lead_unit_id, role=TaskUnit.Role.LEAD))
        others = [pk for pk in dict.fromkeys(new.support_unit_ids) if pk != new.lead_unit_id]
        participants += [TaskUnit(task=row, unit_id=pk, order=n) for n, pk in enumerate(others, 1)]
    TaskUnit.objects.bulk_create(participants, batch_size=500)
    links = [
        TaskDuty(task=row, duty_id=pk)
        for new, row in zip(tasks, rows, strict=True)
        for pk in dict.fromkeys(new.duty_ids)
    ]
    TaskDuty.objects.bulk_create(links, batch_size=500)
    todos_open(todos=[todo_of(row, TODO_TAKE, f"承办确认：{row.title}") for row in rows], now=now)
    _tell(rows, participants, units, now)


def name_supports(tasks: Sequence[Task]) -> None:
    """`supports` of tasks whose participants changed, as lists show it; the caller saves. One statement."""
    names: dict[int, list[str]] = {}
    rows = TaskUnit.objects.system("participants changed").filter(task__in=tasks, role=TaskUnit.Role.SUPPORT)
    for task_id, name in rows.order_by("order", "pk").values_list("task_id", "unit__name"):
        names.setdefault(task_id, []).append(name)
    for task in tasks:
        task.supports = "、".join(names.get(task.pk, []))[:300]


def _tell(
    rows: Sequence[Task], participants: Sequence[TaskUnit], units: dict[int, Unit], now: datetime
) -> None:
    """One message a unit, whatever the number of its tasks."""
    led: dict[int, list[Task]] = {}
    for row in rows:
        led.setdefault(desk_of(units[row.lead_unit_id]), []).append(row)
    texts = {desk: f"交办任务：{_titles(own)}" for desk, own in led.items()}
    for one in participants:
        if one.role != TaskUnit.Role.LEAD:
            texts.setdefault(desk_of(units[one.unit_id]), f"请配合办理：{one.task.title}")
    ref = ThingRef(KIND, rows[0].pk) if len(rows) == 1 else None
    notice_send_to_units(texts=texts, roles=policies.UNIT, ref=ref, now=now)


def _titles(tasks: Sequence[Any]) -> str:
    """“抽查五类产品”等3项."""
    return f"“{tasks[0].title}”" + (f"等{len(tasks)}项" if len(tasks) > 1 else "")

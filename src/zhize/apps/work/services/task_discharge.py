"""What closed tasks discharge: the duties they serve, for the units that lead and support them, on the day they were done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from zhize.apps.documents.models import Evidence
from zhize.apps.regulations.services import discharge_by_source
from zhize.apps.work.models import Task, TaskDuty, TaskEvidence, TaskUnit
from zhize.apps.work.services.task_common import ref_of
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day

CLOSED_CODE = "work.task.closed"


def tasks_discharge(*, tasks: Sequence[Task], actor: Actor, now: datetime) -> None:
    """Called by the service that closed them. Three statements for all, then those of each obligation that is discharged."""
    duties: dict[int, list[int]] = defaultdict(list)
    for task_id, duty_id in TaskDuty.objects.filter(task__in=tasks).values_list("task_id", "duty_id"):
        duties[task_id].append(duty_id)
    serving = [task for task in tasks if task.pk in duties]
    if not serving:
        return
    units: dict[int, list[int]] = defaultdict(list)
    taking_part = TaskUnit.objects.system("who discharges by a closed task").filter(task__in=serving)
    for task_id, unit_id in taking_part.exclude(role=TaskUnit.Role.GUIDE).values_list("task_id", "unit_id"):
        units[task_id].append(unit_id)
    links = list(
        TaskEvidence.objects.filter(progress__task__in=serving)
        .order_by("evidence_id")
        .values_list("progress__task_id", "evidence_id")
        .distinct()
    )
    rests_on = Evidence.objects.system("what the tasks rest on").in_bulk({pk for _task, pk in links})
    for task in serving:
        discharge_by_source(
            code=CLOSED_CODE,
            ref=ref_of(task),
            jurisdiction=task.jurisdiction,
            unit_ids=units[task.pk],
            duty_ids=duties[task.pk],
            on=task.done_on or local_day(now),
            statement=f"任务“{task.title}”已办结：{task.last_word}"[:2000],
            evidence=[rests_on[pk] for task_id, pk in links if task_id == task.pk],
            actor=actor,
            now=now,
        )

"""What happened to a task."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhize.apps.work.models import Task
from zhize.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class TaskClosed:
    """The office closed it: what it served is discharged."""

    task: Task
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class TaskReassigned:
    """Another unit leads it from now on (`task.lead_unit`)."""

    task: Task
    actor: Actor
    now: datetime

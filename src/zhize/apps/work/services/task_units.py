"""参与单位: who supports a task, who guides it, and the part of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.services.saving import checked
from zhize.apps.work.log_types import tasks as log_types
from zhize.apps.work.models import Task, TaskUnit
from zhize.apps.work.services.task_common import managed_locked, ref_of, save, tell
from zhize.apps.work.services.task_links import name_supports
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.versioned import check_version

ASK = {TaskUnit.Role.SUPPORT: "请配合办理", TaskUnit.Role.GUIDE: "请指导办理"}


@dataclass(frozen=True, slots=True)
class Part:
    """One unit of a task, its role and what it does."""

    unit: Unit
    role: str
    part: str = ""


@transaction.atomic
def task_units_set(
    *, task: Task, parts: Sequence[Part], version: int | None = None, actor: Actor, now: datetime
) -> Task:
    """Sets who takes part, in this order, the lead among them with its part. A new unit gets a message.

    The lead stays the lead (another is `task_reassign`); a unit has one role. Refused where the task has ended.
    """
    current = managed_locked(task, actor)
    check_version(current, version, mine={"supports": [one.unit.name for one in parts]})
    if current.state in (Task.State.CLOSED, Task.State.CANCELLED):
        raise StateConflict(f"{current.get_state_display()}的任务不能再调整参与单位", remedy="请另行交办")
    _refuse_wrong(current, parts)
    rows = TaskUnit.objects.system("who takes part is set as a whole").filter(task=current)
    here = {row.unit_id: row for row in rows.select_related("unit")}
    before = _said(here.values())
    kept = []
    for order, one in enumerate(parts):
        row = here.get(one.unit.pk) or TaskUnit(task=current, unit=one.unit)
        row.role, row.part, row.order = one.role, one.part.strip(), order
        checked(row)
        row.save()
        kept.append(row)
    rows.exclude(pk__in=[row.pk for row in kept]).exclude(role=TaskUnit.Role.LEAD).delete()
    name_supports([current])
    save(current)
    for role, words in ASK.items():
        new = [one.unit for one in parts if one.role == role and one.unit.pk not in here]
        if new:
            tell(current, f"{words}：{current.title}", now, new)
    record(
        log_types.UNITS_SET,
        actor=actor,
        thing=ref_of(current),
        now=now,
        before={"units": before},
        after={"units": _said(kept)},
        jurisdiction_code=current.jurisdiction.code,
    )
    return current


def _said(rows: Iterable[TaskUnit]) -> list[str]:
    return [row.line for row in rows]


def _refuse_wrong(task: Task, parts: Sequence[Part]) -> None:
    units = [one.unit.pk for one in parts]
    if twice := next((one.unit.name for one in parts if units.count(one.unit.pk) > 1), ""):
        raise BadInput(f"“{twice}”写了两次", where="参与单位", remedy="一个单位只写一行")
    leads = [one.unit for one in parts if one.role == TaskUnit.Role.LEAD]
    if [unit.pk for unit in leads] != [task.lead_unit_id]:
        raise BadInput(
            f"牵头单位应是{task.lead_unit.name}",
            where="参与单位",
            remedy="换牵头单位请用“改派”",
        )

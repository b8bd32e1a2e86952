"""节点计划 and 子任务: a task is planned in steps, divided into weighted parts, and compared with its curve each night."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.db import transaction

from zhize.apps.work.log_types import tasks as log_types
from zhize.apps.work.models import Task, TaskStep
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.selectors.tasks import steps_of_many
from zhize.apps.work.services.task_common import LOGGED, locked, log, parts_of, save
from zhize.apps.years.models import WorkYear
from zhize.apps.years.selectors import calendar
from zhize.core.duties.states import Progress
from zhize.core.kernel.workdays import WorkCalendar
from zhize.core.workflow.progress import PlannedStep, is_behind
from zhize.core.workflow.task import PROGRESS
from zhize.kit.actor import Actor, system_actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.rowfile import rowfile_store
from zhize.kit.versioned import check_version, snapshot

MOST = 24
GOING = [state for state, progress in PROGRESS.items() if progress is Progress.OPEN]


@dataclass(frozen=True, slots=True)
class NewStep:
    """After `due_on`, `percent` of the whole should be done."""

    due_on: date
    percent: int
    name: str


@transaction.atomic
def task_steps_set(
    *, task: Task, steps: Sequence[NewStep], version: int | None = None, actor: Actor, now: datetime
) -> Task:
    """编制节点计划: these steps take the place of the ones before. By the lead unit or the office, while it is being worked on.

    Raises BadInput where dates or percents do not rise, or a step lies after the due date of the task.
    """
    current = locked(task)
    if not policies.may_divide(actor, current):
        raise NotAllowed("只有牵头单位和交办的办公室可以编制节点计划", remedy="请切换到牵头单位的身份")
    check_version(current, version, mine={})
    if current.state in (Task.State.CLOSED, Task.State.CANCELLED):
        raise StateConflict(f"{current.get_state_display()}的任务不能再编制节点", remedy="请另行交办")
    _demand_rising(steps, current)
    plan = TaskStep.objects.system("the plan of this task").filter(task=current)
    before = {"steps": [str(one) for one in plan]}
    plan.delete()
    made = TaskStep.objects.bulk_create(
        TaskStep(task=current, due_on=one.due_on, percent=one.percent, name=one.name) for one in steps
    )
    current.behind = behind_today(current, now)
    save(current)
    log(
        log_types.STEPS_SET,
        current,
        actor,
        now,
        {**snapshot(current, LOGGED), **before},
        note="；".join(str(one) for one in made)[:500],
    )
    return current


def _demand_rising(steps: Sequence[NewStep], task: Task) -> None:
    if len(steps) > MOST:
        raise BadInput(
            f"节点有 {len(steps)} 个", where="节点计划", remedy=f"一项任务最多 {MOST} 个节点，请合并"
        )
    for number, one in enumerate(steps, 1):
        place = f"第 {number} 个节点"
        if not 0 <= one.percent <= 100:
            raise BadInput(f"计划进度 {one.percent} 不合适", where=place, remedy="请填 0 至 100 的整数")
        if task.due_on and one.due_on > task.due_on:
            raise BadInput(
                f"节点日期 {one.due_on} 晚于完成期限 {task.due_on}",
                where=place,
                remedy="请提前节点，或先申请延期",
            )
    for number, (one, after) in enumerate(pairwise(steps), 2):
        if after.due_on <= one.due_on or after.percent < one.percent:
            raise BadInput(
                "节点的日期应一个比一个晚，计划进度不应下降",
                where=f"第 {number} 个节点",
                remedy="请按日期先后排列，进度填累计数",
            )


def behind_today(task: Task, now: datetime) -> bool:
    """Whether the task is behind its steps today. One statement, two where it has steps."""
    return task.pk in behind_of([task], now)


def behind_of(tasks: Sequence[Task], now: datetime) -> set[int]:
    """Those of these tasks that are behind their steps today. One statement, two where one has steps."""
    steps = steps_of_many(tasks)
    if not steps:
        return set()
    today = local_day(now)
    days = _days_around(today)
    return {one.pk for one in tasks if one.pk in steps and _is_behind(one, steps[one.pk], today, days)}


def _is_behind(task: Task, steps: Sequence[TaskStep], today: date, days: WorkCalendar) -> bool:
    plan = [PlannedStep(one.due_on, one.percent) for one in steps]
    return is_behind(task.state, task.percent, plan, today, days)


def _days_around(today: date) -> WorkCalendar:
    return calendar((today.year - 1, today.year + 1))


@transaction.atomic
def tasks_light(*, actor: Actor, now: datetime) -> int:
    """Compares every task that has steps with its curve; gives how many changed. Three statements and one entry.

    Run each night, twice does nothing more than once.
    """
    today = local_day(now)
    days = _days_around(today)
    planned = TaskStep.objects.system("the night's comparison").values("task_id")
    rows = Task.objects.system("the night's comparison").select_for_update(of=("self",))
    going = rows.filter(pk__in=planned).exclude(year__state=WorkYear.State.CLOSED).order_by("pk")
    tasks = list(going.filter(state__in=GOING) | going.filter(behind=True))
    steps = steps_of_many(tasks)
    changed = []
    for task in tasks:
        behind = _is_behind(task, steps.get(task.pk, []), today, days)
        if behind != task.behind:
            task.behind = behind
            changed.append(task)
    if changed:
        Task.objects.system("the night's comparison").bulk_update(changed, ["behind"], batch_size=500)
        digest = rowfile_store({"id": one.pk, "code": one.code, "behind": one.behind} for one in changed)
        record(
            log_types.LIT, actor=actor, thing=None, now=now, after={"tasks": len(changed)}, rows_digest=digest
        )
    return len(changed)


def light_each_night(now: datetime) -> None:
    """What the beat runs."""
    tasks_light(actor=system_actor("夜间核对进度"), now=now)


def demand_parts_settled(task: Task) -> None:
    """The whole is asked for when every part is closed or cancelled. One statement."""
    left = parts_of(task.pk).exclude(state__in=(Task.State.CLOSED, Task.State.CANCELLED))
    codes = list(left.order_by("pk").values_list("code", "title")[:4])
    if codes:
        raise StateConflict(
            "还有子任务没有办结",
            where="、".join(f"{code} {title}" for code, title in codes[:3])
            + ("等" if len(codes) > 3 else ""),
            why="整项任务以各子任务办结为前提",
            remedy="请先办结子任务，或由办公室取消不再需要的",
        )

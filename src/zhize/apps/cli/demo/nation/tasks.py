"""Tasks of each place with who leads and supports, what was reported, and what awaits whom (演示数据)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Model

from zhize.apps.cli.demo.nation.asked import todo_row
from zhize.apps.cli.demo.nation.chance import Chance
from zhize.apps.cli.demo.nation.shape import Place
from zhize.apps.cli.demo.stage import at
from zhize.apps.orgs.models import Region, Unit
from zhize.apps.work.models import Resolution, Task, TaskProgress, TaskUnit
from zhize.apps.work.services.task_common import TODO_DO, TODO_TAKE, todo_of

NUMBER = {Region.Level.PROVINCE: 60, Region.Level.PREFECTURE: 20, Region.Level.COUNTY: 8}
STATE = Task.State
STATES = (
    STATE.RUNNING, STATE.RUNNING, STATE.RUNNING, STATE.CLOSED, STATE.CLOSED, STATE.CLOSED, STATE.ASSIGNED, STATE.TAKEN,
    STATE.RUNNING, STATE.CONTINUING,
)  # fmt: skip
SUBJECTS = (
    "开展重点产品监督抽查", "整治农资产品质量", "推进在建工程质量检查", "开展旅游服务质量测评", "检定医疗用计量器具",
    "培育名牌产品", "清理排查食品生产小作坊", "公布质量信用评价结果", "组织质量月活动", "建设农业标准化示范区",
)  # fmt: skip
FROM = (Task.Source.PLAN, Task.Source.PLAN, Task.Source.RESOLUTION, Task.Source.ASSIGNED, Task.Source.HAND)
HANDED_OUT = date(2012, 2, 6)


@dataclass(frozen=True, slots=True)
class Given:
    """A task with the units that take part in it."""

    place: Place
    task: Task
    lead: Unit
    support: Unit | None


def tasks(places: Sequence[Place], chance: Chance, today: date) -> Iterator[Sequence[Model]]:
    given = [
        _given(place, number, chance, today)
        for place in places
        for number in range(1, NUMBER[Region.Level(place.level)] + 1)
    ]
    yield [one.task for one in given]
    yield [unit for one in given for unit in _units(one)]
    yield list(_resolutions(given))
    yield [row for one in given if (row := _progress(one))]
    yield [
        todo_row(todo_of(one.task, TODO_TAKE, f"承办确认：{one.task.title}"), HANDED_OUT)
        if one.task.state == STATE.ASSIGNED
        else todo_row(todo_of(one.task, TODO_DO, one.task.title), HANDED_OUT)
        for one in given
        if one.task.state in (STATE.ASSIGNED, STATE.TAKEN, STATE.RUNNING)
    ]


def _given(place: Place, number: int, chance: Chance, today: date) -> Given:
    words = (place.code, "task", number)
    state = chance.of(STATES, *words)
    lead = chance.of(place.members, "lead", *words)
    other = chance.of(place.members, "support", *words)
    support = None if other is lead else other
    due = date(2012, 3, 1) + timedelta(days=chance.below(300, "due", *words))
    done = (
        min(due, today - timedelta(days=1 + chance.below(20, "done", *words)))
        if state == STATE.CLOSED
        else None
    )
    moving = state in (STATE.RUNNING, STATE.CONTINUING)
    task = Task(
        jurisdiction=place.jurisdiction, year=place.year, code=f"2012-{number:03d}", seq=number,
        title=f"{SUBJECTS[number % len(SUBJECTS)]}（第{number}项）", source=FROM[number % len(FROM)],
        basis="2012年质量工作要点（演示数据）", goal="按期完成，有数据、有结果。", measure="按季安排，公布结果，跟踪整改。",
        lead_unit=lead, supports=support.name if support else "", due_on=due, first_due_on=due, state=state,
        percent=100 if done else 10 + chance.below(80, "percent", *words) if moving else 0, done_on=done,
        closed_on=done and done + timedelta(days=1), created_at=at(HANDED_OUT),
    )  # fmt: skip
    if task.source == Task.Source.RESOLUTION:
        came_from = place.conference
        task.source_kind, task.source_id = "work.conference", came_from.pk
        task.basis = f"{came_from.title}（{came_from.held_on}）"
    if done or moving:
        task.reported_on = done or today - timedelta(days=5 + chance.below(30, "reported", *words))
        task.last_word = "已完成，结果已公布。" if done else "正在按计划办理。"
    return Given(place, task, lead, support)


def _resolutions(given: Sequence[Given]) -> Iterator[Resolution]:
    """What the conference decided, each handed out as a task."""
    numbers: Counter[str] = Counter()
    for one in given:
        if one.task.source == Task.Source.RESOLUTION:
            numbers[one.place.code] += 1
            yield Resolution(
                conference=one.place.conference, number=numbers[one.place.code], text=one.task.title,
                lead_unit=one.lead, supports=one.task.supports, due_on=one.task.due_on, task=one.task,
            )  # fmt: skip


def _units(one: Given) -> Iterator[TaskUnit]:
    yield TaskUnit(task=one.task, unit=one.lead, role=TaskUnit.Role.LEAD)
    if one.support:
        yield TaskUnit(task=one.task, unit=one.support, order=1)


def _progress(one: Given) -> TaskProgress | None:
    if one.task.reported_on is None:
        return None
    return TaskProgress(
        task=one.task, unit=one.lead, percent=one.task.percent, words=one.task.last_word, at=at(one.task.reported_on),
        by=f"{one.lead.name}联络员（演示）",
    )  # fmt: skip

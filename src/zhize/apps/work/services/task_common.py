"""What every write of a task shares: locks, refusals, to-dos, words, the log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.services.saving import checked
from zhize.apps.orgs.services.todos import NewTodo, notice_send_to_units, todo_open, todos_reassign
from zhize.apps.work.models import Task, TaskChange
from zhize.apps.work.policies import tasks as policies
from zhize.apps.years.models import WorkYear
from zhize.core.workflow.progress import Part, rolled_up
from zhize.core.workflow.table import next_state
from zhize.core.workflow.task import TABLE
from zhize.core.workflow.task_change import TABLE as CHANGE
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.things import ThingRef
from zhize.kit.versioned import snapshot

KIND = "work.task"
TODO_TAKE = "task.take"
TODO_DO = "task.do"
TODO_CHECK = "task.check"
TODO_RETURNED = "task.returned"
TODO_EXTENSION = "task.extension"
TODO_HANDED_BACK = "task.handed_back"
TODO_REMINDED = "task.reminded"
RELATIONS = ("jurisdiction", "year", "lead_unit", "checker")
LOGGED = ["state", "percent", "lead_unit", "due_on", "done_on", "closed_on", "last_word", "reminders"]


def ref_of(task: Task) -> ThingRef:
    return ThingRef(KIND, task.pk)


def locked(task: Task) -> Task:
    """The task locked for this write, with what policies and words read. Refuses a closed year."""
    rows = Task.objects.system("locked for a write").select_for_update(of=("self",))
    current: Task = rows.select_related("lead_unit", "year", "jurisdiction").get(pk=task.pk)
    if current.year.state == WorkYear.State.CLOSED:
        raise StateConflict(
            f"{current.year.label}已关账，任务不能再办理", remedy="如确需办理，请联系办公室重新开启该年度"
        )
    return current


def moved(task: Task, action: str) -> None:
    """Takes the task along its table; NoSuchStep in words where the state does not admit it."""
    task.state = next_state(TABLE, task.state, action).next_state


def save(task: Task) -> None:
    """Raises the version, looks the fields over and saves; what rows mean to each other the database itself checks.

    The task it is a part of follows, and the one above that.
    """
    task.version += 1
    checked(task, exclude=RELATIONS)
    task.save()
    if task.source_kind == KIND and task.source_id:
        roll_up(task.source_id)


def parts_of(task_id: int) -> ScopedQuerySet[Task]:
    """The sub-tasks of a task, here and in the jurisdictions below."""
    return Task.objects.system("a task is the sum of its parts").filter(source_kind=KIND, source_id=task_id)


def roll_up(task_id: int) -> None:
    """The percent of a task from its parts (`tasks.rollup`), then of the one above. Locks upwards only."""
    task = (
        Task.objects.system("rolled up from its parts")
        .select_for_update(of=("self",))
        .filter(pk=task_id)
        .first()
    )
    if task is None or task.state in (Task.State.ASKED, Task.State.CLOSED, Task.State.CANCELLED):
        return
    rows = parts_of(task_id).values_list("state", "percent", "weight")
    percent = rolled_up(Part(*row) for row in rows)
    if percent is None or percent == task.percent:
        return
    task.percent = percent
    task.save(update_fields=["percent"])
    if task.source_kind == KIND and task.source_id:
        roll_up(task.source_id)


def said(words: str, where: str, remedy: str, why: str = "") -> str:
    """The words without blanks at the ends; BadInput where there are none."""
    if not words.strip():
        raise BadInput(f"没有填写{where}", where=where, why=why, remedy=remedy)
    return words.strip()


def change_of(task: Task, kind: str, actor: Actor, now: datetime, reason: str, **more: Any) -> TaskChange:
    """A line of the task's story, saved; decided at once unless `state` says that it is asked."""
    decided = (
        {} if more.get("state") == TaskChange.State.ASKED else {"decided_at": now, "decided_by": actor.name}
    )
    values = {"state": TaskChange.State.GRANTED, **decided, **more}
    unit_id = actor.unit_id or task.jurisdiction.office_unit_id or task.lead_unit_id
    change = TaskChange(task=task, kind=kind, unit_id=unit_id, reason=reason, at=now, by=actor.name, **values)
    checked(change, exclude=("task", "unit", "old_unit", "new_unit", "progress"))
    change.save()
    return change


def asked_change(task: Task, kind: str) -> TaskChange | None:
    """What waits for the office's word, locked."""
    rows = TaskChange.objects.system("locked for a write").select_for_update()
    return rows.filter(task=task, kind=kind, state=TaskChange.State.ASKED).first()


def drop_asked(task: Task, actor: Actor, now: datetime, *kinds: str) -> None:
    """What still waited for the office's word has no object any more."""
    for kind in kinds:
        if change := asked_change(task, kind):
            change.state = next_state(CHANGE, change.state, "withdraw").next_state
            change.decided_at, change.decided_by = now, actor.name
            change.save()


def desk_of(unit: Unit) -> int:
    """The unit whose people act for this one: a prefecture's office for its government."""
    return unit.answers_through_id or unit.pk


def tell(task: Task, text: str, now: datetime, units: Iterable[Unit] = ()) -> None:
    """A message to the people of the lead unit, or of these."""
    desks = [desk_of(unit) for unit in units] or [desk_of(task.lead_unit)]
    notice_send_to_units(texts=dict.fromkeys(desks, text), roles=policies.UNIT, ref=ref_of(task), now=now)


def todo_of(
    task: Task, kind: str, title: str, unit_id: int | None = None, due_on: date | None = None
) -> NewTodo:
    """What awaits the lead unit, or another, about this task."""
    return NewTodo(
        jurisdiction_id=task.jurisdiction_id,
        unit_id=unit_id or task.lead_unit_id,
        kind=kind,
        ref=ref_of(task),
        title=title,
        due_on=due_on if unit_id else task.due_on,
    )


def reschedule_todos(tasks: Sequence[Task], due_on: date) -> None:
    """What awaits the lead units follows the date of the task; what awaits the office keeps its own."""
    refs = [ref_of(task) for task in tasks]
    for kind in (TODO_TAKE, TODO_DO, TODO_RETURNED, TODO_REMINDED):
        todos_reassign(refs=refs, due_on=due_on, kind=kind)


def checked_by(task: Task) -> int | None:
    """The unit that closes it: the office of its jurisdiction; the group where the office itself leads."""
    office = task.jurisdiction.office_unit_id
    own = office in (task.lead_unit_id, task.lead_unit.answers_through_id)
    return task.checker_id or (task.jurisdiction.group_unit_id if own else office)


def await_office(task: Task, kind: str, title: str, now: datetime, due_on: date | None = None) -> None:
    """A to-do for whoever checks the task."""
    if unit := checked_by(task):
        todo_open(todo=todo_of(task, kind, title, unit, due_on), now=now)


def log(what: LogType, task: Task, actor: Actor, now: datetime, before: dict[str, Any], **more: Any) -> None:
    """One entry in the chain of the task's jurisdiction, with what differs."""
    record(
        what,
        actor=actor,
        thing=ref_of(task),
        now=now,
        before=before,
        after=snapshot(task, LOGGED),
        jurisdiction_code=task.jurisdiction.code,
        **more,
    )


def managed_locked(task: Task, actor: Actor) -> Task:
    """The task locked for a write of the office that handed it out; anybody else is refused."""
    current = locked(task)
    if not policies.may_manage(actor, current):
        raise NotAllowed("只有交办的办公室可以办理", remedy="请切换到办公室的身份")
    return current

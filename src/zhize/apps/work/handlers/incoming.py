"""来文 and 批示件 given to units become tasks; a task closed is a holder that has finished."""

from __future__ import annotations

from zhize.apps.documents.events import IncomingAssigned
from zhize.apps.documents.models import Incoming
from zhize.apps.documents.selectors import INCOMING
from zhize.apps.documents.services import incoming_reheld, incoming_result, incoming_tasked
from zhize.apps.work.events.tasks import TaskClosed, TaskReassigned
from zhize.apps.work.models import Task
from zhize.apps.work.services.tasks import NewTask, task_create
from zhize.apps.years.selectors import year_in_progress
from zhize.kit.clock import local_day
from zhize.kit.errors import StateConflict
from zhize.kit.events import on
from zhize.kit.things import ThingRef

TITLE, BASIS = 120, 200


def on_assigned(event: IncomingAssigned) -> None:
    """One task for each holder, in the year in progress, naming the paper it comes from."""
    holder, incoming = event.holder, event.holder.incoming
    year = year_in_progress(event.actor, local_day(event.now))
    if year is None:
        raise StateConflict(
            "没有进行中的工作年度",
            where=incoming.serial,
            why="任务记在年度之下",
            remedy="请先开启本年度，再交承办",
        )
    told = incoming.sort == Incoming.Sort.INSTRUCTION
    basis = f"{incoming.leader}批示：{incoming.words}" if told else f"{incoming.from_name} {incoming.number}"
    task = task_create(
        task=NewTask(
            title=incoming.title[:TITLE],
            lead_unit_id=holder.unit_id,
            due_on=holder.due_on,
            goal=incoming.proposal,
            source=Task.Source.INSTRUCTION if told else Task.Source.ASSIGNED,
            ref=ThingRef(INCOMING, incoming.pk),
            basis=basis.strip()[:BASIS],
            support_unit_ids=event.support_ids,
        ),
        jurisdiction=incoming.jurisdiction,
        year=year,
        actor=event.actor,
        now=event.now,
    )
    incoming_tasked(holder=holder, ref=ThingRef("work.task", task.pk), actor=event.actor, now=event.now)


def on_closed(event: TaskClosed) -> None:
    if event.task.source_kind == INCOMING:
        incoming_result(
            ref=ThingRef("work.task", event.task.pk),
            result=event.task.last_word or "已办结",
            actor=event.actor,
            now=event.now,
        )


def on_reassigned(event: TaskReassigned) -> None:
    if event.task.source_kind == INCOMING:
        incoming_reheld(
            ref=ThingRef("work.task", event.task.pk),
            unit=event.task.lead_unit,
            actor=event.actor,
            now=event.now,
        )


def connect() -> None:
    """Called once by `AppConfig.ready`."""
    on(IncomingAssigned, on_assigned)
    on(TaskClosed, on_closed)
    on(TaskReassigned, on_reassigned)

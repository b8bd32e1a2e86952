"""What this app does when something happens below it."""

from __future__ import annotations

from zhize.apps.documents.events import OfficialIssued
from zhize.apps.inspection.selectors.findings import KIND
from zhize.apps.inspection.services import on_check_notice_issued
from zhize.apps.orgs.services.todos import todo_close
from zhize.apps.work.events.tasks import TaskClosed
from zhize.kit.things import ThingRef


def on_official_issued(event: OfficialIssued) -> None:
    on_check_notice_issued(event.document, event.actor, event.now)


def on_task_closed(event: TaskClosed) -> None:
    """The task of a problem is closed, from here or from its own page: nobody is asked to close it any more."""
    task = event.task
    if task.source_kind == KIND and task.source_id:
        todo_close(ref=ThingRef(KIND, task.source_id), actor=event.actor, now=event.now)

"""A person leaves: the tasks in charge, sub-tasks among them, name the successor."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from zhize.apps.orgs.models import Post
from zhize.apps.orgs.services.todos import notice_send
from zhize.apps.work.log_types import tasks as log_types
from zhize.apps.work.models import Task, TaskReminder
from zhize.apps.work.selectors.task_person import in_charge_of
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.rowfile import rowfile_store


@transaction.atomic
def tasks_take_charge(*, old: Post, new: Post, actor: Actor, now: datetime) -> int:
    """责任人 of every task of the former holder becomes the new one, who is told how many and how many reminders wait for an
    answer. Called by the hand-over of the post, after its policy. One entry with the row file; gives how many."""
    rows = in_charge_of(old.user.name, old.user_id, old.unit_id, local_day(now)).select_for_update(
        of=("self",)
    )
    tasks = list(rows.order_by("pk"))
    if not tasks:
        return 0
    mine = Task.objects.system("handed to the successor").filter(pk__in=[task.pk for task in tasks])
    mine.update(person=new.user.name, version=F("version") + 1)
    waiting = TaskReminder.objects.system("reminders without an answer").filter(task__in=tasks)
    left = waiting.filter(answered_at__isnull=True).count()
    words = f"接任{new.title}：{old.user.name}负责的 {len(tasks)} 项任务由您负责"
    notice_send(
        user_ids=[new.user_id],
        text=words + (f"，其中 {left} 件督办待反馈" if left else ""),
        ref=None,
        now=now,
    )
    digest = rowfile_store(
        {"id": task.pk, "code": task.code, "before": old.user.name, "after": new.user.name} for task in tasks
    )
    record(
        log_types.CHARGE_TAKEN,
        actor=actor,
        thing=None,
        now=now,
        after={"from": old.user.name, "to": new.user.name, "tasks": len(tasks)},
        rows_digest=digest,
        jurisdiction_code=new.jurisdiction.code,
    )
    return len(tasks)

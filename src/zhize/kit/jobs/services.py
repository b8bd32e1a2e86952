"""Starting, cancelling and reaping jobs."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import NotAllowed, StateConflict
from zhize.kit.jobs.registry import function_of
from zhize.kit.jobs.runner import HEARTBEAT, run_job
from zhize.kit.log_types import JOB_CANCELLED, JOB_STARTED
from zhize.kit.models import Job
from zhize.kit.things import ThingRef

DEAD_AFTER = HEARTBEAT * 12
INTERRUPTED = "任务中断：执行它的程序已停止（可能是服务器重启）。已完成的部分要么全部保留、要么全部没有发生。请重新提交。"


def actor_values(actor: Actor) -> dict[str, Any]:
    """The actor as JSON, so that a worker acts as exactly who asked. Takes a request's lazy actor as well."""
    values = {f.name: getattr(actor, f.name) for f in fields(Actor)}
    return values | {"roles": sorted(actor.roles)}


def actor_from(values: dict[str, Any]) -> Actor:
    """The inverse of `actor_values`."""
    return Actor(**(values | {"roles": frozenset(values["roles"])}))


@transaction.atomic
def job_start(*, kind: str, title: str, actor: Actor, payload: dict[str, Any], now: datetime) -> Job:
    """Queues a job of a registered kind under the actor's name; row and queue entry commit together.

    The asking service checks its policy first; the job function asks it again when it writes.
    """
    function_of(kind)
    if actor.user_id is None:
        raise NotAllowed("后台任务须由登录人员提交", remedy="请登录后重试")
    job = Job(
        user_id=actor.user_id,
        kind=kind,
        title=title,
        actor=actor_values(actor),
        payload=payload,
        created_at=now,
    )
    job.full_clean()
    job.save()
    record(
        JOB_STARTED,
        actor=actor,
        thing=ThingRef("kit.job", job.pk),
        now=now,
        after={"kind": kind, "title": title},
    )
    run_job.enqueue(job.pk)
    job.refresh_from_db(from_queryset=Job.objects.system("the job just queued"))
    return job


@transaction.atomic
def job_cancel(*, job: Job, actor: Actor, now: datetime) -> Job:
    """Asks a running job to stop at its next step, or takes a waiting one out of the queue."""
    if job.user_id != actor.user_id:
        raise NotAllowed("只有提交人可以取消任务", where=job.title, remedy="请联系提交人")
    rows = Job.objects.system("the owner's own job").filter(pk=job.pk)
    waiting = rows.filter(state=Job.State.WAITING)
    if not waiting.update(
        state=Job.State.CANCELLED, cancel_asked=True, ended_at=now, message="已取消，未开始执行。"
    ) and not rows.filter(state=Job.State.RUNNING).update(cancel_asked=True):
        raise StateConflict("任务已经结束", where=job.title, remedy="请查看结果")
    record(JOB_CANCELLED, actor=actor, thing=ThingRef("kit.job", job.pk), now=now, note=job.title)
    job.refresh_from_db(from_queryset=Job.objects.system("the owner's own job"))
    return job


def jobs_reap(now: datetime) -> int:
    """Marks running jobs whose worker has given no sign of life as failed, in words; for the beat.

    Assumption: a live worker writes a heartbeat every ten seconds, also while its function computes. Risk: one that
    holds SQLite's only writer for longer is marked too early; its own end then corrects the mark.
    """
    limit = now - timedelta(seconds=DEAD_AFTER)
    return (
        Job.objects.system("jobs without a live worker")
        .filter(state=Job.State.RUNNING, heartbeat_at__lt=limit)
        .update(state=Job.State.FAILED, ended_at=now, message=INTERRUPTED)
    )

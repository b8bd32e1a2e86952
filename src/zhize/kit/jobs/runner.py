"""What the worker runs: one task that does any job by its kind.

Heartbeats are real time (so is the beat that reads them); what a job writes has the clock of the house.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection
from django.utils import timezone, translation
from django_tasks import task

from zhize.kit import clock
from zhize.kit.actor import standing
from zhize.kit.errors import BadInput, ZhizeError
from zhize.kit.jobs.progress import Cancelled, Progress
from zhize.kit.jobs.registry import function_of
from zhize.kit.models import Job

log = logging.getLogger(__name__)
HEARTBEAT = 10  # seconds


@task()
def run_job(job_id: int) -> None:
    """Claims a waiting job, does it as the actor who asked, and writes its end. Never raises."""
    from zhize.kit.jobs.services import actor_from

    rows = Job.objects.system("the worker's own job").filter(pk=job_id)
    now = clock.now()
    claimed = rows.filter(state=Job.State.WAITING).update(
        state=Job.State.RUNNING, started_at=now, heartbeat_at=timezone.now()
    )
    if not claimed:
        return
    job = rows.get()
    try:
        actor = actor_from(job.actor)
        with _alive(job_id), translation.override("zh-hans"), standing(actor.jurisdiction_code):
            result = function_of(job.kind)(
                progress=Progress(job_id), payload=job.payload, actor=actor, now=now
            )
        end: dict[str, Any] = {
            "state": Job.State.DONE,
            "message": result.message,
            "result": {"url": result.url, **result.data},
        }
    except Cancelled:
        end = {"state": Job.State.CANCELLED, "message": "已按要求取消；没有写入任何正式数据。"}
    except BadInput as error:
        end = {"state": Job.State.FAILED, "message": "\n".join(str(p) for p in error.problems[:20])}
    except ZhizeError as error:
        end = {"state": Job.State.FAILED, "message": str(error.problem)}
    except Exception:
        log.exception("job %s (%s) failed", job_id, job.kind)
        end = {
            "state": Job.State.FAILED,
            "message": f"任务中断：程序出错，已记入日志（任务编号 {job_id}）。没有写入的部分可以重新提交；如再次出现，请联系系统管理员。",
        }
    rows.update(**end, ended_at=clock.now())


@contextmanager
def _alive(job_id: int) -> Iterator[None]:
    """Writes a heartbeat from a thread of its own, so that long computing does not look like death.

    Inside somebody's transaction (the immediate backend of tests) there is nothing to tell: nobody could see it.
    """
    if connection.in_atomic_block:
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(target=_beat, args=(job_id, stop), name=f"heartbeat-{job_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=5)


def _beat(job_id: int, stop: threading.Event) -> None:
    try:
        while not stop.wait(HEARTBEAT):
            try:
                Job.objects.system("heartbeat").filter(pk=job_id).update(heartbeat_at=timezone.now())
            except DatabaseError:  # the writer is taken: the next beat tries again
                log.debug("heartbeat of job %s missed", job_id)
    finally:
        connection.close()

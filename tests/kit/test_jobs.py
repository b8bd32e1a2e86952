"""Background jobs: done as who asked, with progress, cancel, an end in words; a dead worker's job is told."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from zhize.apps.audit.models import Entry
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.jobs import Cancelled, JobResult, Progress, job_cancel, job_start, jobs_reap, register_job
from zhize.kit.jobs.runner import run_job
from zhize.kit.jobs.services import actor_from, actor_values
from zhize.kit.models import Job

pytestmark = pytest.mark.django_db
_todo: dict[str, Any] = {}


def _do(*, progress: Progress, payload: dict[str, Any], actor: Actor, now: datetime) -> JobResult:
    result: JobResult = _todo["run"](progress, payload, actor)
    return result


register_job("test.any", _do)


@pytest.fixture(autouse=True)
def _reset() -> Iterator[None]:
    yield
    _todo.clear()


def start(actor: Actor, now: datetime, run: Any, **payload: Any) -> Job:
    _todo["run"] = run
    return job_start(kind="test.any", title="演示任务", actor=actor, payload=payload, now=now)


def saved(job: Job) -> Job:
    return Job.objects.system("test").get(pk=job.pk)


def waiting(actor: Actor, now: datetime, **values: Any) -> Job:
    return Job.objects.create(
        user_id=actor.user_id, kind="test.any", title="演示任务", actor=actor_values(actor), created_at=now, **values
    )  # fmt: skip


def test_a_job_is_done_as_who_asked_and_says_where_the_result_is(office: Actor, now: datetime) -> None:
    seen: list[Actor] = []

    def run(progress: Progress, payload: dict[str, Any], actor: Actor) -> JobResult:
        seen.append(actor)
        progress.step(3, 3)
        return JobResult(f"处理 {payload['n']} 行", "/x/")

    job = start(office, now, run, n=3)
    assert (job.state, job.message, job.result["url"], job.done, job.percent) == (
        "done",
        "处理 3 行",
        "/x/",
        3,
        100,
    )
    assert seen == [office]
    assert Entry.objects.system("test").filter(type="kit.job.started").count() == 1


def test_the_actor_survives_the_queue_by_value(office: Actor) -> None:
    assert actor_from(actor_values(office)) == office


def test_an_error_in_words_is_the_jobs_message(office: Actor, now: datetime) -> None:
    def run(*_: Any) -> JobResult:
        raise BadInput("表头不对", where="表“名册”", remedy="请改表头")

    job = start(office, now, run)
    assert (job.state, job.message) == ("failed", "表“名册”：表头不对。请改表头。")


def test_a_programming_error_is_told_without_its_inside(office: Actor, now: datetime) -> None:
    def run(*_: Any) -> JobResult:
        raise ZeroDivisionError("secret")

    job = start(office, now, run)
    assert job.state == "failed"
    assert "已记入日志" in job.message
    assert "secret" not in job.message


def test_a_running_job_stops_at_its_next_step_when_asked(office: Actor, now: datetime) -> None:
    def run(progress: Progress, payload: dict[str, Any], actor: Actor) -> JobResult:
        Job.objects.system("test").filter(pk=progress.job_id).update(cancel_asked=True)
        progress.step(1, 2)
        raise AssertionError("went on after cancel")

    assert start(office, now, run).state == "cancelled"


def test_a_waiting_job_is_taken_out_of_the_queue(office: Actor, now: datetime) -> None:
    job = waiting(office, now)
    job_cancel(job=job, actor=office, now=now)
    run_job.func(job.pk)
    assert saved(job).state == "cancelled"


def test_only_the_owner_cancels_and_only_what_is_not_over(
    office: Actor, liaison: Actor, now: datetime
) -> None:
    job = waiting(office, now)
    with pytest.raises(NotAllowed):
        job_cancel(job=job, actor=liaison, now=now)
    job_cancel(job=job, actor=office, now=now)
    with pytest.raises(StateConflict):
        job_cancel(job=job, actor=office, now=now)


def test_a_job_is_claimed_once(office: Actor, now: datetime) -> None:
    job = waiting(office, now, state="running", heartbeat_at=now)
    _todo["run"] = lambda *_: pytest.fail("ran twice")
    run_job.func(job.pk)
    assert saved(job).state == "running"


def test_a_job_without_a_live_worker_is_marked_failed_in_words(office: Actor, now: datetime) -> None:
    dead = waiting(office, now, state="running", heartbeat_at=now - timedelta(minutes=5))
    live = waiting(office, now, state="running", heartbeat_at=now - timedelta(seconds=30))
    assert jobs_reap(now) == 1
    assert saved(dead).state == "failed"
    assert "重新提交" in saved(dead).message
    assert saved(live).state == "running"


def test_steps_are_written_at_most_twice_a_second(
    office: Actor, now: datetime, django_assert_max_num_queries: Any
) -> None:
    progress = Progress(waiting(office, now).pk)
    with django_assert_max_num_queries(4):
        for done in range(1000):
            progress.step(done, 1000)


def test_pages_show_only_ones_own_jobs(as_: Callable[[str], Client], office: Actor, now: datetime) -> None:
    job = start(office, now, lambda *_: JobResult("好了"))
    mine, theirs = as_("office"), as_("liaison")
    assert "演示任务" in mine.get("/jobs/").content.decode()
    assert "好了" in mine.get(f"/jobs/{job.pk}/").content.decode()
    fragment = mine.get(f"/jobs/{job.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "hx-trigger" not in fragment, "a job that ended is asked for no more"
    assert theirs.get(f"/jobs/{job.pk}/").status_code == 404
    assert theirs.post(f"/jobs/{job.pk}/cancel/").status_code == 404


def test_a_running_job_is_polled_and_can_be_cancelled(
    as_: Callable[[str], Client], office: Actor, now: datetime
) -> None:
    job = waiting(office, now, state="running", heartbeat_at=now, done=5, total=10)
    client = as_("office")
    shown = client.get(f"/jobs/{job.pk}/").content.decode()
    assert 'hx-trigger="every 2s"' in shown
    assert "刷新" in shown
    assert client.post(f"/jobs/{job.pk}/cancel/").status_code == 302
    assert saved(job).cancel_asked


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_leaves_a_job_the_beat_tells(office: Actor, now: datetime) -> None:
    from django.db import connections

    job = waiting(office, now)
    connections.close_all()
    child = os.fork()
    if child == 0:
        _todo["run"] = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        run_job.func(job.pk)
        os._exit(0)
    os.waitpid(child, 0)
    assert saved(job).state == "running"
    jobs_reap(datetime.now(now.tzinfo) + timedelta(minutes=5))
    assert saved(job).state == "failed"


def test_cancelled_is_not_an_error_a_job_can_swallow_by_catching_zhize_errors() -> None:
    assert not issubclass(Cancelled, BadInput)

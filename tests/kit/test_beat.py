"""The beat: each function once per slot, even with two beats; a failure does not stop the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest

from zhize.kit import beat
from zhize.kit.beat import Periodic, register_periodic, run_due
from zhize.kit.models import BeatRun

pytestmark = pytest.mark.django_db
NOON = datetime(2012, 3, 5, 4, 0, 30, tzinfo=UTC)  # 12:00:30 in Shanghai


@pytest.fixture(autouse=True)
def only() -> Iterator[None]:
    before = dict(beat._periodic)
    beat._periodic.clear()
    yield
    beat._periodic.clear()
    beat._periodic.update(before)


def ran(name: str, **when: object) -> list[datetime]:
    times: list[datetime] = []
    register_periodic(Periodic(name, times.append, **when))  # type: ignore[arg-type]
    return times


def test_every_minute_means_once_a_minute() -> None:
    times = ran("m", every=timedelta(minutes=1))
    for seconds in (0, 10, 29, 31, 50):
        run_due(NOON + timedelta(seconds=seconds))
    assert times == [NOON, NOON + timedelta(seconds=31)]


def test_daily_waits_for_its_local_time_and_runs_once() -> None:
    times = ran("d", at=time(13, 0))
    assert run_due(NOON) == []
    assert run_due(NOON + timedelta(minutes=59)) == []
    assert run_due(NOON + timedelta(hours=1)) == ["d"]
    assert run_due(NOON + timedelta(hours=5)) == []
    assert run_due(NOON + timedelta(hours=25)) == ["d"]
    assert len(times) == 2


def test_a_slot_claimed_by_another_beat_is_not_run_again() -> None:
    times = ran("m", every=timedelta(hours=1))
    one = beat.periodics()[0]
    assert beat._claimed(one, NOON)
    assert not beat._claimed(one, NOON + timedelta(seconds=5))
    assert len(times) == 1


def test_a_failure_is_kept_and_the_others_still_run() -> None:
    def fail(now: datetime) -> None:
        raise ValueError("broken")

    register_periodic(Periodic("bad", fail, every=timedelta(minutes=1)))
    times = ran("good", every=timedelta(minutes=1))
    assert run_due(NOON) == ["bad", "good"]
    assert len(times) == 1
    row = BeatRun.objects.get(name="bad")
    assert (row.failed, row.message) == (True, "ValueError: broken")


def test_a_function_needs_exactly_one_kind_of_time() -> None:
    with pytest.raises(ValueError, match="either"):
        register_periodic(Periodic("x", print))

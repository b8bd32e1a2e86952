"""The beat: functions that run every so often or once a day (ADR 0007). No broker, no clock but the caller's.

Each run is claimed by moving the function's stored slot forward in one conditional UPDATE, so two beats at once run
it once. It is claimed before it runs: killed in the middle, it runs again in its next slot, not in this one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.utils import timezone

from zhize.kit import clock
from zhize.kit.models import BeatRun

log = logging.getLogger(__name__)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Periodic:
    """A function of `now`, run every `every`, or daily at local time `at`."""

    name: str
    run: Callable[[datetime], object]
    every: timedelta | None = None
    at: time | None = None

    def slot(self, now: datetime) -> datetime:
        """The beginning of the slot `now` lies in."""
        if self.every is not None:
            return _EPOCH + (now - _EPOCH) // self.every * self.every
        assert self.at is not None
        local = timezone.localtime(now)
        today = local.replace(hour=self.at.hour, minute=self.at.minute, second=self.at.second, microsecond=0)
        return today if today <= local else today - timedelta(days=1)


_periodic: dict[str, Periodic] = {}


def register_periodic(one: Periodic) -> None:
    """Called by an app's `ready`; needs exactly one of `every` and `at`."""
    if (one.every is None) == (one.at is None):
        raise ValueError(f"periodic {one.name!r} needs either every or at")
    if _periodic.get(one.name, one) != one:
        raise ValueError(f"periodic {one.name!r} registered twice")
    _periodic[one.name] = one


def periodics() -> list[Periodic]:
    return list(_periodic.values())


def run_due(now: datetime) -> list[str]:
    """Runs what is due and answers the names that ran. A failure is stored and logged; the others still run.

    A function never seen before waits for its next slot when daily, and runs at once when periodic.
    """
    last = dict(BeatRun.objects.values_list("name", "slot"))
    return [
        one.name for one in periodics() if last.get(one.name, _EPOCH) < one.slot(now) and _claimed(one, now)
    ]


def _claimed(one: Periodic, now: datetime) -> bool:
    slot = one.slot(now)
    row, made = BeatRun.objects.get_or_create(
        name=one.name, defaults={"slot": slot if one.at is not None else _EPOCH}
    )
    if made and one.at is not None:
        return False
    mine = BeatRun.objects.filter(pk=row.pk, slot__lt=slot)
    if not mine.update(slot=slot, started_at=now, ended_at=None, failed=False, message=""):
        return False
    failed, message = False, ""
    try:
        message = str(one.run(now) or "")
    except Exception as error:
        log.exception("periodic %s failed", one.name)
        failed, message = True, f"{type(error).__name__}: {error}"[:2000]
    BeatRun.objects.filter(pk=row.pk, slot=slot).update(ended_at=clock.now(), failed=failed, message=message)
    return True

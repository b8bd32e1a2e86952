"""The one clock at the edge of the house (requests, beat, commands); everything inside takes `now`.

A demonstration may run in another year: with `ZHIZE_CLOCK=2012-04-16`, or after `zhize demo-day 2012-04-16`, every
page, light and entry has that date and the real time of day, and each page says so. Sessions and lock-outs keep the
real clock.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The present moment in the office's time zone, so that its `date()` is the office's day; on the demonstration's date where one is set."""
    moment = timezone.localtime(timezone.now())
    if shown := demonstration_date():
        moment = moment.replace(year=shown.year, month=shown.month, day=shown.day)
    return moment


def wall() -> float:
    """Seconds of the real clock, for sessions and lock-outs: a demonstration's date must not end or stretch them."""
    return timezone.now().timestamp()


def today() -> date:
    """The present day in the office's time zone."""
    return local_day(now())


def local_day(moment: datetime) -> date:
    """The calendar day of a moment in the office's time zone: 23:30 on the due day is in time."""
    return timezone.localtime(moment).date()


def demonstration_date() -> date | None:
    """The date the demonstration is held at, or None in real work."""
    if settings.ZHIZE_CLOCK:
        return date.fromisoformat(settings.ZHIZE_CLOCK)
    try:
        written = settings.ZHIZE_CLOCK_FILE.stat()
    except OSError:
        return None
    # Another day is always a new file (`hold_at`), hence its number: two within one tick of the clock differ too.
    return _written(settings.ZHIZE_CLOCK_FILE, written.st_ino, written.st_mtime_ns)


@lru_cache(maxsize=2)
def _written(path: Path, _inode: int, _at: int) -> date:
    return date.fromisoformat(path.read_text("utf-8").strip())


def hold_at(day: date, file: Path | None = None) -> None:
    """From now on the demonstration is held at this day, in every process that runs on this data folder (or on the one of
    another `file`)."""
    path = file or Path(settings.ZHIZE_CLOCK_FILE)
    fresh = path.with_suffix(".new")
    fresh.write_text(day.isoformat(), "utf-8")
    fresh.replace(path)

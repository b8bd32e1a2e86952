"""The clock at the edge: the day of a request is the office's, not Greenwich's."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from unittest import mock

from zhize.kit import clock

EARLY = datetime(2012, 3, 5, 22, 30, tzinfo=UTC)  # half past six in the morning of the 6th in Lanzhou


def test_early_in_the_morning_it_is_already_the_offices_day(settings: Any) -> None:
    settings.ZHIZE_CLOCK = ""
    with mock.patch("django.utils.timezone.now", return_value=EARLY):
        assert clock.now() == EARLY
        assert clock.now().date() == clock.today() == date(2012, 3, 6)


def test_a_demonstration_keeps_its_day_and_the_time_of_the_clock_on_the_wall(settings: Any) -> None:
    settings.ZHIZE_CLOCK = "2012-12-20"
    with mock.patch("django.utils.timezone.now", return_value=EARLY):
        assert (clock.now().date(), clock.now().hour) == (date(2012, 12, 20), 6)


def test_the_days_of_a_demonstration_pass_while_it_runs(settings: Any, tmp_path: Path) -> None:
    settings.ZHIZE_CLOCK, settings.ZHIZE_CLOCK_FILE = "", tmp_path / "demonstration"
    assert clock.demonstration_date() is None, "real work"
    for day in (date(2012, 2, 6), date(2012, 3, 1), date(2012, 2, 6)):
        clock.hold_at(day)
        assert clock.demonstration_date() == clock.today() == day
    settings.ZHIZE_CLOCK = "2012-12-20"
    assert clock.demonstration_date() == date(2012, 12, 20), "the variable fixes it"

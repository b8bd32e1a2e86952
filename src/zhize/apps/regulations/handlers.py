"""What this app does when something happens below it."""

from __future__ import annotations

from zhize.apps.regulations.services import obligations_make
from zhize.apps.years.events import YearOpened


def on_year_opened(event: YearOpened) -> None:
    """Opening a year makes its obligations, in the same transaction."""
    obligations_make(year=event.year, actor=event.actor, now=event.now)

"""What happened to a year; handled by the apps above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class YearOpened:
    """A year was opened or reopened: its obligations are made."""

    year: WorkYear
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class YearClosed:
    """A year was closed: nothing in it changes any more."""

    year: WorkYear
    actor: Actor
    now: datetime

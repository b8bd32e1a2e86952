"""What this app tells those above it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhize.apps.assessment.models import LocalReport, Round
from zhize.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class RoundPublished:
    """The result of a round was circulated on `round.published_on`."""

    round: Round
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class LocalResultReported:
    """A lower jurisdiction reported its own round upwards (四（四）)."""

    report: LocalReport
    actor: Actor
    now: datetime

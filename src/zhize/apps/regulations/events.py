"""What happened in the register of duties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhize.apps.orgs.models import Unit
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class UnitHandedOver:
    """What `unit`, which ended, held in `year` goes to `heir`: whoever keeps something else of it follows."""

    year: WorkYear
    unit: Unit
    heir: Unit
    actor: Actor
    now: datetime

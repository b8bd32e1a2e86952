"""The parts of the situation page, each rolled up at most once a minute for people who see the same (DESIGN §6).

What a part answers may depend on the acting unit, its roles, the year, the day and the language: the key names them
all, so that nobody is shown a sum made in another's scope.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.cache import cache
from django.utils import translation
from django.utils.functional import Promise

from zhize.apps.years.models import WorkYear
from zhize.kit import contributions
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.contributions import Situation

KEPT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Rolled:
    """One part with what it answered."""

    key: str
    title: str | Promise
    heads: tuple[str | Promise, ...]
    found: Situation

    @property
    def is_empty(self) -> bool:
        return not (self.found.totals or self.found.by_unit or self.found.by_region)


@dataclass(frozen=True, slots=True)
class Roll:
    """All parts in their order, and the moment they were added up."""

    parts: tuple[Rolled, ...]
    at: datetime

    def part(self, key: str) -> Rolled | None:
        return next((part for part in self.parts if part.key == key), None)


def roll_up(actor: Actor, year: WorkYear, now: datetime, *, fresh: bool = False) -> Roll:
    """Every contributed part for this actor and year; from the last minute's answer where there is one.

    No statement then; otherwise each part's own, whose number does not grow with units or rows.
    """
    today = local_day(now)
    key = _key(actor, year, today)
    kept: tuple[datetime, dict[str, Situation]] | None = None if fresh else cache.get(key)
    if kept is None:
        found = {part.key: part.load(actor, year.pk, today) for part in contributions.situation.items()}
        kept = (now, found)
        cache.set(key, kept, KEPT_SECONDS)
    at, answers = kept
    return Roll(
        tuple(
            Rolled(part.key, part.title, part.heads, answers.get(part.key, Situation()))
            for part in contributions.situation.items()
        ),
        at,
    )


def _key(actor: Actor, year: WorkYear, today: date) -> str:
    roles = "+".join(sorted(actor.roles))
    who = f"{actor.jurisdiction_id}.{actor.region_id}.{actor.unit_id}.{roles}"
    return f"situation:{who}:{year.pk}:{today.isoformat()}:{translation.get_language()}"

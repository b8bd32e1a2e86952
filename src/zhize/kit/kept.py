"""Sums over many rows, kept for a minute for people who see the same (DESIGN §6): stamped, so that a page can say so.

A sum over few rows is worked out each time: whoever has just acted sees it move at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.core.cache import cache

from zhize.kit.actor import Actor

T = TypeVar("T")
KEPT_SECONDS = 60
MANY = 10_000  # where totals of lists stop counting too


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """What was worked out; `at` the moment, where it was kept."""

    value: T
    at: datetime | None = None


def kept(
    key: str, actor: Actor, now: datetime, load: Callable[[], T], *, rows: Callable[[T], int]
) -> Kept[T]:
    """`load()`, or its answer of the last minute where it went over more than `MANY` rows (`rows` says how many).

    The key is completed by what decides what an actor sees: jurisdiction, unit, post, roles, and the day.
    """
    who = f"{actor.jurisdiction_id}.{actor.unit_id}.{actor.post_id}.{'+'.join(sorted(actor.roles))}"
    full = f"kept:{key}:{who}:{now.date().isoformat()}"
    found: Kept[T] | None = cache.get(full)
    if found is not None:
        return found
    value = load()
    if rows(value) <= MANY:
        return Kept(value)
    found = Kept(value, now)
    cache.set(full, found, KEPT_SECONDS)
    return found

"""Contributions to hand-overs: what apps say is held by who goes, without the page knowing those apps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from zhize.kit.contributions import Found, Point


@dataclass(frozen=True, slots=True)
class HeldSource:
    """What a unit that ended still holds besides what it owes: `count(jurisdiction_id, year_id, today)` by unit."""

    label: str | Promise
    count: Callable[[int, int, date], dict[int, int]]


@dataclass(frozen=True, slots=True)
class HoldingSource:
    """What a person has in charge in a unit by name: `find(name, user_id, unit_id, today)` in one or two statements."""

    label: str | Promise
    find: Callable[[str, int, int, date], list[Found]]


holdings: Point[HoldingSource] = Point("holdings")
held_by_ended: Point[HeldSource] = Point("held_by_ended")

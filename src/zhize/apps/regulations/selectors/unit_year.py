"""What a unit owes this year, as a section of its directory page and of a region's sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhize.apps.regulations.models import Obligation
from zhize.apps.regulations.selectors.lights import Light, bounds, light_of_row
from zhize.apps.regulations.selectors.obligations import obligations_of_unit
from zhize.apps.years.selectors import year_in_progress
from zhize.kit.actor import Actor

SETTLED = (Light.DONE, Light.DONE_LATE, Light.WAIVED, Light.STANDING)
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Lit:
    """An obligation with its light."""

    row: Obligation
    light: Light


@dataclass(frozen=True, slots=True)
class UnitYear:
    """Lights of the year, and the first of what is still open, by due date."""

    unit_id: int
    counts: dict[str, int]
    left: tuple[Lit, ...]
    total: int


def unit_year(actor: Actor, unit_id: int, today: object) -> UnitYear | None:
    """None where the unit owes nothing in the actor's year. Two statements, beside the day's boundaries."""
    assert isinstance(today, date)
    year = year_in_progress(actor, today)
    rows = obligations_of_unit(actor, unit_id, year.pk) if year else []
    if not rows:
        return None
    day = bounds(today)
    lit = [Lit(row, light_of_row(row, day)) for row in rows]
    counts: dict[str, int] = {}
    for one in lit:
        counts[one.light.value] = counts.get(one.light.value, 0) + 1
    left = [one for one in lit if one.light not in SETTLED]
    return UnitYear(unit_id, counts, tuple(left[:SHOWN]), len(lit))

"""The obligations' part of the situation page: how many are owed, done, overdue; by unit, by region, by duty."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy

from zhize.apps.regulations.models import Obligation
from zhize.apps.regulations.selectors.lights import Light, Tally, bounds, light_case
from zhize.apps.years.selectors import year_by_pk
from zhize.core.kernel.rounding import round_once, share
from zhize.kit.actor import Actor
from zhize.kit.contributions import Figure, Situation

HEADS = (gettext_lazy("应落实"), gettext_lazy("已落实"), gettext_lazy("逾期"), gettext_lazy("落实率"))
SETTLED = (Light.DONE, Light.DONE_LATE)
NOT_OWED = (Light.WAIVED, Light.STANDING)
SHOWN = (Light.OVERDUE, Light.RETURNED, Light.SOON, Light.CLAIMED)
Lights = dict[str, int]


def obligations_situation(actor: Actor, year_id: int, today: date) -> Situation:
    """Owed, done, overdue and the share done (of what is owed in the year, waived and standing ones left out).

    The share is rounded half-up to whole per cent when shown. Two statements for any number of rows, beside the
    year's and the day's boundaries.
    """
    year = year_by_pk(actor, year_id)
    if year is None:
        return Situation()
    mine = Obligation.objects.visible_to(actor).filter(year_id=year_id)
    rows = mine.annotate(light=light_case(bounds(today))).order_by()
    units: dict[tuple[int, int, str], Lights] = {}
    for unit_id, region_id, code, word, number in rows.values_list(
        "unit_id", "unit__region_id", "unit__code", "light"
    ).annotate(number=Count("pk")):
        units.setdefault((unit_id, region_id, code), {})[word] = number
    duties: dict[tuple[int, str], Lights] = {}
    for duty_id, code, word, number in rows.values_list("duty_id", "duty__code", "light").annotate(
        number=Count("pk")
    ):
        duties.setdefault((duty_id, code), {})[word] = number
    here = {"year": year.label}
    own = {key: lights for key, lights in units.items() if key[1] == actor.region_id}
    return Situation(
        totals=_totals(_sum(units.values()), here),
        by_unit={unit: _figures(lights, here | {"unit": code}) for (unit, _r, code), lights in own.items()},
        by_region={
            region: _figures(lights, here | {"unit": code})
            for (unit, region, code), lights in units.items()
            if (unit, region, code) not in own
        },
        by_duty={duty: _figures(lights, here | {"of_duty": code}) for (duty, code), lights in duties.items()},
    )


def _sum(many: Iterable[Lights]) -> Lights:
    total: Lights = {}
    for lights in many:
        for word, number in lights.items():
            total[word] = total.get(word, 0) + number
    return total


def _owed_done(lights: Lights) -> tuple[int, int]:
    owed = sum(number for word, number in lights.items() if word not in NOT_OWED)
    return owed, sum(lights.get(word, 0) for word in SETTLED)


def _figures(lights: Lights, query: dict[str, str]) -> tuple[Figure, ...]:
    """The figures of a unit, a region or a duty, each leading to the list of just these obligations."""

    def url(**more: str) -> str:
        return f"{reverse('regulations:obligations')}?{urlencode(query | more)}"

    owed, done = _owed_done(lights)
    late = lights.get(Light.OVERDUE, 0)
    return (
        Figure(HEADS[0], str(owed), url(tally=Tally.OWED)),
        Figure(HEADS[1], str(done), url(tally=Tally.DONE)),
        Figure(HEADS[2], str(late), url(light=Light.OVERDUE), light="overdue" if late else ""),
        Figure(
            HEADS[3],
            percent(done, owed) if owed else _only(lights),
            url(tally=Tally.OWED),
            level=done / owed if owed else None,
        ),
    )


def _only(lights: Lights) -> str:
    """What stands where nothing is owed: that all is standing duty, or all was waived."""
    words = [str(one.label) for one in NOT_OWED if lights.get(one)]
    return words[-1] if words else "—"


def _totals(lights: Lights, query: dict[str, Any]) -> tuple[Figure, ...]:
    """The figures of all, and each light that asks for somebody's attention."""
    main = _figures(lights, query)
    if not lights:
        return ()
    others = tuple(
        Figure(
            one.label,
            str(lights[one]),
            f"{reverse('regulations:obligations')}?{urlencode(query | {'light': one.value})}",
            light=one.value,
        )
        for one in SHOWN
        if lights.get(one) and one is not Light.OVERDUE
    )
    return (main[3], main[0], main[1], main[2], *others)


def percent(part: int, whole: int) -> str:
    """Whole per cent, half-up; what is unfinished never rounds up to 100%. "—" of nothing."""
    exact = share(part, whole) if whole else None
    if exact is None:
        return "—"
    shown = int(round_once(exact * 100, 0))
    return f"{min(shown, 99) if part < whole else shown}%"

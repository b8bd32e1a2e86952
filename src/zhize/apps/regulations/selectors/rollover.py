"""上年未结事项: what a year left open, and what of it may go on in the year people work in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from zhize.apps.orgs.models import Unit
from zhize.apps.regulations.models import Obligation
from zhize.apps.regulations.selectors.heirs import heirs_of
from zhize.apps.regulations.selectors.lights import UNSETTLED_Q
from zhize.apps.years.models import WorkYear
from zhize.apps.years.selectors import calendar
from zhize.core.duties.rollover import Advice, Left, Rolled, rollover
from zhize.core.duties.states import Progress
from zhize.kit.actor import Actor
from zhize.kit.rules import rule
from zhize.kit.scope import ScopedQuerySet

SHOWN = 200


@dataclass(frozen=True, slots=True)
class LeftRow:
    """An obligation left open, what is advised, and the unit that would carry it (None where a person decides first)."""

    row: Obligation
    line: Rolled
    heir: Unit | None


@dataclass(frozen=True, slots=True)
class LeftOver:
    """The first `SHOWN` rows in official order, what is advised to go on first, what may not yet apart; how many in all."""

    may: tuple[LeftRow, ...]
    may_not: tuple[LeftRow, ...]
    total: int
    due: date | None


def left_open(jurisdiction_id: int, year_id: int) -> ScopedQuerySet[Obligation]:
    """What the year left open and nobody has rolled over yet."""
    rows = Obligation.objects.system("the office winds up its own year")
    rows = rows.filter(
        UNSETTLED_Q, jurisdiction_id=jurisdiction_id, year_id=year_id, rolled_into__isnull=True
    )
    return rows.select_related("duty", "unit", "year", "jurisdiction").order_by(
        "unit__region__order", "unit__order", "duty__order", "period_start", "pk"
    )


def years_to_wind_up(actor: Actor, years: Sequence[WorkYear], into: WorkYear) -> list[WorkYear]:
    """The years before `into` that left anything open, newest first. One statement."""
    before = [year for year in years if year.ends_on < into.starts_on]
    rows = Obligation.objects.visible_to(actor).filter(
        UNSETTLED_Q,
        jurisdiction_id=into.jurisdiction_id,
        year__in=[y.pk for y in before],
        rolled_into__isnull=True,
    )
    open_ = set(rows.order_by().values_list("year_id", flat=True).distinct())
    return [year for year in before if year.pk in open_]


def rollover_of(year: WorkYear, into: WorkYear, today: date) -> LeftOver:
    """What `year` left open, seen from `into` (`duties.rollover`). Six statements whatever the number of rows."""
    open_ = left_open(year.jurisdiction_id, year.pk)
    rows = list(open_[:SHOWN])
    total = open_.count() if len(rows) == SHOWN else len(rows)
    lit = lines_of(rows, into, today)
    advised_first = sorted(lit, key=lambda one: one.line.advice is not Advice.CARRY)
    may = tuple(one for one in advised_first if one.line.advice.is_open)
    return LeftOver(
        may,
        tuple(one for one in lit if not one.line.advice.is_open),
        total,
        next((one.line.due for one in may), None),
    )


def lines_of(rows: Collection[Obligation], into: WorkYear, today: date) -> list[LeftRow]:
    """The rows with what the method says of each. Reads: `duty` and `unit` joined. Four statements."""
    code = into.jurisdiction.code
    values = rule("years/rollover", on=today, jurisdiction=code)
    heirs = heirs_of((o.unit_id for o in rows), into.starts_on)
    units = Unit.objects.system("who carries what was left").in_bulk({pk for pk in heirs.values() if pk})
    lines = rollover(
        [
            Left(
                str(o.pk),
                o.duty.nature,
                Progress(o.status),
                o.due_on,
                str(o.unit_id),
                str(heirs[o.unit_id] or ""),
                o.duty.valid_to,
            )
            for o in rows
        ],
        starts=into.starts_on,
        today=today,
        days=int(values["days"]),
        advised={n: Advice(values[f"advice.{n}"]) for n in ("once", "periodic", "counted")},
        calendar=calendar((into.starts_on.year, into.ends_on.year + 1)),
    )
    by_pk = {str(o.pk): o for o in rows}
    return [LeftRow(by_pk[one.id], one, units.get(int(one.heir or 0))) for one in lines]

"""A year of 60 duties × 115 units, from one obligation a cell to N in all: matrix, gaps, lists, what the year before left open."""

from __future__ import annotations

import time
from datetime import date, timedelta

from django.db import connection

from tests.perf.data import BATCH, STATES, YEAR_START, year_of
from tests.perf.measure import analyze, measure_pages
from tests.perf.pages import YEAR_PAGES
from tests.perf.report import table
from tests.perf.run import begin, memory
from tests.world import World
from zhize.apps.orgs.models import Region, Unit
from zhize.apps.regulations.models import Duty, DutyHolder, Obligation
from zhize.apps.years.models import WorkYear

DUTIES, UNITS, REGIONS = 60, 115, 14
CELLS = DUTIES * UNITS


def year_table(rows: int) -> str:
    """The table in words: each page with one obligation a cell, and with `rows` in all."""
    world, clients = begin()
    results = []
    for size in (CELLS, rows):
        start = time.monotonic()
        duties, units = grow_year(world, size)
        analyze()
        took = time.monotonic() - start
        names = {"duty": duties[0].pk, "unit": units[1].pk}
        results.append(measure_pages(YEAR_PAGES, clients, names))
    head = (
        f"N = {rows:,} obligations of {DUTIES} duties × {UNITS} units in {REGIONS + 1} regions, {connection.vendor}; "
        f"beside it {CELLS:,}, one a cell; written in {took:,.0f} s; most memory of the process {memory()} MB"
    )
    text = table(*results, rows / CELLS, YEAR_PAGES).replace("N/100", f"{CELLS:,}")
    return f"{head}\n\n{text}"


def grow_year(world: World, total: int) -> tuple[list[Duty], list[Unit]]:
    """Adds periods to every cell until there are `total` obligations; a tenth of them in the year before."""
    year, before = year_of(world), _before(world)
    units, duties = _units(world), _duties(world)
    there = Obligation.objects.system("perf").count()
    rows = (
        Obligation(
            jurisdiction=year.jurisdiction, year=before if n % 10 == 9 else year, duty=duties[n % CELLS // UNITS],
            unit=units[n % UNITS], period_label=f"第{n // CELLS + 1}期", period_start=_day(n), period_end=_day(n),
            due_on=_day(n) + timedelta(days=n % 300), status=STATES[n % len(STATES)],
        )
        for n in range(there, total)
    )  # fmt: skip
    Obligation.objects.bulk_create(rows, BATCH)
    return duties, units


def _day(n: int) -> date:
    return YEAR_START + timedelta(days=n // CELLS)


def _before(world: World) -> WorkYear:
    found, _ = WorkYear.objects.system("perf").get_or_create(
        jurisdiction=world.jurisdiction["gs"],
        label="2011",
        defaults={"starts_on": date(2011, 1, 1), "ends_on": date(2011, 12, 31), "state": "open"},
    )
    return found


def _units(world: World) -> list[Unit]:
    made = list(Unit.objects.system("perf").filter(code__startswith="perf-").order_by("pk"))
    if made:
        return made
    top = world.region["gs"]
    below = Region.objects.bulk_create(
        Region(code=f"62{n:02d}99", name=f"第{n}市", level="prefecture", parent=top, order=100 + n)
        for n in range(REGIONS)
    )
    places = [top, *below]
    return Unit.objects.bulk_create(
        Unit(
            code=f"perf-{n}",
            region=places[n % len(places)],
            name=f"单位{n}",
            kind="department",
            order=100 + n,
        )
        for n in range(UNITS)
    )


def _duties(world: World) -> list[Duty]:
    made = list(Duty.objects.system("perf").filter(code__startswith="perf-").order_by("order"))
    if made:
        return made
    made = Duty.objects.bulk_create(
        Duty(
            jurisdiction=world.jurisdiction["gs"], code=f"perf-{n}", title=f"职责{n}：报送工作情况",
            text="报送工作情况。" * 8, kind="plan", nature=Duty.Nature.PERIODIC, order=n,
        )
        for n in range(DUTIES)
    )  # fmt: skip
    units = _units(world)
    DutyHolder.objects.bulk_create(
        DutyHolder(duty=duty, unit=unit, role=DutyHolder.Role.LEAD) for duty in made for unit in units
    )
    return made

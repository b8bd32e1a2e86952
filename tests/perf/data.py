"""Rows to measure with, written in sets: units, duties, obligations of one open year in the small province."""

from __future__ import annotations

from datetime import date, timedelta

from tests.world import World
from zhize.apps.orgs.models import Membership, Unit
from zhize.apps.regulations.models import Duty, DutyHolder, Obligation
from zhize.apps.years.models import WorkYear

BATCH = 2000
UNITS = 40
YEAR_START = date(2012, 1, 1)
STATES = tuple(Obligation.Status.values)


def year_of(world: World) -> WorkYear:
    year, _ = WorkYear.objects.system("perf").get_or_create(
        jurisdiction=world.jurisdiction["gs"],
        label="2012",
        defaults={"starts_on": YEAR_START, "ends_on": date(2012, 12, 31), "state": WorkYear.State.OPEN},
    )
    return year


def units_of(world: World) -> list[Unit]:
    """The member units, made at the first call."""
    region = world.region["gs"]
    made = list(Unit.objects.system("perf").filter(code__startswith="perf-"))
    if not made:
        made = Unit.objects.bulk_create(
            Unit(code=f"perf-{n}", region=region, name=f"成员单位{n}", kind="department", order=100 + n)
            for n in range(UNITS)
        )
        Membership.objects.bulk_create(
            Membership(jurisdiction=world.jurisdiction["gs"], unit=u, capacity="member", order=u.order, valid_from=YEAR_START)
            for u in made
        )  # fmt: skip
    return made


def grow_obligations(world: World, total: int) -> None:
    """Adds duties and obligations until there are `total` of the latter: one duty for each unit once."""
    year, units, jurisdiction = year_of(world), units_of(world), world.jurisdiction["gs"]
    there = Obligation.objects.system("perf").count()
    first = Duty.objects.system("perf").filter(code__startswith="perf-").count()
    needed = -(-(total - there) // UNITS)
    duties = Duty.objects.bulk_create(
        (
            Duty(
                jurisdiction=jurisdiction, code=f"perf-{n}", title=f"职责{n}：报送年度工作计划", text="报送年度工作计划。" * 8,
                kind="plan", nature=Duty.Nature.PERIODIC, order=n,
            )
            for n in range(first, first + needed)
        ),
        BATCH,
    )  # fmt: skip
    DutyHolder.objects.bulk_create(
        (DutyHolder(duty=d, unit=units[d.order % UNITS], role=DutyHolder.Role.LEAD) for d in duties), BATCH
    )
    rows = (
        Obligation(
            jurisdiction=jurisdiction, year=year, duty=duty, unit=unit, period_label="2012年",
            period_start=YEAR_START, period_end=date(2012, 12, 31),
            due_on=YEAR_START + timedelta(days=(duty.order * 7 + place) % 366),
            status=STATES[(duty.order + place) % len(STATES)],
        )
        for duty in duties
        for place, unit in enumerate(units)
    )  # fmt: skip
    Obligation.objects.bulk_create(list(rows)[: total - there], BATCH)

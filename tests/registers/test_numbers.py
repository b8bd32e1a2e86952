"""Records as numbers: pass rates by unit and region with the rows behind them, counted duties discharged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.test import Client
from tests.world import World

from zhize.apps.registers import services
from zhize.apps.registers.models import Record
from zhize.apps.regulations.models import Duty, Obligation
from zhize.apps.years.models import WorkYear
from zhize.kit.measures import By, Where, measures, sources

pytestmark = pytest.mark.django_db
Register = Callable[..., Record]


def where(world: World, place: str = "gs", ids: tuple[int, ...] = ()) -> Where:
    return Where(world.jurisdiction[place].pk, date(2012, 1, 1), date(2012, 12, 31), ids)


def test_a_pass_rate_adds_up_and_leads_to_its_rows(
    register: Register, world: World, as_: Callable[[str], Client]
) -> None:
    for n in range(1, 5):
        register(
            "sampling", n, region=world.region["lz" if n < 4 else "cg"], result="fail" if n == 2 else "pass"
        )
    register("sampling", 9, sampled_on=date(2011, 12, 31), result="fail")
    rate = measures()["registers.sampling.pass_rate"].load
    (whole,) = rate(where(world), By.JURISDICTION).items()
    assert (whole[0], whole[1].value, whole[1].numerator, whole[1].denominator) == (0, Decimal(75), 3, 4)
    by_unit = rate(where(world, ids=(world.unit["zjj"].pk,)), By.UNIT)
    assert list(by_unit) == [world.unit["zjj"].pk]
    lz = rate(where(world, ids=(world.region["lz"].pk, world.region["ts"].pk)), By.REGION)
    assert {k: (m.numerator, m.denominator) for k, m in lz.items()} == {world.region["lz"].pk: (3, 4)}
    page = as_("liaison").get(lz[world.region["lz"].pk].url).content.decode()
    assert page.count("YS-0000") >= 4 and "YS-00009" not in page


def test_where_nothing_was_sampled_there_is_no_rate(world: World) -> None:
    assert measures()["registers.sampling.pass_rate"].load(where(world), By.JURISDICTION) == {}


def test_coverage_counts_the_newest_verification_of_each_instrument(register: Register, world: World) -> None:
    register("instruments", 1)
    register("instruments", 1, verified_on=date(2012, 2, 10))
    register("instruments", 2)
    register("instruments", 3, result="fail", verified_on=date(2012, 2, 1))
    register("instruments", 4, way="until_failure")
    spring = Where(world.jurisdiction["gs"].pk, date(2012, 1, 1), date(2012, 6, 30))
    (found,) = measures()["registers.instruments.coverage"].load(spring, By.JURISDICTION).values()
    assert (found.numerator, found.denominator) == (2, 4)


def test_another_jurisdictions_records_are_not_counted_here(register: Register, world: World) -> None:
    register("sampling", 1)
    assert measures()["registers.sampling.count"].load(where(world, "lz"), By.JURISDICTION) == {}


@pytest.fixture
def owed(world: World) -> Obligation:
    jurisdiction = world.jurisdiction["gs"]
    year = WorkYear.objects.create(
        jurisdiction=jurisdiction,
        label="2012年度",
        starts_on=date(2012, 1, 1),
        ends_on=date(2012, 12, 31),
        state="open",
    )
    duty = Duty.objects.create(
        jurisdiction=jurisdiction, code="3.1.1#10", title="产品质量监督抽查", text="组织监督抽查。", nature="counted",
        sources=["registers.sampling"], rule={"way": "counted", "at_least": 3, "source": "registers"}, order=1,
    )  # fmt: skip
    return Obligation.objects.create(
        jurisdiction=jurisdiction, year=year, duty=duty, unit=world.unit["zjj"], period_label="2012年",
        period_start=date(2012, 1, 1), period_end=date(2012, 12, 31), due_on=date(2012, 12, 31),
    )  # fmt: skip


def again(obligation: Obligation) -> Obligation:
    return Obligation.objects.system("test").get(pk=obligation.pk)


def test_entries_discharge_the_counted_duty_and_a_voided_one_takes_it_back(
    register: Register, world: World, owed: Obligation, now: datetime
) -> None:
    records = [register("sampling", n, sampled_on=date(2012, 2, 1 + n // 3)) for n in (1, 2)]
    assert (again(owed).status, again(owed).count_done) == ("partly", 2)
    records.append(register("sampling", 3, sampled_on=date(2012, 2, 20)))
    assert (again(owed).status, again(owed).count_done, again(owed).done_on) == ("done", 3, date(2012, 2, 20))
    services.record_void(thing=records[0], reason="重复", version=1, actor=world.actor("liaison"), now=now)
    assert (again(owed).status, again(owed).count_done) == ("partly", 2)


def test_a_hundred_entries_of_a_day_are_one_fact(register: Register, world: World) -> None:
    first = register("sampling", 1)
    Record.objects.bulk_create(
        Record(
            type="sampling", jurisdiction=first.jurisdiction, keeper=first.keeper, key=f"bulk-{n}", values={},
            occurred_on=first.occurred_on, edition="x", created_at=first.created_at, created_by="演示",
        )
        for n in range(99)
    )  # fmt: skip
    (fact,) = sources()["registers.sampling"].records(where(world, ids=(world.unit["zjj"].pk,)))  # type: ignore[misc]
    assert (fact.on, fact.number, fact.unit_id) == (date(2012, 2, 1), 100, world.unit["zjj"].pk)

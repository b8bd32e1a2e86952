"""What registers give to pages of others: a clause, a unit, the situation page, a summary being written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from tests.world import World

from zhize.apps.registers.models import Record
from zhize.apps.registers.selectors import sections
from zhize.apps.regulations.models import Clause, Duty, DutyClause, Regulation, RegulationVersion
from zhize.apps.years.models import WorkYear

pytestmark = pytest.mark.django_db
Register = Callable[..., Record]


@pytest.fixture
def year(world: World) -> WorkYear:
    return WorkYear.objects.create(
        jurisdiction=world.jurisdiction["gs"], label="2012年", starts_on=date(2012, 1, 1), ends_on=date(2012, 12, 31),
        state="open",
    )  # fmt: skip


def duty(world: World, path: str, sources: list[str]) -> Duty:
    home = world.jurisdiction["gs"]
    regulation = Regulation.objects.create(jurisdiction=home, code=f"r{path}", title="制度（演示）")
    version = RegulationVersion.objects.create(regulation=regulation, number=1, text="文", sha256="0" * 64)
    clause = Clause.objects.create(
        version=version, path=path, label=path, marker="1", level=3, text="条款", order=1
    )
    one = Duty.objects.create(
        jurisdiction=home,
        code=f"{path}#1",
        title="职责",
        text="职责。",
        nature="counted",
        sources=sources,
        order=1,
    )
    DutyClause.objects.create(duty=one, clause=clause)
    return one


def test_a_clause_shows_the_registers_of_its_duties_and_of_its_path(
    register: Register, world: World, year: WorkYear
) -> None:
    register("sampling", 1)
    office = world.actor("office")
    by_source = sections.clause_section(office, [duty(world, "9.9", ["registers.sampling"]).pk], year.pk)
    assert by_source and [(one.type.code, one.in_period) for one in by_source] == [("sampling", 1)]
    by_path = sections.clause_section(office, [duty(world, "3.1.1", []).pk], year.pk)
    assert by_path and {"sampling", "instruments", "licences", "cases"} == {one.type.code for one in by_path}
    assert sections.clause_section(office, [duty(world, "3.1.5", []).pk], year.pk) is None


def test_a_unit_shows_what_it_registered_this_year(register: Register, world: World, year: WorkYear) -> None:
    for n in (1, 2, 3):
        register("sampling", n, result="fail" if n == 1 else "pass")
    office = world.actor("office")
    (one,) = sections.unit_section(office, world.unit["zjj"].pk, date(2012, 3, 5)) or []
    assert (one["type"].code, one["n"], one["words"]) == ("sampling", 3, "66.7%")
    assert sections.unit_section(office, world.unit["gsj"].pk, date(2012, 3, 5)) is None


def test_the_situation_adds_a_county_to_its_prefecture(
    register: Register, world: World, year: WorkYear
) -> None:
    register("sampling", 1, region=world.region["lz"])
    register("sampling", 2, region=world.region["cg"], result="fail")
    register("sampling", 3, region=world.region["gs"])
    found = sections.situation(world.actor("leader"), year.pk, date(2012, 3, 5))
    lz = found.by_region[world.region["lz"].pk]
    assert [one.number for one in lz] == ["2", "50.0%"] and lz[1].level == 0.5
    assert set(found.by_region) == {world.region["lz"].pk}, "the province itself is no row of its own regions"
    assert [one.number for one in found.by_unit[world.unit["zjj"].pk]] == ["3", "66.7%"]
    assert found.totals and all(one.url for one in found.totals)


def test_a_summary_begins_with_the_units_own_figures(register: Register, world: World) -> None:
    for n in (1, 2):
        register("sampling", n, result="fail" if n == 1 else "pass")
    found = sections.digest(
        world.unit["zjj"].pk, world.jurisdiction["gs"].pk, date(2012, 1, 1), date(2012, 6, 30)
    )
    assert found and found.lines == ("产品质量监督抽查：登记 2 条，合格 1 条、不合格 1 条，合格率 50.0%。",)
    assert (
        sections.digest(
            world.unit["gsj"].pk, world.jurisdiction["gs"].pk, date(2012, 1, 1), date(2012, 6, 30)
        )
        is None
    )


def test_a_rate_with_one_failed_is_never_shown_as_all(register: Register, world: World) -> None:
    from zhize.apps.registers.selectors import rate_of, rate_words

    assert (rate_words(rate_of(9999, 1)), rate_words(rate_of(5, 0)), rate_words(None)) == (
        "99.9%",
        "100.0%",
        "—",
    )

"""After a reform the year's obligations are made for the units that exist when each period starts."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.regulations.conftest import Owe
from tests.world import World

from zhize.apps.orgs.models import Succession, Unit
from zhize.apps.regulations import selectors
from zhize.apps.regulations.models import Duty, DutyHolder, Obligation
from zhize.apps.regulations.services import obligations_make
from zhize.apps.years.models import WorkYear


@pytest.fixture
def duty(world: World, owe: Owe) -> Duty:
    """Two departments hand in a report every half year; nothing is made yet."""
    found = owe("zjj", sources=[], nature="periodic").duty
    Obligation.objects.system("test").delete()
    Duty.objects.system("test").update(
        recurrence={"every": "half", "due": {"after_end": {"days": 10}}}, rule={}
    )
    for key, role in (("zjj", "support"), ("gsj", "lead")):
        DutyHolder.objects.create(
            duty=found, unit=world.unit[key], role=role, printed=world.unit[key].name, order=role == "lead"
        )
    return found


def _ends(unit: Unit, on: date, *heirs: Unit, kind: str = "merged", primary: Unit | None = None) -> None:
    unit.valid_to = on
    unit.save()
    for heir in heirs:
        Succession.objects.create(
            predecessor=unit, successor=heir, kind=kind, effective_on=on, is_primary=heir == primary
        )


def _unit(world: World, name: str) -> Unit:
    return Unit.objects.create(code=name, region=world.region["gs"], name=name, order=50)


def _made(world: World, now: datetime) -> list[tuple[str, date, str]]:
    year = WorkYear.objects.system("test").get()
    obligations_make(year=year, actor=world.actor("office"), now=now)
    rows = Obligation.objects.system("test").select_related("unit").order_by("period_start", "unit__name")
    return [(o.unit.name, o.period_start, o.role) for o in rows]


def test_two_departments_merged_within_the_year_owe_the_second_half_once_as_lead(
    world: World, duty: Duty, now: datetime
) -> None:
    new = _unit(world, "省市场监管局")
    for key in ("zjj", "gsj"):
        _ends(world.unit[key], date(2012, 7, 1), new)
    made = _made(world, now)
    first, second = date(2012, 1, 1), date(2012, 7, 1)
    assert {(name, day) for name, day, _role in made} == {
        (world.unit["zjj"].name, first),
        (world.unit["gsj"].name, first),
        ("省市场监管局", second),
    }
    assert [role for name, _day, role in made if name == "省市场监管局"] == ["lead"]


def test_a_merger_recorded_later_does_not_make_a_second_obligation_beside_the_old_one(
    world: World, duty: Duty, now: datetime
) -> None:
    before = _made(world, now)
    new = _unit(world, "省市场监管局")
    for key in ("zjj", "gsj"):
        _ends(world.unit[key], date(2012, 7, 1), new)
    assert _made(world, now) == before


def test_a_split_goes_to_the_part_named_to_take_over(world: World, duty: Duty, now: datetime) -> None:
    one, other = _unit(world, "甲厅"), _unit(world, "乙厅")
    _ends(world.unit["zjj"], date(2011, 12, 1), one, other, kind="split", primary=other)
    assert {name for name, _day, _role in _made(world, now)} == {"乙厅", world.unit["gsj"].name}


def test_a_split_without_a_named_part_is_a_gap_a_person_decides(
    world: World, duty: Duty, now: datetime
) -> None:
    _ends(world.unit["zjj"], date(2011, 12, 1), _unit(world, "甲厅"), _unit(world, "乙厅"), kind="split")
    assert world.unit["zjj"].name in {name for name, _day, _role in _made(world, now)}
    year = WorkYear.objects.system("test").get()
    (gap,) = selectors.gaps_of(world.actor("office"), year, now.date()).duties
    assert (gap.units, gap.reform) == ((world.unit["zjj"].name,), True)


def test_a_transfer_of_some_duties_moves_nobody(world: World, duty: Duty, now: datetime) -> None:
    Succession.objects.create(
        predecessor=world.unit["zjj"], successor=_unit(world, "丙局"), kind="transferred",
        effective_on=date(2011, 12, 1),
    )  # fmt: skip
    names = {name for name, _day, _role in _made(world, now)}
    assert names == {world.unit["zjj"].name, world.unit["gsj"].name}

"""A prefecture's register starts from the province's: its own group, office and members, its own text, to be edited."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import Membership, Unit
from zhize.apps.regulations.models import Clause, Duty, Obligation
from zhize.apps.regulations.services import (
    Correction,
    register_copy,
    regulation_create,
    version_confirm,
    version_read,
)
from zhize.apps.years.models import WorkYear
from zhize.kit.errors import NotAllowed, StateConflict

TEXT = """一、领导小组工作职责
（一）领导小组每年召开联席会议。
二、领导小组办公室工作职责
（一）起草全省年度工作计划。
三、成员单位工作职责
（一）各成员单位制定本部门工作方案。
1.省质监局：组织产品质量监督抽查。
四、各地政府工作职责
（一）各地政府制定本地区具体方案。
"""


@pytest.fixture
def above(world: World, now: datetime) -> None:
    """甘肃省's register: one duty each of group, office, members, 省质监局 and local governments."""
    group = Unit.objects.create(
        code="test-lz_group", region=world.region["lz"], name="兰州市领导小组", kind="leading_group", order=1
    )
    for key, unit in (("gs", world.unit["group"]), ("lz", group)):
        jurisdiction = world.jurisdiction[key]
        jurisdiction.group_unit = unit
        jurisdiction.save()
    office = world.actor("office")
    regulation = regulation_create(
        jurisdiction=world.jurisdiction["gs"], data={"code": "main", "title": "责任制度", "in_force_from": date(2011, 7, 12)},
        actor=office, now=now,
    )  # fmt: skip
    version = version_read(regulation=regulation, text=TEXT, actor=office, now=now)
    yearly = {"every": "year", "due": {"fixed": {"month": 12, "day": 31}}}
    corrections = {
        "1.1#1": Correction(title="召开联席会议", nature="periodic", recurrence=yearly, sources=("work.conference.held",)),
        "2.1#1": Correction(title="拟定全省年度工作计划", nature="periodic", recurrence=yearly),
        "3.1#1": Correction(title="制定本部门工作方案", nature="periodic", recurrence=yearly, holders=("各成员单位",)),
    }  # fmt: skip
    version_confirm(version=version, corrections=corrections, actor=office, now=now)


def _own(world: World) -> dict[str, Duty]:
    rows = Duty.objects.system("test").filter(jurisdiction=world.jurisdiction["lz"])
    return {d.code: d for d in rows.prefetch_related("holders", "bases__clause__version__regulation")}


def test_what_names_no_department_of_the_province_becomes_the_prefectures_own(
    world: World, above: None, now: datetime
) -> None:
    register_copy(jurisdiction=world.jurisdiction["lz"], actor=world.actor("sibling"), now=now)
    duties = _own(world)
    holders = {
        code: [h.unit.name if h.unit else h.collective for h in d.holders.all()] for code, d in duties.items()
    }
    assert holders["1.1#1"] == ["兰州市领导小组"]
    assert holders["2.1#1"] == ["兰州市领导小组办公室"]
    assert holders["3.1#1"] == ["members"]
    assert "locals" in holders["4.1#1"]
    assert not any("省质监局" in names for names in holders.values())
    assert duties["2.1#1"].title == "拟定本地区年度工作计划"
    assert duties["1.1#1"].sources == ["work.conference.held"]
    assert all("请核对" in d.flag for d in duties.values())
    assert Entry.objects.system("test").filter(type="regulations.duty.copied").count() == 1


def test_the_text_comes_along_so_that_its_clauses_are_the_prefectures_own(
    world: World, above: None, now: datetime
) -> None:
    register_copy(jurisdiction=world.jurisdiction["lz"], actor=world.actor("sibling"), now=now)
    duty = _own(world)["1.1#1"]
    (basis,) = duty.bases.all()
    assert basis.clause.version.regulation.jurisdiction_id == world.jurisdiction["lz"].pk
    own = Clause.objects.visible_to(world.actor("sibling"))
    assert own.count() == Clause.objects.visible_to(world.actor("office")).count() > 4
    assert own.get(path="1.1").parent == own.get(path="1")


def test_in_a_year_already_open_the_prefectures_members_owe_at_once(
    world: World, above: None, now: datetime
) -> None:
    lz = world.jurisdiction["lz"]
    WorkYear.objects.create(
        jurisdiction=lz, label="2012年", starts_on=date(2012, 1, 1), ends_on=date(2012, 12, 31), state="open"
    )
    bureau = Unit.objects.create(code="lz-zjj", region=world.region["lz"], name="兰州市质监局", order=9)
    Membership.objects.create(jurisdiction=lz, unit=bureau, capacity="member", valid_from=date(2011, 1, 1))
    register_copy(jurisdiction=lz, actor=world.actor("sibling"), now=now)
    owed = Obligation.objects.system("test").filter(jurisdiction=lz)
    assert owed.filter(duty__code="3.1#1", unit=bureau).count() == 1


def test_a_register_is_taken_over_once_by_its_own_office_and_only_from_above(
    world: World, above: None, now: datetime
) -> None:
    lz = world.jurisdiction["lz"]
    for who in ("office", "sibling2"):
        with pytest.raises(NotAllowed):
            register_copy(jurisdiction=lz, actor=world.actor(who), now=now)
    register_copy(jurisdiction=lz, actor=world.actor("sibling"), now=now)
    with pytest.raises(StateConflict, match="本辖区已有职责"):
        register_copy(jurisdiction=lz, actor=world.actor("sibling"), now=now)
    with pytest.raises(StateConflict, match="上级辖区还没有职责"):
        register_copy(jurisdiction=world.jurisdiction["gs"], actor=world.actor("office"), now=now)

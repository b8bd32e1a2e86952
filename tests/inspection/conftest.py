"""A check of 兰州市 and 天水市 planned by 甘肃省's office in March 2012, through the services."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.work.tasks.conftest import on, year_of
from tests.world import World

from zhize.apps.inspection import services
from zhize.apps.inspection.models import CheckItem, GroupPerson, Inspection, InspectionGroup
from zhize.apps.inspection.services import NewItem

Plan = Callable[..., Inspection]
DATA: dict[str, Any] = {
    "title": "2012年度质量工作实地核查", "kind": "special", "basis": "甘政办发〔2012〕1号", "period_start": date(2012, 1, 1),
    "period_end": date(2012, 6, 30), "starts_on": date(2012, 7, 2), "ends_on": date(2012, 7, 6), "prepare": "会议记录和台账",
    "contact": "办公室 0931-8412345",
}  # fmt: skip
ITEMS = [
    NewItem("领导小组会议", "半年召开一次，有纪要", "一（二）"),
    NewItem("抽查批次", "核对台账", "", CheckItem.How.NUMBER),
    NewItem("工作特色", "写明做法", "", CheckItem.How.WORDS),
]


@pytest.fixture
def planned(world: World) -> Plan:
    """planned(title="…") → a draft of 兰州市 and 天水市."""

    def make(units: tuple[str, ...] = ("lz_gov", "ts_gov"), **more: Any) -> Inspection:
        place = world.jurisdiction["gs"]
        return services.inspection_plan(
            jurisdiction=place, year=year_of(place), data=DATA | more, unit_ids=[world.unit[key].pk for key in units],
            actor=world.actor("office"), now=on(3, 5),
        )  # fmt: skip

    return make


@pytest.fixture
def ready(world: World, planned: Plan) -> Plan:
    """The same with checklist, one group (组长 of 省质监局, an observer by name) for both units."""

    def make(**more: Any) -> Inspection:
        office, now = world.actor("office"), on(3, 5)
        inspection = planned(**more)
        services.items_set(inspection=inspection, items=ITEMS, version=None, actor=office, now=now)
        ids = [row.unit_id for row in inspection.unit_rows.system("test")]
        group = services.group_set(
            inspection=inspection, name="第一核查组", unit_ids=ids, actor=office, now=now
        )
        add_person(world, group, "clerk", "head")
        services.person_add(
            group=group, part="observer", name="观察员甲（演示）", workplace="某高校", actor=office, now=now
        )
        return fresh(inspection)

    return make


def add_person(world: World, group: InspectionGroup, who: str, part: str = "member") -> GroupPerson:
    user, post = world.user[who], world.post[who]
    return services.person_add(
        group=group, part=part, user=user, workplace=post.unit.name, actor=world.actor("office"), now=on(3, 5)
    )


def announce(world: World, inspection: Inspection) -> Inspection:
    return services.inspection_announce(
        inspection=inspection, by_name="演示主任", by_title="办公室主任", on=date(2012, 3, 5), actor=world.actor("office"),
        now=on(3, 6),
    )  # fmt: skip


def fresh(inspection: Inspection) -> Inspection:
    rows = Inspection.objects.system("test").select_related("jurisdiction", "year")
    return rows.get(pk=inspection.pk)

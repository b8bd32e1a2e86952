"""A joint conference of 2012, registered through the service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from tests.registers.conftest import register  # noqa: F401  (a fixture)
from tests.work.tasks.conftest import hand_out, on, year_of  # noqa: F401  (a fixture)
from tests.world import World

from zhize.apps.requests.models import Call, UnitRequest
from zhize.apps.requests.selectors.templates import templates
from zhize.apps.requests.services import call_create, call_issue, request_save, request_submit
from zhize.apps.work.models import Conference, ConferenceUnit
from zhize.apps.work.services import (
    attendance_reply,
    conference_call,
    conference_create,
    conference_hold,
    resolution_add,
)
from zhize.apps.years.models import WorkYear
from zhize.kit.things import ThingRef

Convene = Callable[..., Conference]
DAY = date(2012, 6, 20)


@pytest.fixture
def year(world: World) -> WorkYear:
    return year_of(world.jurisdiction["gs"])


@pytest.fixture
def convene(world: World, year: WorkYear) -> Convene:
    """convene(kind="topic", units=("zjj",)) → the conference, being prepared by the office on 1 June."""

    def make(units: tuple[str, ...] = ("zjj", "gsj", "lz_gov"), **more: Any) -> Conference:
        data = {
            "kind": "joint", "title": "2012年全省质量振兴联席会议", "held_on": DAY, "begins": time(9), "place": "省政府会议室",
            "chair": "分管副省长", "agenda": "通报上半年质量状况\n研究下半年工作", **more,
        }  # fmt: skip
        return conference_create(
            jurisdiction=year.jurisdiction, year=year, data=data, unit_ids=[world.unit[key].pk for key in units],
            actor=world.actor("office"), now=on(6, 1),
        )  # fmt: skip

    return make


@pytest.fixture
def as_(world: World) -> Any:
    def sign_in(key: str) -> Client:
        client = Client()
        client.force_login(world.user[key], "django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def fresh(conference: Conference) -> Conference:
    return Conference.objects.system("test").select_related("jurisdiction", "year").get(pk=conference.pk)


def place_of(conference: Conference, unit: str, world: World) -> ConferenceUnit:
    rows = ConferenceUnit.objects.system("test").select_related("unit", "conference")
    return rows.get(conference=conference, unit=world.unit[unit])


def held(conference: Conference, world: World, *came: str) -> Conference:
    """Called, answered by those who came, and held."""
    office = world.actor("office")
    conference_call(conference=conference, actor=office, now=on(6, 5))
    for unit in came:
        attendance_reply(
            row=place_of(conference, unit, world), reply="will", attendee="", actor=office, now=on(6, 10)
        )
    ids = [world.unit[unit].pk for unit in came]
    return conference_hold(conference=conference, attended_ids=ids, actor=office, now=on(6, 20, 8))


Propose = Callable[[Conference, str], UnitRequest]


@pytest.fixture
def propose(world: World, year: WorkYear) -> Propose:
    """propose(conference, "一\n二"): called for, answered by 省质监局 and handed in."""

    def make(conference: Conference, topics: str) -> UnitRequest:
        rows = templates(year, date(2012, 6, 1), year.jurisdiction.code)
        values: dict[str, Any] = dict(next(one for one in rows if one.key == "topics").values)
        period = (values.pop("period_start"), values.pop("period_end"))
        call = call_create(
            jurisdiction=year.jurisdiction, year=year, unit_ids=[world.unit["zjj"].pk], period=period,
            source=ThingRef("work.conference", conference.pk), actor=world.actor("office"), now=on(6, 1), **values,
        )  # fmt: skip
        call_issue(call=call, version=None, actor=world.actor("office"), now=on(6, 1))
        return answered(UnitRequest.objects.system("test").get(call=call), topics, world)

    return make


def answered(request: UnitRequest, topics: str, world: World) -> UnitRequest:
    liaison = world.actor("liaison")
    saved = request_save(
        request=request, answers={"topics": topics, "reason": "消费者投诉较多"}, statement="", nil_report=False,
        version=None, actor=liaison, now=on(6, 2),
    )  # fmt: skip
    return request_submit(request=saved, version=None, actor=liaison, now=on(6, 2))


@pytest.fixture
def decided(world: World, convene: Convene) -> Conference:
    """Two decisions: 省质监局 leads the first with 省工商局, 省工商局 the second; 兰州 has none."""
    conference = held(convene(), world, "zjj", "gsj", "lz_gov")
    for text, lead, supports in (("查建材", "zjj", "省工商局"), ("公布投诉", "gsj", "")):
        resolution_add(
            conference=conference, text=text, lead_unit=world.unit[lead], supports=supports, due_on=date(2012, 9, 30),
            actor=world.actor("office"), now=on(6, 21),
        )  # fmt: skip
    return conference


def asked(call: Call, world: World, unit: str) -> UnitRequest:
    rows = UnitRequest.objects.system("test").select_related("unit", "call__year")
    return rows.get(call=call, unit=world.unit[unit])

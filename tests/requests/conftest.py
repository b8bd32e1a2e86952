"""A call of 甘肃省 to its two departments and two prefectures, and the people who answer it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.world import World

from zhize.apps.requests import services
from zhize.apps.requests.mapping import COMMENTS
from zhize.apps.requests.models import Call, UnitRequest
from zhize.apps.requests.services import call_create, call_issue, request_save, request_submit
from zhize.apps.years.models import WorkYear

FORM: list[dict[str, Any]] = [
    {"name": "done", "label": "工作情况", "kind": "long", "required": True, "prefill": "digest"},
    {"name": "batches", "label": "抽查批次", "kind": "integer", "required": True, "minimum": 0, "unit": "批"},
    {"name": "held_on", "label": "会议日期", "kind": "date"},
]
FULL = {"done": "开展了监督抽查。", "batches": "120", "held_on": "2012-02-20"}
DUE = date(2012, 3, 20)
ASKED = ("zjj", "gsj", "lz_gov", "ts_gov")

Make = Callable[..., Call]


@pytest.fixture
def year(world: World) -> WorkYear:
    return WorkYear.objects.create(
        jurisdiction=world.jurisdiction["gs"],
        label="2012年度",
        starts_on=date(2012, 1, 1),
        ends_on=date(2012, 12, 31),
        state="open",
    )


@pytest.fixture
def draft(world: World, year: WorkYear, now: datetime) -> Make:
    """draft(units=["zjj"], form=[…], …) → a call not sent yet."""

    def make(*, units: tuple[str, ...] = ASKED, **more: Any) -> Call:
        given: dict[str, Any] = {"title": "上半年工作总结", "due_on": DUE, "form": FORM, **more}
        return call_create(
            jurisdiction=world.jurisdiction["gs"], year=year, unit_ids=[world.unit[u].pk for u in units],
            actor=world.actor("office"), now=now, **given,
        )  # fmt: skip

    return make


@pytest.fixture
def issued(world: World, draft: Make, now: datetime) -> Make:
    """As `draft`, sent."""

    def make(**more: Any) -> Call:
        return call_issue(call=draft(**more), version=None, actor=world.actor("office"), now=now)

    return make


@pytest.fixture
def round_(world: World, draft: Make, now: datetime) -> Call:
    """A draft sent to four units for comments."""
    call = draft(title="2012年度工作计划（征求意见稿）", content=COMMENTS, form=[], body="请提意见")
    text = SimpleUploadedFile("计划（征求意见稿）.txt", "第三条　每季度抽查。".encode())
    services.call_files_add(call=call, uploads=[text], actor=world.actor("office"), now=now)
    return services.call_issue(call=call, version=None, actor=world.actor("office"), now=now)


def of(call: Call, world: World, unit: str) -> UnitRequest:
    """What a unit answers to the call, as it stands now."""
    return (
        UnitRequest.objects.system("test")
        .select_related("call__year", "unit", "jurisdiction")
        .get(call=call, unit=world.unit[unit])
    )


@pytest.fixture
def call(issued: Make) -> Call:
    return issued()


def fill(
    call: Call, world: World, now: datetime, unit: str = "zjj", who: str = "liaison", **more: Any
) -> UnitRequest:
    given: dict[str, Any] = {"answers": FULL, **more}
    return request_save(
        request=of(call, world, unit),
        version=given.pop("version", None),
        actor=world.actor(who),
        now=now,
        **given,
    )


def send(call: Call, world: World, now: datetime, unit: str = "zjj", who: str = "liaison") -> UnitRequest:
    return request_submit(request=of(call, world, unit), version=None, actor=world.actor(who), now=now)

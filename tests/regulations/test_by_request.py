"""An accepted answer discharges what its call counts as; a call sent from a duty discharges the office's own."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.regulations.conftest import Owe
from tests.world import World

from zhize.apps.regulations.models import Discharge, Obligation
from zhize.apps.requests import services
from zhize.apps.requests.models import Call, UnitRequest
from zhize.apps.years.models import WorkYear
from zhize.kit import measures
from zhize.kit.measures import DischargeSource, register_source
from zhize.kit.things import ThingRef

FORM = [{"name": "done", "label": "工作情况", "kind": "long", "required": True}]


@pytest.fixture(autouse=True)
def _sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measures, "_sources", {})
    register_source(DischargeSource("work.summary.accepted", "总结已接收"))
    register_source(DischargeSource("requests.call.issued", "发出征集"))


def _call(world: World, now: datetime, **more: Any) -> Call:
    office = world.actor("office")
    call = services.call_create(
        jurisdiction=world.jurisdiction["gs"], year=WorkYear.objects.system("test").get(), title="上半年总结", form=FORM,
        due_on=date(2012, 3, 20), unit_ids=[world.unit["zjj"].pk], actor=office, now=now, **more,
    )  # fmt: skip
    return services.call_issue(call=call, version=None, actor=office, now=now)


def _answer(world: World, call: Call, now: datetime, *, nil: bool = False) -> UnitRequest:
    liaison = world.actor("liaison")
    row = UnitRequest.objects.system("test").get(call=call)
    paper = SimpleUploadedFile("总结.txt", "演示数据".encode())
    services.request_files_add(request=row, uploads=[paper], actor=liaison, now=now)
    row = services.request_save(
        request=row,
        answers={} if nil else {"done": "已做"},
        nil_report=nil,
        version=None,
        actor=liaison,
        now=now,
    )
    row = services.request_submit(request=row, version=None, actor=liaison, now=now)
    return services.request_accept(request=row, version=None, actor=world.actor("office"), now=now)


def _again(obligation: Obligation) -> Obligation:
    return Obligation.objects.system("test").get(pk=obligation.pk)


@pytest.mark.parametrize("nil", [False, True])
def test_an_accepted_summary_discharges_the_duty_to_report_with_its_materials(
    world: World, owe: Owe, now: datetime, nil: bool
) -> None:
    obligation = owe("zjj", sources=["work.summary.accepted"])
    other = owe("gsj", sources=["work.summary.accepted"])
    row = _answer(world, _call(world, now, source_code="work.summary.accepted"), now, nil=nil)
    discharge = Discharge.objects.system("test").get()
    assert (_again(obligation).status, _again(obligation).done_on) == ("done", date(2012, 3, 5))
    assert (discharge.source_kind, discharge.source_id) == ("requests.unit_request", row.pk)
    assert discharge.statement.startswith("零报告" if nil else "已接收报送")
    assert discharge.evidence_links.count() == 1
    assert _again(other).status == "open"


def test_an_answer_that_counts_as_nothing_discharges_nothing(world: World, owe: Owe, now: datetime) -> None:
    obligation = owe("zjj", sources=["work.summary.accepted"])
    _answer(world, _call(world, now), now)
    assert _again(obligation).status == "open"


def test_a_call_sent_from_a_duty_discharges_that_duty_of_the_office_alone(
    world: World, owe: Owe, now: datetime
) -> None:
    meant, other = (owe("office", sources=["requests.call.issued"]) for _ in range(2))
    _call(world, now, source=ThingRef("regulations.duty", meant.duty_id))
    assert (_again(meant).status, _again(other).status) == ("done", "open")
    assert Discharge.objects.system("test").get().source_kind == "requests.call"


def test_a_call_made_by_hand_discharges_no_duty_of_the_office(world: World, owe: Owe, now: datetime) -> None:
    obligation = owe("office", sources=["requests.call.issued"])
    _call(world, now)
    assert _again(obligation).status == "open"

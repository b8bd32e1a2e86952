"""What is accepted in the product discharges obligations by itself; what is undone no longer does; entries are counted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from tests.regulations.conftest import Owe
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.regulations.models import Discharge, Obligation
from zhize.apps.regulations.services import discharge_by_source, discharge_revoked, obligations_recount
from zhize.kit import measures
from zhize.kit.measures import Counted, DischargeSource, Where, register_source
from zhize.kit.things import ThingRef

PLAN = ThingRef("work.plan", 7)


def _act(
    world: World, now: datetime, code: str = "work.plan.accepted", unit: str = "zjj", **more: Any
) -> list[Discharge]:
    return discharge_by_source(
        code=code, ref=PLAN, jurisdiction=world.jurisdiction["gs"], unit_ids=[world.unit[unit].pk], on=date(2012, 2, 20),
        statement="年度计划已接收", actor=world.actor("office"), now=now, **more,
    )  # fmt: skip


def _again(obligation: Obligation) -> Obligation:
    return Obligation.objects.system("test").get(pk=obligation.pk)


def test_an_accepted_plan_discharges_its_duty_on_the_day_it_was_handed_in(
    world: World, owe: Owe, now: datetime
) -> None:
    obligation = owe("zjj", sources=["work.plan.accepted"])
    (discharge,) = _act(world, now)
    row = _again(obligation)
    assert (row.status, row.done_on) == ("done", date(2012, 2, 20))
    assert (discharge.source_kind, discharge.decided_by) == ("work.plan", "系统自动认定")
    assert Entry.objects.system("test").filter(type="regulations.discharge.recognised").count() == 1


def test_the_same_act_again_adds_nothing(world: World, owe: Owe, now: datetime) -> None:
    owe("zjj", sources=["work.plan.accepted"])
    _act(world, now)
    assert _act(world, now) == []
    assert Discharge.objects.system("test").count() == 1


@pytest.mark.parametrize(
    ("unit", "sources", "more"),
    [
        ("gsj", ["work.plan.accepted"], {}),
        ("zjj", ["work.conference.held"], {}),
        ("zjj", ["work.plan.accepted"], {"period": (date(2011, 1, 1), date(2011, 12, 31))}),
    ],
    ids=["another unit", "another source", "another year"],
)
def test_what_it_was_not_done_for_stays_open(
    world: World, owe: Owe, now: datetime, unit: str, sources: list[str], more: dict[str, Any]
) -> None:
    obligation = owe(unit, sources=sources)
    assert _act(world, now, **more) == []
    assert _again(obligation).status == "open"


def test_a_prefectures_office_discharges_what_its_government_owes(
    world: World, owe: Owe, now: datetime
) -> None:
    obligation = owe("lz_gov", sources=["work.plan.accepted"])
    _act(world, now, unit="lz_office")
    assert _again(obligation).status == "done"


def test_an_act_undone_leaves_the_duty_owed_again(world: World, owe: Owe, now: datetime) -> None:
    obligation = owe("zjj", sources=["work.plan.accepted"])
    _act(world, now)
    assert discharge_revoked(ref=PLAN, reason="计划撤回", actor=world.actor("office"), now=now) == 1
    assert _again(obligation).status == "open"
    assert len(_act(world, now)) == 1, "done anew, it discharges anew"


def test_entries_of_a_register_are_counted_towards_the_duty(
    world: World, owe: Owe, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measures, "_sources", {})
    unit = world.unit["zjj"].pk
    entries = [Counted(unit, "1", date(2012, 2, 1)), Counted(unit, "2", date(2012, 2, 9), 2)]

    def records(where: Where) -> list[Counted]:
        return [e for e in entries if e.unit_id in where.ids and where.start <= e.on <= where.end]

    register_source(DischargeSource("registers.sampling", "监督抽查", records))
    obligation = owe("zjj", sources=["registers.sampling"], nature="counted", way="counted", at_least=4)

    def recount() -> int:
        return obligations_recount(
            codes=["registers.sampling"], unit_ids=[unit], days=(date(2012, 2, 1), date(2012, 2, 9)),
            actor=world.actor("liaison"), now=now,
        )  # fmt: skip

    assert recount() == 1
    assert (_again(obligation).count_words, _again(obligation).status) == ("3/4", "partly")
    assert recount() == 0, "nothing changed since"
    entries.append(Counted(unit, "3", date(2012, 3, 4)))
    assert recount() == 1
    assert (_again(obligation).status, _again(obligation).done_on) == ("done", date(2012, 3, 4))

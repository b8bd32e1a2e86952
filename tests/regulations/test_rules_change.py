"""What registers hold already counts when a year opens; a duty whose rule or sources change is judged anew."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.regulations.conftest import Owe
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import Todo
from zhize.apps.regulations.models import Duty, DutyHolder, Obligation
from zhize.apps.regulations.services import discharge_by_source, duty_update, obligations_make
from zhize.core.kernel.errors import BadRule
from zhize.kit import measures
from zhize.kit.errors import BadInput
from zhize.kit.measures import Counted, DischargeSource, Where, register_source
from zhize.kit.things import ThingRef
from zhize.kit.yaml_text import yaml_of

# Acts and counts agreed between the apps (ADR 0012); the apps that own them register them.
KNOWN = {
    "requests.call.issued", "work.plan.accepted", "work.plan.issued", "work.conference.held", "work.conference.attended",
    "work.summary.accepted", "work.task.closed", "work.digest.issued", "registers.sampling", "registers.instruments",
    "assessment.published", "assessment.local_reported", "requests.mechanism.accepted",
}  # fmt: skip


def _change(duty: Duty, world: World, now: datetime, **data: Any) -> Duty:
    return duty_update(thing=duty, data=data, version=None, actor=world.actor("office"), now=now)


def _again(obligation: Obligation) -> Obligation:
    return Obligation.objects.system("test").get(pk=obligation.pk)


@pytest.fixture
def sampling(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A register with three entries of 省质监局 in February."""
    monkeypatch.setattr(measures, "_sources", {})
    unit = world.unit["zjj"].pk

    def records(where: Where) -> list[Counted]:
        return [Counted(unit, str(n), date(2012, 2, n)) for n in (1, 2, 3) if unit in where.ids]

    register_source(DischargeSource("registers.sampling", "监督抽查", records))
    register_source(DischargeSource("work.plan.accepted", "计划已接收"))


def test_entries_made_before_the_year_opened_count_when_it_opens(
    world: World, owe: Owe, now: datetime, sampling: None
) -> None:
    obligation = owe("zjj", sources=["registers.sampling"], nature="counted", way="counted", at_least=2)
    duty, year = obligation.duty, obligation.year
    DutyHolder.objects.create(duty=duty, unit=world.unit["zjj"], printed="省质监局")
    Obligation.objects.system("test").delete()
    assert obligations_make(year=year, actor=world.actor("office"), now=now).added == 1
    row = Obligation.objects.system("test").get()
    assert (row.status, row.count_words, row.done_on) == ("done", "3/2", date(2012, 2, 2))


def test_a_rule_made_stricter_opens_the_obligation_again(
    world: World, owe: Owe, now: datetime, sampling: None
) -> None:
    obligation = owe("zjj", sources=[], nature="counted", way="counted", at_least=3)
    duty = _change(obligation.duty, world, now, sources=["registers.sampling"])
    assert _again(obligation).status == "done"
    _change(duty, world, now, rule={"way": "counted", "at_least": 4})
    assert (_again(obligation).status, _again(obligation).count_words) == ("partly", "3/4")
    notes = (
        Entry.objects.system("test").filter(type="regulations.duty.changed").values_list("note", flat=True)
    )
    assert list(notes) == ["重新认定后变化的履职事项：1 件"] * 2


def test_what_was_discharged_stays_discharged_when_the_title_changes(
    world: World, owe: Owe, now: datetime, sampling: None
) -> None:
    obligation = owe("zjj", sources=["work.plan.accepted"])
    discharge_by_source(
        code="work.plan.accepted", ref=ThingRef("work.plan", 7), jurisdiction=world.jurisdiction["gs"],
        unit_ids=[world.unit["zjj"].pk], on=date(2012, 2, 20), statement="已接收", actor=world.actor("office"), now=now,
    )  # fmt: skip
    version = _again(obligation).version
    _change(obligation.duty, world, now, title="工作方案")
    assert (_again(obligation).status, _again(obligation).version) == ("done", version)


def test_a_duty_that_becomes_standing_awaits_nobody(
    world: World, owe: Owe, now: datetime, sampling: None
) -> None:
    obligation = owe("zjj", sources=[])
    Todo.objects.create(
        jurisdiction=obligation.jurisdiction, unit=obligation.unit, kind="obligation.due", title="x", created_at=now,
        ref_kind="regulations.obligation", ref_id=obligation.pk,
    )  # fmt: skip
    _change(obligation.duty, world, now, nature="standing")
    assert _again(obligation).status == "standing"
    assert not Todo.objects.system("test").filter(done_at__isnull=True).exists()


def test_a_source_nobody_registered_and_a_rule_without_sense_are_refused(
    world: World, owe: Owe, now: datetime, sampling: None
) -> None:
    duty = owe("zjj", sources=[]).duty
    with pytest.raises(BadInput, match=r"没有登记“work\.nothing”"):
        _change(duty, world, now, sources=["work.nothing"])
    with pytest.raises(BadRule):
        _change(duty, world, now, rule={"way": "often"})


def test_judging_a_duty_anew_costs_the_same_for_two_units_and_for_many(
    world: World, owe: Owe, now: datetime, sampling: None
) -> None:
    obligation = owe("zjj", sources=[], nature="counted", way="counted", at_least=1)

    def statements(sources: list[str]) -> int:
        with CaptureQueriesContext(connection) as seen:
            _change(obligation.duty, world, now, sources=sources)
        return len(seen)

    few = statements(["registers.sampling"])
    statements([])
    for key in ("gsj", "lz_gov", "ts_gov", "office", "group"):
        owed = _again(obligation)
        owed.pk, owed._state.adding, owed.unit = None, True, world.unit[key]
        owed.save()
    assert statements(["registers.sampling"]) <= few


def test_every_source_named_in_the_reference_data_is_a_known_one(request: pytest.FixtureRequest) -> None:
    path = request.config.rootpath / "reference/gansu/confirmations.yaml"
    rows = yaml_of(path.read_text("utf-8"))["confirmations"]
    named = {code for row in rows.values() for code in row.get("sources", ())}
    assert named <= KNOWN
    assert rows["3.2#1"]["sources"] == ["work.plan.accepted"]

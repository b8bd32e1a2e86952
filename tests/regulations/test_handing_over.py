"""机构改革移交: a reform recorded after the year was opened moves what the unit that ended still owes."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.regulations.conftest import Owe, SignIn
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import Succession, Todo, Unit
from zhize.apps.regulations import selectors
from zhize.apps.regulations.models import Discharge, Obligation
from zhize.apps.regulations.services import HandedOver, obligations_hand_over
from zhize.apps.years.models import WorkYear
from zhize.kit.errors import BadInput, NotAllowed, StateConflict


def _end(world: World, key: str, *heirs: Unit, kind: str = "merged", primary: Unit | None = None) -> Unit:
    unit = world.unit[key]
    unit.valid_to = date(2012, 2, 1)
    unit.save()
    for heir in heirs:
        Succession.objects.create(
            predecessor=unit,
            successor=heir,
            kind=kind,
            effective_on=date(2012, 2, 1),
            is_primary=heir == primary,
        )
    return unit


@pytest.fixture
def heir(world: World) -> Unit:
    return Unit.objects.create(code="scj", region=world.region["gs"], name="省市场监管局", order=50)


def _hand(world: World, unit: Unit, heir: Unit, now: datetime, who: str = "office") -> HandedOver:
    year = WorkYear.objects.system("test").get()
    return obligations_hand_over(year=year, unit=unit, heir=heir, actor=world.actor(who), now=now)


def _twin(first: Obligation, unit: Unit) -> Obligation:
    return Obligation.objects.create(
        jurisdiction=first.jurisdiction, year=first.year, duty=first.duty, unit=unit, period_label="2012年",
        period_start=first.period_start, period_end=first.period_end, due_on=first.due_on,
    )  # fmt: skip


def test_what_is_owed_goes_to_the_successor_with_what_was_handed_in(
    world: World, owe: Owe, heir: Unit, now: datetime
) -> None:
    obligation = owe("zjj", sources=[])
    handed_in = Discharge.objects.create(
        obligation=obligation, jurisdiction=obligation.jurisdiction, unit=obligation.unit, statement="已办",
        submitted_at=now, submitted_by="甲", state="submitted",
    )  # fmt: skip
    Obligation.objects.system("test").filter(pk=obligation.pk).update(status="claimed")
    unit = _end(world, "zjj", heir)
    assert _hand(world, unit, heir, now) == HandedOver(1, 0)
    moved = Obligation.objects.system("test").get()
    assert (moved.unit, moved.status) == (heir, "claimed")
    assert Discharge.objects.system("test").get(obligation=moved) == handed_in
    assert Entry.objects.system("test").filter(type="regulations.obligation.handed_over").count() == 1


def test_a_merged_unit_owes_once(world: World, owe: Owe, heir: Unit, now: datetime) -> None:
    first = owe("zjj", sources=[])
    second = _twin(first, world.unit["gsj"])
    for key in ("zjj", "gsj"):
        _end(world, key, heir)
    assert _hand(world, world.unit["zjj"], heir, now) == HandedOver(1, 0)
    assert _hand(world, world.unit["gsj"], heir, now) == HandedOver(0, 1)
    states = dict(Obligation.objects.system("test").values_list("pk", "status"))
    assert states == {first.pk: "open", second.pk: "waived"}
    open_todos = Todo.objects.system("test").filter(done_at__isnull=True)
    assert [(t.unit_id, t.ref_id) for t in open_todos] == [(heir.pk, first.pk)]


def test_a_split_without_a_named_part_waits_for_a_person(
    world: World, owe: Owe, heir: Unit, now: datetime
) -> None:
    owe("zjj", sources=[])
    other = Unit.objects.create(code="lcj", region=world.region["gs"], name="省林草局", order=51)
    unit = _end(world, "zjj", heir, other, kind="split")
    (found,) = selectors.ended_units(WorkYear.objects.system("test").get(), now.date())
    assert (found.heir, {u.name for u in found.among}, found.number) == (
        None,
        {"省市场监管局", "省林草局"},
        1,
    )
    assert _hand(world, unit, other, now).moved == 1


def test_nobody_else_and_nothing_else_is_handed_over(
    world: World, owe: Owe, heir: Unit, now: datetime
) -> None:
    owe("zjj", sources=[])
    with pytest.raises(StateConflict, match="没有需要移交"):
        _hand(world, world.unit["zjj"], heir, now)
    unit = _end(world, "zjj", heir)
    with pytest.raises(NotAllowed):
        _hand(world, unit, heir, now, who="liaison")
    with pytest.raises(BadInput, match="承接单位"):
        _hand(world, unit, world.unit["gsj"], now)


def test_the_page_names_the_unit_its_number_and_the_successor(
    world: World, owe: Owe, heir: Unit, sign_in: SignIn
) -> None:
    owe("zjj", sources=[])
    unit = _end(world, "zjj", heir)
    person = sign_in("office")
    assert "去移交" in person.get("/duties/gaps/").content.decode()
    page = person.get("/obligations/successors/").content.decode()
    assert unit.name in page and f'<option value="{heir.pk}" selected>省市场监管局' in page
    refused = person.post("/obligations/successors/", {"unit": unit.pk, "heir": ""})
    assert refused.status_code == 400 and "请选择承接单位" in refused.content.decode()
    done = person.post("/obligations/successors/", {"unit": unit.pk, "heir": heir.pk}, follow=True)
    words = done.content.decode()
    assert "已移交 1 件" in words and "没有需要移交的事项" in words

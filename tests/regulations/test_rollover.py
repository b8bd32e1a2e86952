"""上年未结事项: what a year left open goes on in the next; the old year is not rewritten."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.regulations.conftest import Owe, SignIn
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import Notice, Succession, Todo, Unit
from zhize.apps.regulations import selectors
from zhize.apps.regulations.models import Obligation
from zhize.apps.regulations.services import (
    RolledOver,
    discharge_hand_in,
    obligations_make,
    obligations_roll_over,
)
from zhize.apps.years.models import WorkYear
from zhize.kit.errors import BadInput, NotAllowed, StateConflict

DUE = date(2013, 2, 28)


@pytest.fixture
def next_year(world: World) -> WorkYear:
    return WorkYear.objects.create(
        jurisdiction=world.jurisdiction["gs"], label="2013年度", starts_on=date(2013, 1, 1),
        ends_on=date(2013, 12, 31), state="open",
    )  # fmt: skip


@pytest.fixture
def winter(now: datetime) -> datetime:
    return now.replace(year=2013, month=1, day=10)


def _roll(world: World, *rows: Obligation, into: WorkYear, now: datetime, who: str = "office") -> RolledOver:
    return obligations_roll_over(
        year=rows[0].year, into=into, ids=[o.pk for o in rows], due_on=DUE, actor=world.actor(who), now=now
    )


def _new(old: Obligation) -> Obligation:
    found = Obligation.objects.system("test").get(pk=old.pk).rolled_into
    assert found is not None
    return found


def test_what_was_left_open_goes_on_with_a_new_date_and_the_old_year_keeps_its_record(
    world: World, owe: Owe, next_year: WorkYear, winter: datetime
) -> None:
    old = owe("zjj", sources=[])
    done = _roll(world, old, into=next_year, now=winter)
    assert (done.carried, done.made, done.refused) == (1, 1, ())
    new = _new(old)
    assert (new.year_id, new.unit_id, new.due_on, new.period_label) == (
        next_year.pk, old.unit_id, DUE, "2012年",
    )  # fmt: skip
    assert new.rolled_from_id == old.year_id and new.status == "open"
    assert Obligation.objects.system("test").get(pk=old.pk).status == "open"
    todo = Todo.objects.system("test").get(done_at__isnull=True)
    assert (todo.ref_id, todo.due_on) == (new.pk, DUE) and "结转" in todo.title
    assert Notice.objects.system("test").filter(text__contains="上年未结事项 1 件").exists()
    assert Entry.objects.system("test").filter(type="regulations.obligation.rolled").count() == 1


def test_the_unit_settles_it_in_the_new_year_and_no_more_in_the_old(
    world: World, owe: Owe, next_year: WorkYear, winter: datetime
) -> None:
    old = owe("zjj", sources=[])
    _roll(world, old, into=next_year, now=winter)

    def hand_in(obligation: Obligation) -> None:
        discharge_hand_in(
            obligation=obligation, statement="已补报", uploads=[SimpleUploadedFile("a.txt", "补报".encode())],
            dated_on=winter.date(), existing=[], actor=world.actor("liaison"), now=winter,
        )  # fmt: skip

    with pytest.raises(StateConflict, match="已结转"):
        hand_in(Obligation.objects.system("test").get(pk=old.pk))
    hand_in(_new(old))
    assert _new(old).status == "claimed"


def test_counted_entries_count_in_the_year_they_happened_so_the_rest_is_settled_by_a_paper(
    world: World, owe: Owe, next_year: WorkYear, winter: datetime
) -> None:
    old = owe("zjj", sources=["work.conference"], nature="counted", way="counted", at_least=4)
    _roll(world, old, into=next_year, now=winter)
    new = _new(old)
    assert (new.count_needed, new.count_done) == (1, 0)
    assert Todo.objects.system("test").filter(ref_id=new.pk, done_at__isnull=True).exists()


def test_two_units_merged_into_one_make_up_for_both_by_one_paper(
    world: World, owe: Owe, next_year: WorkYear, winter: datetime
) -> None:
    first = owe("zjj", sources=[])
    second = Obligation.objects.create(
        jurisdiction=first.jurisdiction, year=first.year, duty=first.duty, unit=world.unit["gsj"],
        period_label="2012年", period_start=first.period_start, period_end=first.period_end, due_on=first.due_on,
    )  # fmt: skip
    heir = Unit.objects.create(code="scj", region=world.region["gs"], name="省市场监管局", order=50)
    for key in ("zjj", "gsj"):
        unit = world.unit[key]
        unit.valid_to = date(2012, 12, 31)
        unit.save()
        Succession.objects.create(
            predecessor=unit, successor=heir, kind="merged", effective_on=date(2012, 12, 31)
        )
    done = _roll(world, first, second, into=next_year, now=winter)
    assert (done.carried, done.made) == (2, 1)
    assert _new(first) == _new(second) and _new(first).unit == heir


def test_a_second_time_adds_nothing(world: World, owe: Owe, next_year: WorkYear, winter: datetime) -> None:
    old = owe("zjj", sources=[])
    _roll(world, old, into=next_year, now=winter)
    done = _roll(world, old, into=next_year, now=winter)
    assert (done.carried, done.made) == (0, 0)
    assert Obligation.objects.system("test").filter(year=next_year).count() == 1


def test_what_waits_for_the_office_or_is_not_due_stays_and_says_why(
    world: World, owe: Owe, next_year: WorkYear, winter: datetime
) -> None:
    claimed, later = owe("zjj", sources=[]), None
    Obligation.objects.system("test").filter(pk=claimed.pk).update(status="claimed")
    later = Obligation.objects.create(
        jurisdiction=claimed.jurisdiction, year=claimed.year, duty=claimed.duty, unit=world.unit["gsj"],
        period_label="2012年", period_start=claimed.period_start, period_end=claimed.period_end,
        due_on=date(2013, 1, 31),
    )  # fmt: skip
    done = _roll(world, claimed, later, into=next_year, now=winter)
    assert done.carried == 0
    assert {why for _row, why in done.refused} == {"已报待确认，请先审核", "2013-01-31到期，仍在原年度办理"}


def test_only_the_office_carries_only_forward_into_an_open_year_with_a_date_of_that_year(
    world: World, owe: Owe, next_year: WorkYear, winter: datetime
) -> None:
    old = owe("zjj", sources=[])
    with pytest.raises(NotAllowed):
        _roll(world, old, into=next_year, now=winter, who="liaison")
    with pytest.raises(StateConflict, match="不能结转"):
        obligations_roll_over(
            year=next_year, into=old.year, ids=[old.pk], due_on=DUE, actor=world.actor("office"), now=winter
        )
    with pytest.raises(BadInput, match="不在2013年度之内"):
        obligations_roll_over(
            year=old.year, into=next_year, ids=[old.pk], due_on=date(2012, 12, 31),
            actor=world.actor("office"), now=winter,
        )  # fmt: skip
    WorkYear.objects.system("test").filter(pk=next_year.pk).update(state="preparing")
    next_year.refresh_from_db()
    with pytest.raises(StateConflict, match="没有开启"):
        _roll(world, old, into=next_year, now=winter)


def test_opening_the_year_makes_its_own_obligations_beside_what_was_carried(
    world: World, owe: Owe, next_year: WorkYear, winter: datetime
) -> None:
    old = owe("zjj", sources=[], nature="periodic")
    duty = old.duty
    duty.recurrence = {"every": "year", "due": {"after_start": {"days": 60}}}
    duty.save()
    duty.holders.create(unit=world.unit["zjj"], role="joint", printed="省质监局")
    _roll(world, old, into=next_year, now=winter)
    made = obligations_make(year=next_year, actor=world.actor("office"), now=winter)
    assert made.added == 1
    labels = Obligation.objects.system("test").filter(year=next_year).values_list("period_label", flat=True)
    assert sorted(labels) == ["2012年", "2013年"]


def test_the_statements_do_not_grow_with_the_rows(
    world: World, owe: Owe, next_year: WorkYear, winter: datetime
) -> None:
    def statements(number: int) -> int:
        rows = [owe_again(n) for n in range(number)]
        with CaptureQueriesContext(connection) as seen:
            _roll(world, *rows, into=next_year, now=winter)
        return len(seen)

    first = owe("zjj", sources=[])

    def owe_again(n: int) -> Obligation:
        month = Obligation.objects.system("test").count() % 27 + 1
        return Obligation.objects.create(
            jurisdiction=first.jurisdiction, year=first.year, duty=first.duty, unit=world.unit["zjj"],
            period_label=f"第{n}期", period_start=date(2012, 3, month), period_end=date(2012, 3, month),
            due_on=date(2012, 4, 1),
        )  # fmt: skip

    statements(1)  # what is read once a process
    assert statements(2) == statements(9)


def test_the_page_ticks_what_is_advised_and_takes_the_ticked_ones(
    world: World,
    owe: Owe,
    next_year: WorkYear,
    winter: datetime,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    once, periodic = owe("zjj", sources=[]), owe("gsj", sources=[], nature="periodic")
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: winter.date())
    person = sign_in("office")
    page = person.get("/obligations/rollover/").content.decode()
    assert f'value="{once.pk}" form="rollover" checked' in page
    assert f'value="{periodic.pk}" form="rollover">' in page
    assert 'value="2013-02-07"' in page
    refused = person.post("/obligations/rollover/", {"due_on": "2013-02-28"})
    assert refused.status_code == 400 and "请勾选要结转的事项" in refused.content.decode()
    taken = person.post("/obligations/rollover/", {"ids": [once.pk], "due_on": "2013-02-28"}, follow=True)
    assert "已结转 1 件到2013年度" in taken.content.decode()
    old = person.get(f"/obligations/{once.pk}/").content.decode()
    assert "已结转到下一年度" in old and f"/obligations/{_new(once).pk}/" in old
    assert selectors.rollover_of(once.year, next_year, winter.date()).total == 1

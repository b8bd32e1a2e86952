"""Cards × regions on one form: a prefecture enters for its counties, a department for the prefectures; the wholes follow."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from tests.metrics.conftest import BATCHES, PASSED, RATE, Enter
from tests.metrics.several import Q1, ask, fill, in_force
from tests.world import World

from zhize.apps.metrics import services
from zhize.apps.metrics.models import Card, Entry
from zhize.apps.metrics.selectors.collecting import cells_asked, grid_of, progress_words
from zhize.apps.orgs.models import Membership, Region
from zhize.apps.requests import services as asking
from zhize.apps.requests.models import UnitRequest
from zhize.apps.years.models import WorkYear
from zhize.core.metrics.spans import period_of
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, StateConflict

pytestmark = pytest.mark.django_db


def test_a_prefecture_enters_its_counties_and_its_own_figure_and_the_provinces_follow(
    world: World,
    county_row: UnitRequest,
    counties: dict[str, Region],
    cards: dict[str, Card],
    office: Actor,
    now: datetime,
) -> None:
    sibling = world.actor("sibling")
    grid = grid_of(county_row, handed=False)
    assert grid is not None and [one.name for one in grid.regions] == ["城关区", "七里河区", "西固区"]
    assert cells_asked([county_row.call_id]) == {county_row.pk: 6} and progress_words([county_row.pk]) == {
        county_row.pk: "共 6 格"
    }
    fill(county_row, cards, {counties["cg"]: (100, 90), counties["qlh"]: (60, 61)}, sibling, now)
    with pytest.raises(BadInput) as caught:
        asking.request_submit(request=county_row, version=None, actor=sibling, now=now)
    said = " ".join(map(str, caught.value.problems))
    assert (
        "（七里河区，2012年第一季度）" in said
        and "应不大于" in said
        and "（西固区，2012年第一季度）没有填" in said
    )
    assert "城关区" not in said
    fill(county_row, cards, {counties["qlh"]: (60, 50), counties["xg"]: (40, 40)}, sibling, now)
    asking.request_submit(request=county_row, version=None, actor=sibling, now=now)
    assert progress_words([county_row.pk]) == {county_row.pk: "已报 6/6 格"}
    asking.request_accept(request=county_row, version=None, actor=office, now=now)
    assert in_force(BATCHES, counties["qlh"]).value == 60
    assert in_force(BATCHES, counties["qlh"]).given_by_id == county_row.unit_id
    city, province = (in_force(BATCHES, world.region[key]) for key in ("lz", "gs"))
    assert (city.value, city.origin) == (200, "computed") and province.value == 200
    assert "缺 1 个：天水" in province.note
    assert in_force(RATE, world.region["lz"]).value == 90
    assert in_force(RATE, counties["xg"]).value == 100


def test_counties_are_never_added_twice_and_a_prefectures_own_entry_stands(
    world: World,
    county_row: UnitRequest,
    counties: dict[str, Region],
    cards: dict[str, Card],
    enter: Enter,
    office: Actor,
    now: datetime,
) -> None:
    enter(BATCHES, "2012年第一季度", "lz", "500")
    enter(BATCHES, "2012年第一季度", "ts", "70")
    values = dict.fromkeys(counties.values(), (10, 9))
    fill(county_row, cards, values, world.actor("sibling"), now)
    asking.request_submit(request=county_row, version=None, actor=world.actor("sibling"), now=now)
    asking.request_accept(request=county_row, version=None, actor=office, now=now)
    assert in_force(BATCHES, world.region["lz"]).value == 500
    assert in_force(BATCHES, world.region["gs"]).value == 570
    assert in_force(PASSED, world.region["lz"]).value == 27


def test_one_cell_of_one_county_is_returned_and_the_others_stay(
    world: World,
    county_row: UnitRequest,
    counties: dict[str, Region],
    cards: dict[str, Card],
    office: Actor,
    now: datetime,
) -> None:
    fill(county_row, cards, dict.fromkeys(counties.values(), (10, 9)), world.actor("sibling"), now)
    asking.request_submit(request=county_row, version=None, actor=world.actor("sibling"), now=now)
    cell = Entry.objects.system("test").get(request=county_row, region=counties["xg"], card=cards[PASSED])
    services.entries_return(
        request=county_row, comments={cell.pk: "漏计复检"}, comment="", version=None, actor=office, now=now
    )
    grid = grid_of(county_row, handed=False)
    assert grid is not None
    assert [(c.place, c.card.code) for c in grid.cells if c.comment] == [("西固区，2012年第一季度", PASSED)]
    assert [t.totals for t in grid.tables()] == [[30, 27]]


def test_the_last_periods_figures_are_taken_county_by_county_and_nothing_happened_means_nought_everywhere(
    world: World,
    county_row: UnitRequest,
    counties: dict[str, Region],
    cards: dict[str, Card],
    enter: Enter,
    office: Actor,
    now: datetime,
) -> None:
    world.region["qlh"] = counties["qlh"]
    enter(BATCHES, "2011年第四季度", "cg", "31")
    enter(BATCHES, "2011年第四季度", "qlh", "12")
    sibling = world.actor("sibling")
    assert services.entries_carry_over(request=county_row, version=None, actor=sibling, now=now) == 2
    kept = Entry.objects.system("test").filter(request=county_row).values_list("region__code", "value")
    assert sorted(kept) == [("620102", 31), ("620103", 12)]
    Entry.objects.system("test").filter(request=county_row).delete()
    asking.request_save(request=county_row, answers={}, nil_report=True, version=None, actor=sibling, now=now)
    asking.request_submit(request=county_row, version=None, actor=sibling, now=now)
    asking.request_accept(request=county_row, version=None, actor=office, now=now)
    assert [in_force(BATCHES, one).value for one in counties.values()] == [0, 0, 0]


def test_who_has_no_regions_below_is_not_asked_for_them(
    world: World,
    counties: dict[str, Region],
    cards: dict[str, Card],
    year: WorkYear,
    office: Actor,
    now: datetime,
) -> None:
    with pytest.raises(BadInput, match=r"天水市人民政府.*没有下一级地区"):
        ask(world, year, [cards[BATCHES]], office, now, ("lz_gov", "ts_gov"))
    many = [card for card in cards.values() if card.source == Card.Source.COLLECTED]
    assert len(many) * 14 > 400
    for n in range(12):
        Region.objects.create(code=f"62{n + 40}00", name=f"演示{n}市", short=f"演{n}", level="prefecture", parent=world.region["gs"], order=n)  # fmt: skip
    with pytest.raises(BadInput, match="每个单位要填"):
        ask(world, year, many, office, now, ("zjj",))
    made = ask(world, year, [cards[BATCHES]], office, now, ("zjj",))
    assert cells_asked([made.call_id]) == {}


def test_what_counties_themselves_have_not_said_yet_is_not_taken_in_above(
    world: World,
    county_row: UnitRequest,
    counties: dict[str, Region],
    cards: dict[str, Card],
    office: Actor,
    now: datetime,
) -> None:
    own_year = WorkYear.objects.create(
        jurisdiction=world.jurisdiction["lz"],
        label="2012年",
        starts_on=date(2012, 1, 1),
        ends_on=date(2012, 12, 31),
        state="open",
    )
    Membership.objects.create(
        jurisdiction=world.jurisdiction["lz"],
        unit=world.unit["cg_office"],
        capacity="assessed",
        order=1,
        valid_from=date(2011, 1, 1),
        basis="演示",
    )
    sibling = world.actor("sibling")
    below = services.collection_create(
        jurisdiction=world.jurisdiction["lz"], year=own_year, title="县区数据", due_on=date(2012, 4, 5),
        unit_ids=[world.unit["cg_office"].pk], cards=[cards[BATCHES]], periods=[period_of("2012年第一季度")],
        actor=sibling, now=now,
    )  # fmt: skip
    asking.call_issue(call=below.call, version=None, actor=sibling, now=now)
    fill(county_row, cards, dict.fromkeys(counties.values(), (10, 9)), sibling, now)
    asking.request_submit(request=county_row, version=None, actor=sibling, now=now)
    with pytest.raises(StateConflict, match="还没有收齐"):
        asking.request_accept(request=county_row, version=None, actor=office, now=now)


def test_the_same_cell_cannot_stand_twice(
    county_row: UnitRequest, counties: dict[str, Region], cards: dict[str, Card]
) -> None:
    def entry(region: Region | None) -> Entry:
        return Entry(
            request=county_row, card=cards[BATCHES], region=region, period_start=Q1[0], period_end=Q1[1]
        )

    for region in (None, counties["cg"], counties["xg"]):
        entry(region).save()
    for region in (None, counties["cg"]):
        with pytest.raises(ValidationError):
            entry(region).full_clean()

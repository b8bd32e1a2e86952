"""Names over time: 省市场监管局（原省质监局）; merged units counted once; who was a member on a date."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from tests.world import World

from zhize.apps.orgs import selectors, services
from zhize.apps.orgs.models import Succession, Unit
from zhize.kit.actor import Actor, system_actor
from zhize.kit.errors import BadInput

REFORM = date(2018, 10, 31)
BEFORE, AFTER = date(2018, 10, 30), date(2018, 11, 1)
OPERATOR = system_actor("test")


@pytest.fixture
def market(world: World, now: datetime) -> Unit:
    """省质监局 and 省工商局 become 省市场监管局; a part of 省工商局 goes to 省药监局."""
    made = {
        code: Unit.objects.create(
            code=code, region=world.region["gs"], name=name, name_en=english, valid_from=REFORM
        )
        for code, name, english in (
            ("scjg", "省市场监管局", "Market Regulation"),
            ("ypj", "省药监局", "Medical Products"),
        )
    }
    old = [world.unit["zjj"], world.unit["gsj"]]
    services.unit_succeed(
        predecessors=old, successors=[made["scjg"]], kind="merged", effective_on=REFORM, primary=made["scjg"],
        moved="整合组建", actor=OPERATOR, now=now,
    )  # fmt: skip
    services.unit_succeed(
        predecessors=[world.unit["gsj"]], successors=[made["ypj"]], kind="split", effective_on=REFORM,
        actor=OPERATOR, now=now,
    )  # fmt: skip
    return made["scjg"]


def unit(world: World, key: str) -> Unit:
    found: Unit = Unit.objects.system("test").get(pk=world.unit[key].pk)
    return found


def test_before_the_reform_a_unit_has_its_own_name(world: World, market: Unit) -> None:
    assert selectors.unit_label(unit(world, "zjj"), BEFORE) == "省质监局"


def test_from_the_day_of_the_reform_both_names_are_written(world: World, market: Unit) -> None:
    assert selectors.unit_label(unit(world, "zjj"), REFORM) == "省市场监管局（原省质监局）"
    assert selectors.unit_label(market, AFTER) == "省市场监管局"


def test_in_english_the_names_are_english(world: World, market: Unit) -> None:
    with translation.override("en"):
        assert selectors.unit_label(unit(world, "zjj"), AFTER) == "Market Regulation (formerly zjj)"
        assert selectors.region_name(world.region["lz"]) == "LZ"


def test_membership_goes_to_the_primary_successor_not_to_the_part_split_off(
    world: World, market: Unit
) -> None:
    assert selectors.successors_of(unit(world, "gsj"), AFTER) == [market]


def test_two_units_merged_into_one_are_counted_once(world: World, market: Unit) -> None:
    once = selectors.successors_once([unit(world, "zjj"), unit(world, "gsj"), unit(world, "office")], AFTER)
    assert [u.name for u in once] == ["省市场监管局", "领导小组办公室"]


def test_a_transfer_of_some_duties_leaves_both_units_as_they_are(world: World, now: datetime) -> None:
    services.unit_succeed(
        predecessors=[world.unit["zjj"]], successors=[world.unit["gsj"]], kind="transferred", effective_on=REFORM,
        ends=False, actor=OPERATOR, now=now,
    )  # fmt: skip
    assert selectors.unit_label(unit(world, "zjj"), AFTER) == "省质监局"
    assert unit(world, "zjj").valid_to is None


def test_a_chain_is_followed_to_its_end_and_a_circle_ends(world: World, market: Unit, now: datetime) -> None:
    later = Unit.objects.create(code="later", region=world.region["gs"], name="省市场局")
    services.unit_succeed(
        predecessors=[market],
        successors=[later],
        kind="renamed",
        effective_on=date(2023, 1, 1),
        actor=OPERATOR,
        now=now,
    )
    assert selectors.unit_label(unit(world, "zjj"), date(2023, 1, 1)) == "省市场局（原省质监局）"
    Succession.objects.create(
        predecessor=later, successor=world.unit["zjj"], kind="renamed", effective_on=date(2024, 1, 1)
    )
    assert selectors.successors_of(unit(world, "zjj"), date(2025, 1, 1))


def test_the_predecessors_cease_on_the_day(world: World, market: Unit) -> None:
    assert unit(world, "zjj").valid_to == REFORM
    names = set(selectors.units_in_force(AFTER).system("test").values_list("name", flat=True))
    assert "省市场监管局" in names and "省质监局" not in names


def test_the_story_of_a_unit_tells_what_it_came_from_and_became(world: World, market: Unit) -> None:
    [merged] = selectors.history_of(market)[:1]
    assert {u.name for u in merged.predecessors} == {"省质监局", "省工商局"}
    assert not merged.confirmed and merged.on == REFORM
    assert selectors.history_of(unit(world, "office")) == []


def test_labels_of_many_units_cost_one_statement(world: World, market: Unit) -> None:
    units = list(Unit.objects.system("test"))
    for some in (units[:2], units):
        with CaptureQueriesContext(connection) as queries:
            selectors.unit_labels(some, AFTER)
        assert len(queries) == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda w: {"predecessors": []}, "缺少一方"),
        (lambda w: {"successors": [w.unit["zjj"]]}, "承接自己"),
        (lambda w: {"primary": w.unit["office"]}, "不在承接单位"),
    ],
)
def test_a_succession_that_cannot_be_is_refused(
    world: World, now: datetime, change: object, words: str
) -> None:
    given = {
        "predecessors": [world.unit["zjj"]], "successors": [world.unit["gsj"]], "kind": "merged", "effective_on": REFORM,
    } | change(world)  # type: ignore[operator]  # fmt: skip
    with pytest.raises(BadInput, match=words):
        services.unit_succeed(**given, actor=OPERATOR, now=now)
    assert not Succession.objects.system("test").exists()


def test_a_unit_already_gone_cannot_be_taken_over_later(world: World, market: Unit, now: datetime) -> None:
    with pytest.raises(BadInput, match="2018-10-31"):
        services.unit_succeed(
            predecessors=[unit(world, "zjj")], successors=[market], kind="renamed", effective_on=date(2020, 1, 1),
            actor=OPERATOR, now=now,
        )  # fmt: skip


def test_a_member_that_was_merged_is_shown_with_who_carries_it_on(
    world: World, market: Unit, office: Actor
) -> None:
    lines = {
        line.membership.unit.name: [u.name for u in line.now] for line in selectors.members_on(office, AFTER)
    }
    assert lines["省质监局"] == ["省市场监管局"]
    lines = {line.membership.unit.name: line.now for line in selectors.members_on(office, BEFORE)}
    assert lines["省质监局"] == ()


def test_the_group_of_a_date_is_the_list_then_in_force(world: World, office: Actor, now: datetime) -> None:
    for since, basis, title in ((date(2011, 2, 1), "甲文", "老组长"), (date(2012, 2, 1), "乙文", "新组长")):
        services.group_list_replace(
            jurisdiction=world.jurisdiction["gs"], lines=[{"capacity": "head", "title": title}], valid_from=since,
            basis=basis, actor=office, now=now,
        )  # fmt: skip

    def on(day: date) -> list[tuple[str, str]]:
        return [(m.title, m.basis) for m in selectors.group_on(office, day)]

    assert on(date(2011, 1, 31)) == []
    assert on(date(2011, 2, 1)) == on(date(2012, 1, 31)) == [("老组长", "甲文")]
    assert on(date(2012, 2, 1)) == [("新组长", "乙文")]


def test_an_alias_finds_the_unit_and_the_living_bearer_comes_first(
    world: World, market: Unit, now: datetime
) -> None:
    services.unit_set_aliases(unit=market, names=["省质监局"], actor=OPERATOR, now=now)
    found = selectors.units_named(["省质监局", "没有这个"], region_id=world.region["gs"].pk, on=AFTER)
    assert [u.name for u in found["省质监局"]] == ["省市场监管局", "省质监局"]
    assert found["没有这个"] == []

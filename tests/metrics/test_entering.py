"""Figures asked of prefectures: a grid, drafts nobody else sees, single cells returned, accepted ones become figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from tests.metrics.conftest import BATCHES, PASSED, RATE, Enter
from tests.world import World

from zhize.apps.metrics import services
from zhize.apps.metrics.models import Card, CellKey, Collection, Entry, Observation
from zhize.apps.metrics.selectors.collecting import grid_of, progress_words
from zhize.apps.metrics.services import Written
from zhize.apps.requests import services as asking
from zhize.apps.requests.models import UnitRequest
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed, StateConflict

pytestmark = pytest.mark.django_db
Q2 = (date(2012, 4, 1), date(2012, 6, 30))


@pytest.fixture
def sent(collection: Collection, office: Actor, now: datetime, world: World) -> dict[str, UnitRequest]:
    asking.call_issue(call=collection.call, version=None, actor=office, now=now)
    rows = UnitRequest.objects.system("test").select_related("call__year", "unit")
    return {key: rows.get(unit=world.unit[f"{key}_gov"]) for key in ("lz", "ts")}


Fill = Callable[..., UnitRequest]


@pytest.fixture
def fill(world: World, cards: dict[str, Card], now: datetime) -> Fill:
    def write(
        request: UnitRequest, actor: Actor, batches: str | None, passed: str | None, **more: str
    ) -> UnitRequest:
        cells = {
            CellKey(cards[code].pk, *Q2): Written(Decimal(value) if value else None, **more)  # type: ignore[arg-type]
            for code, value in ((BATCHES, batches), (PASSED, passed))
        }
        return services.entries_save(request=request, cells=cells, version=None, actor=actor, now=now)

    return write


def submit(request: UnitRequest, actor: Actor, now: datetime) -> UnitRequest:
    return asking.request_submit(request=request, version=None, actor=actor, now=now)


def test_a_prefectures_draft_is_seen_by_nobody_else_until_it_is_handed_in(
    world: World, sent: dict[str, UnitRequest], fill: Fill, office: Actor, now: datetime
) -> None:
    lz = world.actor("sibling")
    fill(sent["lz"], lz, "120", "110")
    assert Entry.objects.visible_to(lz).count() == 2
    for other in (office, world.actor("sibling2"), world.actor("liaison")):
        assert not Entry.objects.visible_to(other).exists()
    assert progress_words([sent["lz"].pk]) == {sent["lz"].pk: "共 2 格"}
    submit(sent["lz"], lz, now)
    assert Entry.objects.visible_to(office).count() == 2
    assert not Entry.objects.visible_to(world.actor("sibling2")).exists()
    assert progress_words([sent["lz"].pk]) == {sent["lz"].pk: "已报 2/2 格"}


def test_a_correction_under_way_is_not_seen_before_it_is_handed_in_again(
    world: World,
    sent: dict[str, UnitRequest],
    fill: Fill,
    office: Actor,
    now: datetime,
    cards: dict[str, Card],
) -> None:
    lz = world.actor("sibling")
    fill(sent["lz"], lz, "120", "110")
    submit(sent["lz"], lz, now)
    entry = Entry.objects.system("test").get(card=cards[PASSED])
    services.entries_return(
        request=sent["lz"],
        comments={entry.pk: "与质监局台账不符"},
        comment="",
        version=None,
        actor=office,
        now=now,
    )
    fill(sent["lz"], lz, "120", "112")
    grid = grid_of(sent["lz"], handed=True)
    assert grid is not None and [cell.value for cell in grid.cells] == [120, 110]
    own = grid_of(sent["lz"], handed=False)
    assert own is not None and own.cells[1].value == 112 and own.cells[1].comment == "与质监局台账不符"
    submit(sent["lz"], lz, now)
    after = grid_of(sent["lz"], handed=True)
    assert after is not None and after.cells[1].value == 112 and after.cells[1].comment == ""


def test_accepted_figures_are_final_carry_their_source_and_the_rate_follows(
    world: World,
    sent: dict[str, UnitRequest],
    fill: Fill,
    office: Actor,
    now: datetime,
    cards: dict[str, Card],
) -> None:
    lz = world.actor("sibling")
    fill(sent["lz"], lz, "120", "90")
    submit(sent["lz"], lz, now)
    assert not Observation.objects.system("test").exists()
    asking.request_accept(request=sent["lz"], version=None, actor=office, now=now)
    rows = Observation.objects.system("test").filter(region=world.region["lz"])
    found = {row.card.code: row for row in rows.select_related("card")}
    assert (found[BATCHES].value, found[BATCHES].state, found[BATCHES].origin) == (120, "final", "collected")
    assert found[BATCHES].given_by_id == world.unit["lz_gov"].pk
    assert found[BATCHES].source_ref == f"requests.unit_request:{sent['lz'].pk}"
    assert (found[RATE].value, found[RATE].numerator, found[RATE].origin) == (75, 90, "computed")
    whole = Observation.objects.system("test").get(card=cards[RATE], region=world.region["gs"])
    assert (
        whole.state == "provisional"
        and "天水"
        in Observation.objects.system("test").get(card=cards[BATCHES], region=world.region["gs"]).note
    )


@pytest.mark.parametrize(
    ("batches", "passed", "more", "says"),
    [
        ("120", None, {}, "没有填"),
        ("120", "121", {}, "应不大于"),
        ("-1", "-2", {}, "小于下限"),
        (None, None, {"is_none": True}, "写明为什么没有"),
    ],
)
def test_a_grid_with_gaps_or_against_the_rules_is_not_handed_in(
    world: World,
    sent: dict[str, UnitRequest],
    fill: Fill,
    now: datetime,
    batches: str | None,
    passed: str | None,
    more: dict[str, str],
    says: str,
) -> None:
    lz = world.actor("sibling")
    fill(sent["lz"], lz, batches, passed, **more)
    with pytest.raises(BadInput) as caught:
        submit(sent["lz"], lz, now)
    assert says in "".join(str(one) for one in caught.value.problems)


def test_a_jump_is_handed_in_with_a_reason_in_writing(
    world: World, sent: dict[str, UnitRequest], fill: Fill, now: datetime, enter: Enter
) -> None:
    enter(BATCHES, "2012年第一季度", "lz", "20")
    lz = world.actor("sibling")
    fill(sent["lz"], lz, "120", "110")
    with pytest.raises(BadInput) as caught:
        submit(sent["lz"], lz, now)
    assert "比上期 20" in "".join(str(one) for one in caught.value.problems)
    fill(sent["lz"], lz, "120", "110", reason="二季度集中抽查（演示）")
    assert submit(sent["lz"], lz, now).state == "submitted"


def test_last_periods_figures_are_carried_over_into_empty_cells_only(
    world: World, sent: dict[str, UnitRequest], fill: Fill, now: datetime, enter: Enter
) -> None:
    enter(BATCHES, "2012年第一季度", "lz", "100")
    enter(PASSED, "2012年第一季度", "lz", "95")
    lz = world.actor("sibling")
    fill(sent["lz"], lz, "120", None)
    assert services.entries_carry_over(request=sent["lz"], version=None, actor=lz, now=now) == 1
    grid = grid_of(sent["lz"], handed=False)
    assert grid is not None and [cell.value for cell in grid.cells] == [120, 95]


def test_a_nil_report_counts_nothing_happened(
    world: World, sent: dict[str, UnitRequest], office: Actor, now: datetime, cards: dict[str, Card]
) -> None:
    lz = world.actor("sibling")
    asking.request_save(request=sent["lz"], answers={}, nil_report=True, version=None, actor=lz, now=now)
    submit(sent["lz"], lz, now)
    asking.request_accept(request=sent["lz"], version=None, actor=office, now=now)
    row = Observation.objects.system("test").get(card=cards[BATCHES], region=world.region["lz"])
    assert row.value == 0 and row.note == "零报告"


def test_a_withdrawn_grid_is_a_draft_again(
    world: World, sent: dict[str, UnitRequest], fill: Fill, office: Actor, now: datetime
) -> None:
    lz = world.actor("sibling")
    fill(sent["lz"], lz, "120", "110")
    submit(sent["lz"], lz, now)
    asking.request_withdraw(request=sent["lz"], version=None, actor=lz, now=now)
    assert not Entry.objects.visible_to(office).exists()


def test_a_locked_period_takes_no_late_answer(
    world: World,
    sent: dict[str, UnitRequest],
    fill: Fill,
    office: Actor,
    director: Actor,
    now: datetime,
    enter: Enter,
) -> None:
    enter(BATCHES, "2012年第二季度", "lz", "100")
    services.observations_lock(
        jurisdiction=world.jurisdiction["gs"], start=Q2[0], end=Q2[1], actor=director, now=now
    )
    lz = world.actor("sibling")
    fill(sent["lz"], lz, "120", "110")
    submit(sent["lz"], lz, now)
    with pytest.raises(StateConflict, match="已锁定"):
        asking.request_accept(request=sent["lz"], version=None, actor=office, now=now)


def test_a_neighbour_writes_into_nobody_elses_grid(
    world: World, sent: dict[str, UnitRequest], fill: Fill, office: Actor, now: datetime
) -> None:
    for actor in (world.actor("sibling2"), office, world.actor("liaison")):
        with pytest.raises(NotAllowed):
            fill(sent["lz"], actor, "1", "1")


def test_a_cell_outside_the_form_is_refused(
    world: World, sent: dict[str, UnitRequest], now: datetime, cards: dict[str, Card]
) -> None:
    with pytest.raises(BadInput, match="不在这张表里"):
        services.entries_save(
            request=sent["lz"], cells={CellKey(cards[RATE].pk, *Q2): Written(Decimal(1))}, version=None,
            actor=world.actor("sibling"), now=now,
        )  # fmt: skip

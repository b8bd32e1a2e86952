"""Figures asked of prefectures: a grid, drafts nobody else sees, single cells returned, accepted ones become figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from tests.metrics.conftest import BATCHES, PASSED, RATE, Enter
from tests.world import World

from zhize.apps.metrics import selectors, services
from zhize.apps.metrics.models import Card, Collection, Entry, Observation
from zhize.apps.metrics.selectors.collecting import grid_of, progress_words
from zhize.apps.metrics.services import Written
from zhize.apps.requests import services as asking
from zhize.apps.requests.models import UnitRequest
from zhize.apps.years.models import WorkYear
from zhize.core.metrics.spans import period_of
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed, StateConflict

pytestmark = pytest.mark.django_db
Q2 = (date(2012, 4, 1), date(2012, 6, 30))


@pytest.fixture
def collection(
    world: World, cards: dict[str, Card], year: WorkYear, office: Actor, now: datetime
) -> Collection:
    return services.collection_create(
        jurisdiction=world.jurisdiction["gs"],
        year=year,
        title="2012年第二季度产品质量数据",
        due_on=date(2012, 7, 10),
        unit_ids=[world.unit["lz_gov"].pk, world.unit["ts_gov"].pk],
        cards=[cards[BATCHES], cards[PASSED]],
        periods=[period_of("2012年第二季度")],
        head={"table_no": "甘质振表1（演示）"},
        actor=office,
        now=now,
    )


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
            (cards[code].pk, *Q2): Written(Decimal(value) if value else None, **more)  # type: ignore[arg-type]
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
            request=sent["lz"], cells={(cards[RATE].pk, *Q2): Written(Decimal(1))}, version=None,
            actor=world.actor("sibling"), now=now,
        )  # fmt: skip


def test_what_the_product_can_count_is_not_asked_for(
    world: World, cards: dict[str, Card], year: WorkYear, office: Actor, now: datetime
) -> None:
    def ask(codes: list[str], periods: list[str]) -> None:
        services.collection_create(
            jurisdiction=world.jurisdiction["gs"], year=year, title="演示", due_on=date(2012, 7, 10),
            unit_ids=[world.unit["lz_gov"].pk], cards=[cards[code] for code in codes],
            periods=[period_of(one) for one in periods], actor=office, now=now,
        )  # fmt: skip

    with pytest.raises(BadInput, match="由系统计算"):
        ask([RATE], ["2012年"])
    with pytest.raises(BadInput, match="没有选指标"):
        ask([], ["2012年"])
    with pytest.raises(BadInput, match="没有选期间"):
        ask([BATCHES], [])
    with pytest.raises(BadInput, match="一次填不完"):
        ask([BATCHES], [f"{1910 + n // 12}年{n % 12 + 1}月" for n in range(401)])


def test_a_call_for_figures_without_a_grid_is_not_sent(
    world: World, year: WorkYear, office: Actor, now: datetime
) -> None:
    call = asking.call_create(
        jurisdiction=world.jurisdiction["gs"], year=year, title="演示", due_on=date(2012, 7, 10),
        unit_ids=[world.unit["lz_gov"].pk], content="metrics.figures", actor=office, now=now,
    )  # fmt: skip
    with pytest.raises(BadInput, match="没有选定要填报的指标"):
        asking.call_issue(call=call, version=None, actor=office, now=now)


def test_a_draft_form_is_changed_and_a_sent_one_is_not(
    world: World, collection: Collection, cards: dict[str, Card], office: Actor, now: datetime
) -> None:
    act = {
        "collection": collection, "data": {"table_no": "演示2", "title": "改了标题"}, "unit_ids": None,
        "cards": [cards[BATCHES]], "periods": [period_of("2012年第三季度")], "version": None, "actor": office, "now": now,
    }  # fmt: skip
    changed = services.collection_update(**act)  # type: ignore[arg-type]
    assert changed.table_no == "演示2" and [label for _span, label in changed.spans] == ["2012年第三季度"]
    assert changed.call.title == "改了标题"
    asking.call_issue(call=collection.call, version=None, actor=office, now=now)
    with pytest.raises(StateConflict):
        services.collection_update(**act)  # type: ignore[arg-type]
    assert selectors.card_by_code(office, BATCHES) is not None

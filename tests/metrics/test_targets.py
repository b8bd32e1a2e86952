"""Targets: one a card, year and subject; a rate asked of the whole is asked of each region."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from tests.metrics.conftest import BATCHES, RATE, Browse, text_of
from tests.world import World

from zhize.apps.metrics import selectors, services
from zhize.apps.metrics.models import Card, Observation, Target
from zhize.apps.metrics.services import NewFigure
from zhize.apps.metrics.services.figures import put_figures
from zhize.apps.years.models import WorkYear
from zhize.core.metrics.attainment import State, Step, attain
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, EditConflict, NotAllowed, StateConflict
from zhize.kit.measures import By

pytestmark = pytest.mark.django_db
PATH = [Step(date(2012, 6, 30), Decimal(92))]


@pytest.fixture
def target(world: World, cards: dict[str, Card], year: WorkYear, office: Actor, now: datetime) -> Target:
    return put(world, cards[RATE], year, office, now)


def put(world: World, card: Card, year: WorkYear, actor: Actor, now: datetime, **changes: Any) -> Target:
    data = {
        "card": card,
        "year": year,
        "value": Decimal(95),
        "base": Decimal(90),
        "document": "演示〔2012〕1号",
        **changes,
    }
    return services.target_set(
        jurisdiction=world.jurisdiction["gs"], data=data, steps=PATH, actor=actor, now=now
    )


def test_a_target_of_the_whole_holds_for_each_region_where_the_card_is_a_rate(
    world: World, cards: dict[str, Card], year: WorkYear, office: Actor, now: datetime, target: Target
) -> None:
    put(world, cards[RATE], year, office, now, region=world.region["ts"], value=Decimal(93))
    put(world, cards[BATCHES], year, office, now, value=Decimal(4000), base=None)
    ids = [world.region["lz"].pk, world.region["ts"].pk]
    found = selectors.targets_of(
        jurisdiction_id=world.jurisdiction["gs"].pk,
        card_codes=[RATE, BATCHES],
        year_id=year.pk,
        by=By.REGION,
        ids=ids,
    )
    assert {key: (aim.goal.value, aim.is_of_whole) for key, aim in found.items()} == {
        (RATE, ids[0]): (Decimal(95), True),
        (RATE, ids[1]): (Decimal(93), False),
    }
    aim = found[RATE, ids[0]]
    assert attain(aim.goal, Decimal("93.5"), date(2012, 7, 1)).state is State.ON_PATH
    whole = selectors.targets_of(
        jurisdiction_id=world.jurisdiction["gs"].pk, card_codes=[BATCHES], year_id=year.pk, by=By.JURISDICTION
    )
    assert whole[BATCHES, 0].goal.value == 4000


def test_one_target_a_card_year_and_subject(
    world: World, cards: dict[str, Card], year: WorkYear, office: Actor, now: datetime, target: Target
) -> None:
    with pytest.raises(ValidationError):
        put(world, cards[RATE], year, office, now)


def test_a_changed_target_keeps_its_path_and_the_second_of_two_gets_both_versions(
    target: Target, office: Actor, now: datetime
) -> None:
    act = {"target": target, "steps": None, "version": 1, "actor": office, "now": now}
    changed = services.target_update(data={"value": Decimal(96)}, **act)  # type: ignore[arg-type]
    assert changed.value == 96 and [step.value for step in changed.steps.all()] == [Decimal(92)]
    with pytest.raises(EditConflict):
        services.target_update(data={"value": Decimal(97)}, **act)  # type: ignore[arg-type]


def test_a_path_that_makes_no_sense_is_refused(target: Target, office: Actor, now: datetime) -> None:
    with pytest.raises(BadInput, match="早于目标日期"):
        services.target_update(
            target=target,
            data={},
            steps=[Step(date(2013, 1, 1), Decimal(1))],
            version=None,
            actor=office,
            now=now,
        )


def test_a_closed_year_takes_no_more_targets(
    world: World, cards: dict[str, Card], year: WorkYear, office: Actor, now: datetime, target: Target
) -> None:
    WorkYear.objects.system("test").update(state="closed")
    year.refresh_from_db()
    with pytest.raises(StateConflict, match="已关账"):
        put(world, cards[BATCHES], year, office, now)
    with pytest.raises(StateConflict):
        services.target_remove(target=target, version=None, actor=office, now=now)


def test_a_target_taken_back_is_gone_but_stays_in_the_log(
    target: Target, office: Actor, now: datetime
) -> None:
    services.target_remove(target=target, version=1, actor=office, now=now)
    assert not Target.objects.system("test").exists()


def test_many_targets_at_once_the_same_again_changes_nothing(
    world: World, cards: dict[str, Card], year: WorkYear, office: Actor, now: datetime
) -> None:
    rows = [
        {
            "card": cards[RATE],
            "year": year,
            "region": world.region[place],
            "value": Decimal(95),
            "document": "演示",
        }
        for place in ("lz", "ts")
    ]
    gs = world.jurisdiction["gs"]
    first = services.targets_save(jurisdiction=gs, rows=rows, actor=office, now=now)
    again = services.targets_save(jurisdiction=gs, rows=rows, actor=office, now=now)
    rows[0]["value"] = Decimal(96)
    third = services.targets_save(jurisdiction=gs, rows=rows, actor=office, now=now)
    assert [(o.added, o.changed, o.same) for o in (first, again, third)] == [(2, 0, 0), (0, 0, 2), (0, 1, 1)]
    with pytest.raises(BadInput, match="两次"):
        services.targets_save(jurisdiction=gs, rows=[rows[0], rows[0]], actor=office, now=now)
    with pytest.raises(NotAllowed):
        services.targets_save(jurisdiction=gs, rows=rows, actor=world.actor("liaison"), now=now)


def test_a_prefecture_sees_the_targets_set_for_it_and_no_others(
    world: World, cards: dict[str, Card], year: WorkYear, office: Actor, now: datetime, target: Target
) -> None:
    own = put(world, cards[RATE], year, office, now, region=world.region["lz"])
    assert list(selectors.targets_listed(world.actor("sibling"))) == [own]
    assert list(selectors.targets_listed(world.actor("sibling2"))) == []
    assert selectors.targets_listed(office).count() == 2


@pytest.mark.usefixtures("on_the_day")
def test_a_target_may_be_set_for_a_unit_and_asks_nothing_of_regions(
    world: World, cards: dict[str, Card], year: WorkYear, browse: Browse, now: datetime
) -> None:
    data = {
        "card": cards[RATE].pk, "region": world.region["gs"].pk, "unit": world.unit["zjj"].pk, "value": "92",
        "document": "演示1号", "steps": "",
    }  # fmt: skip
    client = browse("office")
    assert client.post(reverse("metrics:target_create"), data).status_code == 302
    target = Target.objects.system("test").get()
    assert (target.unit, target.region) == (world.unit["zjj"], None)
    assert "省质监局" in text_of(client.get(reverse("metrics:targets")))
    board = text_of(client.get(reverse("metrics:attainment")))
    assert "本年度还没有目标" not in board
    assert "省质监局" in board.partition("单位的目标")[2]
    (standing,) = selectors.units_board(world.actor("office"), year, year.ends_on)
    assert (standing.attained.state, standing.figure) == (State.NO_DATA, None)
    put_figures(
        jurisdiction=world.jurisdiction["gs"],
        figures=[
            NewFigure(
                card_id=cards[RATE].pk, unit_id=world.unit[unit].pk, start=year.starts_on, end=year.ends_on, label="2012年",
                value=value, origin=Observation.Origin.COLLECTED,
            )
            for unit, value in (("zjj", Decimal(93)), ("gsj", Decimal(50)))
        ],
        reason="测试", actor=world.actor("office"), now=now,
    )  # fmt: skip
    (standing,) = selectors.units_board(world.actor("office"), year, year.ends_on)
    assert (standing.attained.state, standing.shown) == (State.REACHED, "93.0%")

"""A year, the shipped cards and a way to enter figures."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from tests.world import World

from zhize.apps.metrics import services
from zhize.apps.metrics.models import Card, Collection, Observation
from zhize.apps.metrics.services import NewFigure
from zhize.apps.orgs.models import Region
from zhize.apps.requests import services as asking
from zhize.apps.requests.models import UnitRequest
from zhize.apps.years.models import WorkYear
from zhize.core.metrics.spans import period_of
from zhize.kit import clock
from zhize.kit.actor import Actor, system_actor

BATCHES, PASSED = "product.spot_check.batches", "product.spot_check.passed"
RATE = "product.spot_check.pass_rate"
SETTLED = "foundation.duty.settled_rate"


@pytest.fixture
def cards(db: None, now: datetime) -> dict[str, Card]:
    services.cards_load(actor=system_actor("测试"), now=now)
    return {card.code: card for card in Card.objects.system("test")}


@pytest.fixture
def year(world: World) -> WorkYear:
    return WorkYear.objects.create(
        jurisdiction=world.jurisdiction["gs"],
        label="2012年",
        starts_on=date(2012, 1, 1),
        ends_on=date(2012, 12, 31),
        state="open",
    )


@pytest.fixture
def director(world: World) -> Actor:
    return world.actor("director")


Enter = Callable[..., Observation]


@pytest.fixture
def enter(world: World, cards: dict[str, Card], now: datetime) -> Enter:
    """enter(BATCHES, "2012年第一季度", "lz", "120") keeps one figure and gives it back."""

    def put(code: str, period: str, place: str | None, value: str | None, **more: object) -> Observation:
        span = period_of(period)
        figure = NewFigure(
            card_id=cards[code].pk,
            region_id=world.region[place].pk if place else None,
            start=span.start,
            end=span.end,
            label=span.label,
            value=None if value is None else Decimal(value),
            origin=Observation.Origin.IMPORTED,
            **more,  # type: ignore[arg-type]
        )
        services.observations_save(
            jurisdiction=world.jurisdiction["gs"],
            figures=[figure],
            reason="测试",
            actor=system_actor("测试"),
            now=now,
        )
        return Observation.objects.system("test").get(
            card_id=figure.card_id,
            region=world.region[place or "gs"],
            period_start=span.start,
            period_end=span.end,
        )

    return put


@pytest.fixture
def on_the_day(monkeypatch: pytest.MonkeyPatch, today: date) -> None:
    monkeypatch.setattr(clock, "demonstration_date", lambda: today)


Browse = Callable[[str], Client]


@pytest.fixture
def browse(world: World) -> Browse:
    def sign_in(key: str) -> Client:
        client = Client()
        client.force_login(world.user[key], "django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def request_row(
    world: World, cards: dict[str, Card], year: WorkYear, office: Actor, now: datetime
) -> UnitRequest:
    collection = services.collection_create(
        jurisdiction=world.jurisdiction["gs"], year=year, title="第一季度数据", due_on=date(2012, 4, 10),
        unit_ids=[world.unit["lz_gov"].pk], cards=[cards[BATCHES], cards[PASSED]],
        periods=[period_of("2012年第一季度")], actor=office, now=now,
    )  # fmt: skip
    asking.call_issue(call=collection.call, version=None, actor=office, now=now)
    return UnitRequest.objects.system("test").get(call=collection.call)


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
def counties(world: World) -> dict[str, Region]:
    from tests.metrics.several import counties_of

    return counties_of(world.region["lz"], world.region["cg"])


@pytest.fixture
def county_row(
    world: World,
    counties: dict[str, Region],
    cards: dict[str, Card],
    year: WorkYear,
    office: Actor,
    now: datetime,
) -> UnitRequest:
    """兰州, asked for its counties' first quarter."""
    from tests.metrics.several import ask

    collection = ask(world, year, [cards[BATCHES], cards[PASSED]], office, now)
    asking.call_issue(call=collection.call, version=None, actor=office, now=now)
    return UnitRequest.objects.system("test").select_related("call__year", "unit").get(call=collection.call)


def text_of(response: Any) -> str:
    assert response.status_code == 200, response.content.decode()[:2000]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))

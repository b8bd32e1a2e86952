"""A year, the shipped cards and a way to enter figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from tests.world import World

from zhize.apps.metrics import services
from zhize.apps.metrics.models import Card, Observation
from zhize.apps.metrics.services import NewFigure
from zhize.apps.years.models import WorkYear
from zhize.core.metrics.spans import period_of
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

"""Fixtures of all tests. `world` is a small province: group, office, two departments, two prefectures, one county."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.world import World, build_world
from zhize.kit.actor import Actor

NOW = datetime(2012, 3, 5, 2, 0, tzinfo=UTC)
TODAY = date(2012, 3, 5)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def office(world: World) -> Actor:
    return world.actor("office")


@pytest.fixture
def liaison(world: World) -> Actor:
    return world.actor("liaison")

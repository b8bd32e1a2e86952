"""Fixtures of all tests. `world` is a small province: group, office, two departments, two prefectures, one county."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, settings

from tests.append_only import flush_despite_guards  # noqa: F401  (a fixture of every test)
from tests.support import shelf
from tests.world import World, build_world
from zhize.apps.audit.models import GUARDS
from zhize.kit import memo
from zhize.kit.actor import Actor, stand
from zhize.kit.append_only import install

NOW = datetime(2012, 3, 5, 2, 0, tzinfo=UTC)
TODAY = date(2012, 3, 5)
# Property tests judge answers, not speed: a shared machine may be slow for a moment.
settings.register_profile("no_clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no_clock")


SHELF = pytest.StashKey[str]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--record", action="store_true", help="write statements per page anew (tests/perf/statements.yaml)"
    )


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.stash[SHELF] = shelf.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    shelf.end(config.stash.get(SHELF, ""))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The tables come from the models at once (`--no-migrations`; walks migrate as offices do), then the log's guards."""
    with django_db_blocker.unblock():
        install(connection, GUARDS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests made for one database are skipped on the other; those that use none run once, with SQLite."""
    if connection.vendor != "sqlite":
        items[:] = [item for item in items if _uses_a_database(item)]
    for item in items:
        for vendor, mark in (("postgresql", "postgres"), ("sqlite", "sqlite")):
            if item.get_closest_marker(mark) and connection.vendor != vendor:
                item.add_marker(pytest.mark.skip(reason=f"only on {vendor}"))


def _uses_a_database(item: pytest.Item) -> bool:
    doors = {
        "db",
        "transactional_db",
        "django_db_setup",
    }  # every test is given the blocker, which opens nothing
    names = set(getattr(item, "fixturenames", ()))
    return bool(names & doors) or any(item.iter_markers("django_db")) or any(item.iter_markers("e2e"))


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """What is kept for a minute or for a request must not be met again by the next test, whose rows carry the same numbers."""
    cache.clear()
    memo.end()
    stand("")


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


@pytest.fixture
def sign_in(world: World, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Client]:
    """sign_in("office") → that person's browser, on the day of the tests."""
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: now.date())

    def make(who: str) -> Client:
        client = Client()
        client.force_login(world.user[who], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make

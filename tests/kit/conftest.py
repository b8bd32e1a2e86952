"""Fixtures of the kit's tests: a signed-in office, the test's own addresses, a plain shell around the pages."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.kit.things import DAYS, HIDDEN, UNITS
from tests.world import World

from zhize.apps.orgs.models import Unit
from zhize.kit import fields

PAGES = Path(__file__).parent / "pages"


@pytest.fixture
def kit_pages(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shell of the product belongs to other tests; here stands a plain one."""
    first, *rest = settings.TEMPLATES
    settings.TEMPLATES = [first | {"DIRS": [PAGES, *first["DIRS"]]}, *rest]
    settings.ROOT_URLCONF = "tests.kit.urls"
    for spec in (UNITS, DAYS, HIDDEN):
        monkeypatch.setitem(fields._things, spec.kind, spec)


@pytest.fixture
def sign_in(world: World, kit_pages: None) -> Callable[[str], Client]:
    """A signed-in browser of a person of the small province."""

    def browser(person: str) -> Client:
        client = Client()
        client.force_login(world.user[person], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return browser


@pytest.fixture
def client(sign_in: Callable[[str], Client]) -> Client:
    return sign_in("office")


@pytest.fixture
def many_units(world: World) -> Callable[[int], None]:
    """Adds units to 兰州市, in one statement."""

    def make(number: int) -> None:
        region = world.region["lz"]
        Unit.objects.bulk_create(
            Unit(code=f"many-{i:06}", region=region, name=f"演示单位{i}", order=100 + i % 7)
            for i in range(number)
        )

    return make


SHELL = Path(__file__).parent / "shell"


@pytest.fixture
def shell(settings: Any) -> None:
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].insert(0, SHELL)
    settings.TEMPLATES = templates


@pytest.fixture
def as_(world: World, shell: None) -> Callable[[str], Client]:
    """A client signed in as one of the world's people: as_("office").get("/jobs/")."""

    def sign_in(key: str) -> Client:
        client = Client()
        client.force_login(world.user[key], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def files(settings: Any, tmp_path: Path) -> Path:
    """An empty file store."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"

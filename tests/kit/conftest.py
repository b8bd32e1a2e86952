"""Fixtures of the kit's page tests: pages are drawn in a bare shell, so that they are tested apart from the portal's."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.world import World

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

"""Of the auditor's pages: a home of their own, and signing in as somebody of the small province."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from tests.world import World

In = Callable[[str], Client]


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    """Keys and files of its own, on the day the entries are about."""
    settings.ZHIZE_HOME = tmp_path
    settings.ZHIZE_CLOCK = "2012-03-06"
    return tmp_path


@pytest.fixture
def as_(world: World, client: Client) -> In:
    def sign_in(key: str) -> Client:
        with mock.patch(
            "zhize.apps.orgs.handlers._write"
        ):  # signing in leaves an entry; these tests count theirs
            client.force_login(world.user[key], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in

"""A program with a token: `call("own", "staff")` gives a client that acts as that person of 兰州市."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.permissions.things import Things, standing

from zhize.apps.orgs.models import Post, User
from zhize.apps.orgs.selectors import sign_in_actor
from zhize.apps.orgs.services import api_token_create
from zhize.apps.regulations.models import Discharge
from zhize.kit import clock

ALL = [f"{name}:{verb}" for name in ("directory", "register", "obligations", "evidence", "calendar", "requests") for verb in ("read", "write")]  # fmt: skip
Call = Callable[..., Client]


@pytest.fixture(scope="module")
def things(django_db_setup: None, django_db_blocker: Any) -> Iterator[Things]:
    """On the real day: a token ends some day."""
    with standing(django_db_blocker, None) as made:
        yield made


def token_of(user: User, scopes: list[str] | None = None) -> str:
    """A token made as the person would make it."""
    actor = sign_in_actor(user, clock.today())
    post = Post.objects.system("test").get(pk=actor.post_id)
    _row, plain = api_token_create(
        post=post,
        label="测试程序",
        scopes=ALL if scopes is None else scopes,
        expires_on=clock.today() + timedelta(days=30),
        known_scopes=ALL,
        actor=actor,
        now=clock.now(),
    )
    return plain


def waiting(things: Things) -> int:
    """The number of something 兰州市's 质监局 handed in that awaits its office's word."""
    rows = Discharge.objects.system("test").filter(
        jurisdiction=things.world.jurisdiction["lz"], unit=things.world.unit["lz_zjj"]
    )
    return int(rows.filter(state="submitted").latest("pk").pk)


@pytest.fixture
def call(things: Things) -> Call:
    def made(place: str, role: str, scopes: list[str] | None = None) -> Any:
        return Client(headers={"Authorization": f"Bearer {token_of(things.people[place, role], scopes)}"})

    return made

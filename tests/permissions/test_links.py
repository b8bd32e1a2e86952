"""A row of a list is a link only for whom its page opens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import QueryDict
from tests.permissions.people import ROLES
from tests.permissions.test_matrix import Visitors
from tests.permissions.things import NOW, Things, standing

from zhize.apps.orgs import selectors
from zhize.kit.actor import Actor
from zhize.kit.fields import specs
from zhize.kit.lists import Listing

pytestmark = pytest.mark.django_db
PLACES = ("own", "parent")


@pytest.fixture(scope="module")
def things(django_db_setup: None, django_db_blocker: Any) -> Iterator[Things]:
    with standing(django_db_blocker) as made:
        yield made


@pytest.fixture(scope="module")
def visitors(things: Things) -> Visitors:
    return Visitors(things)


def actor(things: Things, who: tuple[str, str]) -> Actor:
    user = things.people[who]
    return selectors.actor_of(user, selectors.hats_of(user, NOW.date())[0])


@pytest.mark.parametrize("kind", [kind for kind, spec in specs().items() if spec.detail])
def test_no_row_leads_to_a_refusal(kind: str, things: Things, visitors: Visitors) -> None:
    spec = specs()[kind]
    refused = []
    for who in ((place, role) for place in PLACES for role in ROLES):
        by = actor(things, who)
        rows = Listing(spec, by, QueryDict()).cells(list(spec.rows(by)[:1])) if spec.may_view(by) else []
        asked = {url: visitors.ask(who, "GET", url)[0] for row in rows if (url := row["url"])}
        refused += [
            f"{' '.join(who)}: {url} answers {status}"
            for url, status in asked.items()
            if status not in (200, 302)
        ]
    assert not refused, "\n".join(refused)

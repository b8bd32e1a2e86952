"""Every address × role × own, parent, sibling and child jurisdiction, against the table matrix.yaml.

The requests go through the real addresses and middleware. Of each place the first role for every answer the table
promises there is asked; SQLite asks all roles of the own place too and one more of every other, another one from row to
row: whether somebody may is decided in Python, what is in scope by the same queries for all of a place. Of each answer
only the first at home is drawn, since the status is decided before (test_links.py draws the pages of things for
everybody). A refusal must come before anything is written: a request answered 403 or 404 sends the database no INSERT,
UPDATE or DELETE (but for the session's own row).
"""

from __future__ import annotations

import copy
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.template.backends.jinja2 import Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, reverse
from tests.permissions.people import PLACES, ROLES
from tests.permissions.things import Things, standing

from zhize.apps.orgs.models import User
from zhize.apps.orgs.selectors.hats import Hat, hats_of
from zhize.kit.yaml_text import yaml_of

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent


def _yaml(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml_of(path.read_text("utf-8"))
    return found


TABLE = _yaml(HERE / "matrix.yaml")
TABLE["rows"] = {
    row: cells for path in sorted((HERE / "matrix").glob("*.yaml")) for row, cells in _yaml(path).items()
}
GROUPS: dict[str, list[str]] = TABLE["groups"]
METHODS = ("GET", "POST")
IN_TURN = 1
NOBODY = {"anonymous": 302, "nohat": 403}
BACKEND = "django.contrib.auth.backends.ModelBackend"
SESSIONS = ("django_session", "usersessions")
# Arguments of addresses that name no thing.
WORDS = {
    "kind": "orgs.unit",
    "register": "sampling",
    "action": "confirm",
    "thing_id": 1,
    "end": "close",
    "way": "prefill",
    "decision": "accept",
    "key": "x",
    "uidb36": "1",
    "provider_id": "x",
    "place": "x",
    "document": "x",
    "number": 1,
    "clause": "1",
    "ending": "docx",
    "period": "2012",
    "unit": "matrix-lz-zjj",
    "rule": "years/lights",
}


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every named address of the product, third-party ones too, with the names of its arguments."""
    for one in (resolver or get_resolver()).url_patterns:
        pattern = one.pattern
        own = list(getattr(pattern, "converters", {})) or list(pattern.regex.groupindex)
        if isinstance(one, URLResolver):
            below = addresses(one, prefix + (f"{one.namespace}:" if one.namespace else ""))
            yield from ((name, [*own, *names]) for name, names in below)
        elif one.name:
            yield prefix + one.name, own


ADDRESSES = dict(addresses())


def arguments(name: str, things: Things, key: str) -> dict[str, Any]:
    return {n: things.pk(key) if n == "pk" else WORDS[n] for n in ADDRESSES[name]}


def expected(cell: Any, place: str, role: str) -> int:
    """The status the table promises; see its head for how a cell is read."""
    if place in NOBODY:
        return int(cell.get(place, NOBODY[place])) if isinstance(cell, dict) else NOBODY[place]
    while isinstance(cell, dict):
        wanted = [place, role, *(group for group, roles in GROUPS.items() if role in roles)]
        cell = next((cell[key] for key in wanted if key in cell), cell["else"])
    return int(cell)


class Visitors:
    """A browser for everybody, signed in once; each request starts from the cookies of that moment."""

    def __init__(self, things: Things) -> None:
        self._clients = {("anonymous", ""): Client()}
        people = {("nohat", ""): things.world.user["nohat"], **things.people}
        for who, user in people.items():
            self._clients[who] = client = Client(raise_request_exception=False)
            client.force_login(user, BACKEND)
        self._cookies = {who: copy.deepcopy(client.cookies) for who, client in self._clients.items()}
        self._drawn = Template.render
        self._hats: dict[tuple[int, date], list[Hat]] = {}

    def hats_of(self, user: User, day: date) -> list[Hat]:
        """Posts do not change from one answer to the next, since everything is undone: asked once a person."""
        if not user.is_authenticated:
            return []
        if (user.pk, day) not in self._hats:
            self._hats[user.pk, day] = hats_of(user, day)
        return list(self._hats[user.pk, day])

    def ask(self, who: tuple[str, str], method: str, url: str, *, draw: bool = True) -> tuple[int, list[str]]:
        """The status, and what was written; everything is undone afterwards."""
        client = self._clients[who]
        client.cookies = copy.deepcopy(self._cookies[who])
        drawn = self._drawn if draw else lambda *_of, **_what: ""
        cache.clear()  # rate limits of the sign-in library count what fifty people do as one address
        before = transaction.savepoint()
        with (
            CaptureQueriesContext(connection) as seen,
            mock.patch.object(Template, "render", drawn),
            mock.patch("zhize.apps.orgs.selectors.hats_of", self.hats_of),
        ):
            data = {"csrfmiddlewaretoken": "x"} if method == "POST" else None
            response = getattr(client, method.lower())(url, data)
            if response.streaming:
                list(response)  # its end is what closes the file
        transaction.savepoint_rollback(before)
        written = [
            q["sql"][:200]
            for q in seen.captured_queries
            if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
            and not any(s in q["sql"] for s in SESSIONS)
        ]
        return response.status_code, written


@pytest.fixture(scope="module")
def things(django_db_setup: None, django_db_blocker: Any) -> Iterator[Things]:
    """Built once for the module and rolled back at its end."""
    with standing(django_db_blocker) as made:
        yield made


@pytest.fixture(scope="module")
def visitors(things: Things) -> Visitors:
    return Visitors(things)


def everybody(row: str, key: str, cell: Any) -> list[tuple[str, str]]:
    """All who ask. Where the address names no thing, every place is the own one."""
    places = PLACES if key else ("own",)
    asked = [(place, role) for place in places for role in ROLES]
    first = {(place, expected(cell, place, role)): (place, role) for place, role in reversed(asked)}
    wanted = set(first.values())
    if connection.vendor == "sqlite":
        turn = zlib.crc32(row.encode())
        in_turn = {list(ROLES)[(turn + step) % len(ROLES)] for step in range(IN_TURN)}
        wanted |= {(place, role) for place, role in asked if place == "own" or role in in_turn}
    return [("anonymous", ""), ("nohat", ""), *(one for one in asked if one in wanted)]


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    rows = {row.split(" | ")[0] for row in TABLE["rows"]} | {
        n for names in [*TABLE["sign_in"].values(), TABLE["api"]] for n in names
    }
    assert sorted(set(ADDRESSES) - rows) == [], "addresses without a row in matrix.yaml"
    assert sorted(rows - set(ADDRESSES)) == [], "rows of matrix.yaml without an address"


@pytest.mark.parametrize("row", TABLE["rows"])
def test_who_may(row: str, things: Things, visitors: Visitors) -> None:
    name, _, key = row.partition(" | ")
    url = reverse(name, kwargs=arguments(name, things, key))
    wrong = []
    for method, cell in TABLE["rows"][row].items():
        drawn: set[int] = set()
        for place, role in everybody(row, key, cell):
            promised = expected(cell, place, role)
            first = place in ("own", *NOBODY) and promised not in drawn
            drawn |= {promised} if first else set()
            status, written = visitors.ask((place, role), method, url, draw=first)
            if status != promised:
                wrong.append(f"{method} {place} {role}: {status}, the table says {promised}")
            if status in (403, 404) and written:
                wrong.append(f"{method} {place} {role}: refused ({status}) after writing {written}")
    assert not wrong, f"{row}\n" + "\n".join(wrong)


@pytest.mark.parametrize("row", TABLE["rows"])
def test_a_method_not_listed_is_refused(row: str, things: Things, visitors: Visitors) -> None:
    name, _, key = row.partition(" | ")
    url = reverse(name, kwargs=arguments(name, things, key))
    answers = {m: visitors.ask(("own", "staff"), m, url)[0] for m in METHODS if m not in TABLE["rows"][row]}
    assert set(answers.values()) <= {405}, answers


@pytest.mark.parametrize(
    ("name", "kind"), [(n, kind) for kind, names in TABLE["sign_in"].items() for n in names]
)
def test_pages_of_signing_in_concern_the_visitor_alone(
    name: str, kind: str, things: Things, visitors: Visitors
) -> None:
    url = reverse(name, kwargs=arguments(name, things, ""))
    status, _written = visitors.ask(("anonymous", ""), "GET", url)
    assert status in ((200, 401, 404) if kind == "shown" else (302, 404, 405)), "to a stranger"
    answers = {
        who: visitors.ask(who, "GET", url)[0]
        for who in (("own", "staff"), ("own", "sysadmin"), ("nohat", ""))
    }
    assert all(status < 500 for status in answers.values()), answers


@pytest.mark.parametrize("name", TABLE["api"])
def test_the_api_tells_a_stranger_nothing(name: str, things: Things, visitors: Visitors) -> None:
    url = reverse(name, kwargs=dict.fromkeys(ADDRESSES[name], 1))
    for method in ("GET", "POST", "PATCH"):
        status, written = visitors.ask(("anonymous", ""), method, url)
        assert status in (302, 401, 404, 405), f"{method} {url}"
        assert not written

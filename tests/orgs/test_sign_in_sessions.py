"""Sessions: how long they last, and ending one's own."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.orgs.sign_in_people import entries, real, sign_in
from tests.world import World

from zhize.apps.orgs.sign_in import session as rules
from zhize.kit import clock

pytestmark = pytest.mark.django_db
HOUR = 3600


def age(client: Client, *, began: int = 0, seen: int = 0) -> None:
    """Moves the session's stamps into the past, in seconds."""
    store = client.session
    now = clock.wall()
    store[rules.BEGAN], store[rules.SEEN] = now - began, now - seen
    store.save()


def test_an_idle_session_ends_with_a_page_that_says_why_and_leads_back(client: Client, world: World) -> None:
    real(world, "liaison")
    sign_in(client, "liaison")
    age(client, began=2 * HOUR, seen=61 * 60)
    answer = client.get("/done/")
    assert answer["Location"] == "/account/expired/?why=idle&next=%2Fdone%2F"
    page = client.get(answer["Location"]).content.decode()
    assert "会话已超时" in page
    assert "/account/login/?next=%2Fdone%2F" in page
    assert client.get("/")["Location"].startswith("/account/login/")
    assert entries("orgs.session.closed")[0].after["why"] == "idle"


def test_a_session_in_use_lives_on(client: Client, world: World) -> None:
    real(world, "liaison")
    sign_in(client, "liaison")
    age(client, began=2 * HOUR, seen=59 * 60)
    assert client.get("/").status_code == 200
    assert clock.wall() - client.session[rules.SEEN] < 60


def test_even_in_use_it_ends_after_the_longest_time(client: Client, world: World) -> None:
    real(world, "liaison")
    sign_in(client, "liaison")
    age(client, began=10 * HOUR + 60, seen=10)
    assert "why=long" in client.get("/")["Location"]


def test_a_fragment_of_a_dead_session_takes_the_whole_page_along(client: Client, world: World) -> None:
    real(world, "liaison")
    sign_in(client, "liaison")
    age(client, began=2 * HOUR, seen=61 * 60)
    answer = client.get("/", headers={"hx-request": "true", "hx-current-url": "http://testserver/done/?q=1"})
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/account/expired/?why=idle&next=%2Fdone%2F%3Fq%3D1"


def test_the_expired_page_never_leads_to_another_host(client: Client, world: World) -> None:
    assert "evil" not in client.get("/account/expired/?next=//evil.example/").content.decode()


def test_one_of_the_own_sessions_can_be_ended_from_another(client: Client, world: World) -> None:
    real(world, "liaison")
    sign_in(forgotten := Client(), "liaison")
    sign_in(client, "liaison")
    listed = client.get("/account/sessions/")
    assert listed.content.decode().count("结束这次登录") == 1
    assert client.post("/account/sessions/end/", {"session": "others"}).status_code == 302
    assert forgotten.get("/").status_code == 302
    assert client.get("/").status_code == 200
    [entry] = entries("orgs.session.ended")
    assert entry.actor_username == "liaison"


def test_another_persons_session_is_not_there(client: Client, world: World) -> None:
    real(world, "liaison")
    real(world, "clerk")
    sign_in(stranger := Client(), "clerk")
    sign_in(client, "liaison")
    theirs = UserSession.objects.get(user=world.user["clerk"])
    assert client.post("/account/sessions/end/", {"session": theirs.pk}).status_code == 404
    assert stranger.get("/").status_code == 200


def test_reading_pages_costs_no_write_within_a_minute(client: Client, world: World) -> None:
    real(world, "liaison")
    sign_in(client, "liaison")
    client.get("/done/")
    with CaptureQueriesContext(connection) as seen:
        client.get("/done/")
    assert not [q["sql"] for q in seen if q["sql"].startswith(("UPDATE", "INSERT"))]

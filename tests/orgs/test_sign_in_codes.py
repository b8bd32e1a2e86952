"""One-time codes: set up, asked for, demanded by jurisdiction or role, given up."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from tests.orgs.sign_in_people import PASSWORD, code_now, entries, real, sign_in
from tests.world import World

from zhize.apps.orgs.models import Jurisdiction

pytestmark = pytest.mark.django_db
SECRET = re.compile(r"<code>([A-Z2-7]{16,})</code>")  # sample: <code>JBSWY3DPEHPK3PXP…</code>


@pytest.fixture(autouse=True)
def half_minute_that_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A code worked out at the end of one half-minute would be typed in the next, and refused."""
    monkeypatch.setattr(
        "allauth.mfa.totp.internal.auth.yield_hotp_counters_from_time", lambda: iter([44_000_000])
    )


def confirm(client: Client, answer: Any) -> Any:
    """The library asks for the password again before anything about codes."""
    assert answer["Location"].startswith("/account/confirm/"), answer["Location"]
    return client.post(answer["Location"], {"password": PASSWORD}, follow=True)


def activate(client: Client) -> str:
    page = confirm(client, client.get("/account/codes/activate/"))
    secret = SECRET.search(page.content.decode())[1]  # type: ignore[index]
    answer = client.post("/account/codes/activate/", {"code": code_now(secret)})
    assert (answer.status_code, answer["Location"]) == (302, "/account/codes/spare/")
    return secret


def demand(world: World) -> None:
    Jurisdiction.objects.system("test").filter(pk=world.jurisdiction["gs"].pk).update(totp_required=True)


def test_once_set_up_the_password_alone_no_longer_opens(
    client: Client, world: World, django_capture_on_commit_callbacks: Any
) -> None:
    real(world, "liaison")
    sign_in(client, "liaison")
    with django_capture_on_commit_callbacks(execute=True):
        secret = activate(client)
    assert [e.actor_username for e in entries("orgs.totp.activated")] == ["liaison"]
    assert client.get("/account/codes/spare/").content.decode().count("<li><code>") == 10
    later = Client()
    assert sign_in(later, "liaison")["Location"].split("?")[0] == "/account/codes/enter/"
    assert later.get("/").status_code == 302
    refused = later.post("/account/codes/enter/", {"code": "000000"})
    assert "动态口令不正确" in refused.content.decode()
    assert len(entries("orgs.totp.refused")) == 1
    cache.clear()  # the library remembers that this code was used to set up; half a minute later it may be used
    assert later.post("/account/codes/enter/", {"code": code_now(secret)}).status_code == 302
    assert later.get("/").status_code == 200
    assert entries("orgs.session.opened")[-1].after["by"] == ["password", "mfa"]


def test_a_spare_code_works_once(client: Client, world: World) -> None:
    real(world, "liaison")
    sign_in(client, "liaison")
    activate(client)
    page = client.get("/account/codes/spare/").content.decode()
    spare = re.findall(r"<li><code>(\w+)</code>", page)[0]
    sign_in(later := Client(), "liaison")
    assert later.post("/account/codes/enter/", {"code": spare}).status_code == 302
    sign_in(again := Client(), "liaison")
    assert again.post("/account/codes/enter/", {"code": spare}).status_code == 200


def test_the_seed_is_not_in_the_database_in_clear(client: Client, world: World) -> None:
    real(world, "liaison")
    sign_in(client, "liaison")
    secret = activate(client)
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_where_the_jurisdiction_demands_it_every_page_leads_to_the_set_up(
    client: Client, world: World
) -> None:
    real(world, "liaison")
    demand(world)
    sign_in(client, "liaison")
    assert client.get("/")["Location"] == "/account/codes/activate/?why=code"
    activate(client)
    assert client.get("/").status_code == 200


def test_another_jurisdiction_is_not_touched_by_it(client: Client, world: World) -> None:
    real(world, "sibling")
    demand(world)
    sign_in(client, "sibling")
    assert client.get("/").status_code == 200


def test_administrators_need_one_since_the_standard_of_2019(
    client: Client, world: World, settings: Any
) -> None:
    real(world, "secadmin")
    settings.ZHIZE_CLOCK = "2012-03-05"
    sign_in(client, "secadmin")
    assert client.get("/").status_code == 200
    settings.ZHIZE_CLOCK = "2020-03-05"
    sign_in(later := Client(), "secadmin")
    assert later.get("/")["Location"] == "/account/codes/activate/?why=code"


def test_what_is_demanded_cannot_be_given_up(client: Client, world: World) -> None:
    real(world, "liaison")
    sign_in(client, "liaison")
    activate(client)
    demand(world)
    page = client.get("/account/codes/deactivate/", follow=True).content.decode()
    assert "不能停用" in page
    client.post("/account/codes/deactivate/")
    assert Authenticator.objects.filter(type="totp").exists()


def test_what_is_not_demanded_may_be_given_up_and_is_logged(client: Client, world: World) -> None:
    real(world, "liaison")
    sign_in(client, "liaison")
    activate(client)
    assert client.post("/account/codes/deactivate/").status_code == 302
    assert not Authenticator.objects.exists()
    assert len(entries("orgs.totp.deactivated")) == 1
    assert sign_in(Client(), "liaison")["Location"] == "/"


def test_codes_cannot_be_guessed_at_will(client: Client, world: World) -> None:
    real(world, "liaison")
    sign_in(client, "liaison")
    activate(client)
    sign_in(later := Client(), "liaison")
    pages = [later.post("/account/codes/enter/", {"code": "000000"}).content.decode() for _ in range(11)]
    assert "尝试次数过多" in pages[-1]

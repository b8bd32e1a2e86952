"""Single sign-on against a real provider over real HTTP: the whole authorization-code flow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from tests.orgs.sign_in_people import entries, real
from tests.support.oidc import CLIENT, SECRET, Provider, running
from tests.world import build_world

import requests
from zhize.apps.orgs.models import User
from zhize.config.sign_in import oidc_providers

LINK = re.compile(
    r'href="(/account/oidc/login/[^"]*)"'
)  # sample: <a class="btn" href="/account/oidc/login/">
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def provider(live_server: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    with running() as made:
        made.redirect_uris = {f"{live_server.url}/account/oidc/callback/"}
        for name, value in (
            ("ID", CLIENT),
            ("SECRET", SECRET),
            ("URL", made.base),
            ("NAME", "省统一身份认证"),
        ):
            monkeypatch.setenv(f"ZHIZE_OIDC_{name}", value)
        settings.SOCIALACCOUNT_PROVIDERS = oidc_providers()
        yield made


def arrive(live_server: Any) -> tuple[requests.Session, requests.Response]:
    """A browser that presses the button on the sign-in page and follows every redirect."""
    browser = requests.Session()
    page = browser.get(f"{live_server.url}/account/login/?next=/done/", timeout=10)
    assert "用省统一身份认证登录" in page.text
    link = LINK.search(page.text)
    assert link
    return browser, browser.get(live_server.url + link[1], timeout=20)


def test_an_account_with_the_providers_name_comes_in_and_stays_connected(
    live_server: Any, provider: Provider
) -> None:
    world = build_world()
    real(world, "liaison")
    provider.person = {"sub": "u-1", "preferred_username": "liaison", "name": "联络员（演示）"}
    browser, answer = arrive(live_server)
    assert (answer.status_code, answer.url) == (200, f"{live_server.url}/done/")
    assert "/token" in provider.seen and "/userinfo" in provider.seen
    assert SocialAccount.objects.get().user == world.user["liaison"]
    assert len(entries("orgs.sso.connected")) == 1
    assert entries("orgs.session.opened")[-1].after["by"] == ["socialaccount"]
    assert browser.get(f"{live_server.url}/account/connections/", timeout=10).status_code == 200
    # The second time the subject decides, not the name, which may have changed there.
    provider.person = {"sub": "u-1", "preferred_username": "renamed"}
    assert arrive(live_server)[1].url == f"{live_server.url}/done/"
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize(
    "claims", [{"preferred_username": "nobody-here"}, {}, {"preferred_username": "locked"}]
)
def test_nobody_comes_in_without_an_account_here_and_none_is_made(
    live_server: Any, provider: Provider, claims: dict[str, str]
) -> None:
    world = build_world()
    User.objects.filter(pk=world.user["clerk"].pk).update(username="locked", is_active=False)
    before = User.objects.count()
    provider.person = {"sub": "u-2", "email": "liaison@example.org", **claims}
    browser, answer = arrive(live_server)
    assert answer.status_code == 403
    assert "没有对应的账号" in answer.text
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)
    assert browser.get(f"{live_server.url}/", timeout=10).url.startswith(f"{live_server.url}/account/login/")


def test_an_answer_nobody_asked_for_is_refused(live_server: Any, provider: Provider) -> None:
    """A callback with a state of somebody else's: no session, no code exchanged."""
    answer = requests.get(f"{live_server.url}/account/oidc/callback/?code=x&state=forged", timeout=10)
    assert (answer.status_code, "没有成功" in answer.text) == (401, True)
    assert "/token" not in provider.seen


def test_a_provider_that_does_not_answer_is_said_so(
    live_server: Any, provider: Provider, settings: Any
) -> None:
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = (
        "http://127.0.0.1:9"
    )
    _browser, answer = arrive(live_server)
    assert (answer.status_code, "没有成功" in answer.text) == (502, True)


def test_a_forced_change_of_password_is_not_asked_of_who_uses_none(
    live_server: Any, provider: Provider
) -> None:
    real(build_world(), "liaison", must_change_password=True)
    provider.person = {"sub": "u-1", "preferred_username": "liaison"}
    assert arrive(live_server)[1].url == f"{live_server.url}/done/"


def test_without_all_three_settings_there_is_no_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZHIZE_OIDC_SECRET", raising=False)
    monkeypatch.setenv("ZHIZE_OIDC_ID", CLIENT)
    monkeypatch.setenv("ZHIZE_OIDC_URL", "http://127.0.0.1:9")
    assert oidc_providers() == {}

"""Signing in by the form: who comes in, who does not, and what the log says of it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.orgs.sign_in_people import PASSWORD, entries, real, sign_in
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import User

pytestmark = pytest.mark.django_db


def test_the_right_password_opens_the_inbox_and_is_logged(client: Client, world: World) -> None:
    real(world, "liaison")
    answer = sign_in(client, "liaison")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200
    [entry] = entries("orgs.session.opened")
    assert (entry.chain, entry.actor_username) == (world.jurisdiction["gs"].code, "liaison")
    assert entry.after == {"address": "127.0.0.1", "by": ["password"]}


def test_after_signing_in_one_goes_where_one_wanted_but_never_to_another_host(
    client: Client, world: World
) -> None:
    real(world, "liaison")
    there = client.post("/account/login/?next=/done/", {"login": "liaison", "password": PASSWORD})
    assert there["Location"] == "/done/"
    client.post("/account/logout/")
    away = client.post("/account/login/?next=//evil.example/", {"login": "liaison", "password": PASSWORD})
    assert away["Location"] == "/"


def test_a_wrong_password_is_refused_in_words_and_logged_without_it(client: Client, world: World) -> None:
    real(world, "liaison")
    answer = sign_in(client, "liaison", "not-the-password")
    assert "账号或口令不正确" in answer.content.decode()
    [entry] = entries("orgs.session.refused")
    assert (entry.chain, entry.actor_name, entry.thing_id) == (
        world.jurisdiction["gs"].code,
        "未登录者",
        world.user["liaison"].pk,
    )


def test_a_password_typed_into_the_name_box_never_reaches_the_log(client: Client, world: World) -> None:
    sign_in(client, "My-secret-2012", "x")
    [entry] = entries("orgs.session.refused")
    assert (entry.chain, entry.actor_username, entry.thing_id) == ("system", "", None)
    for row in Entry.objects.system("test"):
        assert "secret" not in str(vars(row)).lower()


def test_an_unknown_account_is_answered_like_a_wrong_password(client: Client, world: World) -> None:
    real(world, "liaison")
    unknown = sign_in(client, "nobody-here", "x").content.decode()
    wrong = sign_in(client, "liaison", "x").content.decode()
    assert ("账号或口令不正确" in unknown) and ("账号或口令不正确" in wrong)


def test_a_locked_account_is_told_so_only_with_the_right_password(client: Client, world: World) -> None:
    real(world, "liaison", is_active=False)
    assert sign_in(client, "liaison")["Location"] == "/account/inactive/"
    assert "已停用" in client.get("/account/inactive/").content.decode()
    assert "账号或口令不正确" in sign_in(client, "liaison", "x").content.decode()


def test_an_account_past_its_term_does_not_come_in(client: Client, world: World) -> None:
    real(world, "liaison", valid_until=date(2012, 1, 31))
    answer = sign_in(client, "liaison")
    assert answer.status_code == 403
    assert "2012-01-31" in answer.content.decode()
    assert client.get("/").status_code == 302


def test_a_term_that_ends_while_signed_in_ends_the_work(client: Client, world: World) -> None:
    user = real(world, "liaison")
    sign_in(client, "liaison")
    User.objects.filter(pk=user.pk).update(valid_until=date(2012, 1, 31))
    assert client.get("/").status_code == 403


def test_without_a_post_there_is_a_page_in_words_instead_of_an_empty_product(
    client: Client, world: World
) -> None:
    real(world, "nohat")
    sign_in(client, "nohat")
    answer = client.get("/")
    assert answer.status_code == 403
    assert "没有可用的岗位，请联系系统管理员" in answer.content.decode()
    assert client.get("/account/password/").status_code == 200
    assert client.get("/account/logout/").status_code == 200


def test_signing_out_asks_first_then_ends_and_is_logged(client: Client, world: World) -> None:
    real(world, "liaison")
    sign_in(client, "liaison")
    assert "确定退出登录" in client.get("/account/logout/").content.decode()
    assert client.post("/account/logout/")["Location"] == "/account/login/"
    assert client.get("/").status_code == 302
    assert len(entries("orgs.session.closed")) == 1


@pytest.mark.parametrize(
    "address",
    [
        "/account/signup/",
        "/account/email/",
        "/account/password/reset/",
        "/account/3rdparty/signup/",
        "/account/2fa/webauthn/",
        "/account/login/code/confirm/",
        "/account/oidc/login/",
    ],
)
def test_what_the_libraries_offer_and_we_do_not_is_not_there(
    client: Client, world: World, address: str
) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/account/login/", "/account/expired/?why=idle", "/account/inactive/"])
def test_pages_before_sign_in_speak_english_too(client: Client, world: World, address: str) -> None:
    chinese = client.get(address)
    english = client.get(address, headers={"accept-language": "en"})
    assert chinese.status_code == english.status_code == 200
    assert 'lang="en"' in english.content.decode()
    assert 'lang="zh-hans"' in chinese.content.decode()


def test_the_demonstration_shows_its_accounts_and_real_work_none(
    client: Client, world: World, settings: object
) -> None:
    User.objects.filter(username="office").update(username="gs-office")
    assert "演示数据" in client.get("/account/login/").content.decode()
    settings.ZHIZE_DEMO = False  # type: ignore[attr-defined]
    assert "gs-office" not in client.get("/account/login/").content.decode()

"""Passwords: what they must look like, when they must change, what is refused."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from tests.orgs.sign_in_people import NEW, PASSWORD, entries, real, sign_in
from tests.world import World

from zhize.apps.orgs.models import OldPassword, User
from zhize.apps.orgs.sign_in.passwords import RulePassword, kinds_of
from zhize.kit import clock

pytestmark = pytest.mark.django_db


def change(client: Client, new: str, old: str = PASSWORD) -> str:
    answer = client.post("/account/password/", {"oldpassword": old, "password1": new, "password2": new})
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def test_a_first_password_opens_only_the_page_that_changes_it(client: Client, world: World) -> None:
    real(world, "liaison", must_change_password=True)
    sign_in(client, "liaison")
    for address in ("/", "/directory/units/", "/account/sessions/", "/account/codes/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/account/password/"), address
    assert "初始口令只用一次" in client.get("/account/password/").content.decode()
    assert client.get("/account/logout/").status_code == 200


def test_under_htmx_the_whole_page_is_led_to_the_change(client: Client, world: World) -> None:
    real(world, "liaison", must_change_password=True)
    sign_in(client, "liaison")
    answer = client.get("/", headers={"hx-request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/account/password/?why=password")


def test_changing_it_frees_the_way_keeps_the_session_and_is_logged(client: Client, world: World) -> None:
    user = real(world, "liaison", must_change_password=True)
    sign_in(client, "liaison")
    assert change(client, NEW) == "/"
    assert client.get("/").status_code == 200
    user.refresh_from_db()
    assert (user.must_change_password, user.check_password(NEW)) == (False, True)
    [entry] = entries("orgs.user.password_changed")
    assert entry.after == {"forced": True}
    assert NEW not in str(vars(entry))


def test_changing_it_ends_every_other_session(client: Client, world: World) -> None:
    real(world, "liaison")
    other = Client()
    sign_in(other, "liaison")
    sign_in(client, "liaison")
    change(client, NEW)
    assert other.get("/").status_code == 302


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("Ab1-xyz", "至少 10 个字符"),
        ("abcdefghijkl", "至少 3 类"),
        ("liaison-2012-A", "不能包含账号名"),
        (PASSWORD, "不能与当前"),
    ],
)
def test_a_password_against_the_rule_is_refused_in_words(
    client: Client, world: World, new: str, words: str
) -> None:
    real(world, "liaison")
    sign_in(client, "liaison")
    assert words in change(client, new)


def test_the_last_three_do_not_come_back_and_the_fourth_may(client: Client, world: World) -> None:
    real(world, "liaison")
    sign_in(client, "liaison")
    series = [PASSWORD, "Kouling-2012-b", "Kouling-2012-c", "Kouling-2012-d", "Kouling-2012-e"]
    for old, new in itertools.pairwise(series[:4]):
        assert change(client, new, old) == "/"
    assert "不能与当前或最近" in change(client, PASSWORD, series[3])
    assert change(client, series[4], series[3]) == "/"
    assert change(client, PASSWORD, series[4]) == "/"
    assert OldPassword.objects.filter(user=world.user["liaison"]).count() == 3


def test_the_old_password_is_asked_for(client: Client, world: World) -> None:
    real(world, "liaison")
    sign_in(client, "liaison")
    assert "现用口令不正确" in change(client, NEW, "guess")


def test_a_password_past_its_time_must_change_and_a_younger_one_not(client: Client, world: World) -> None:
    user = real(world, "liaison", password_changed_at=clock.now() - timedelta(days=179))
    sign_in(client, "liaison")
    assert client.get("/").status_code == 200
    User.objects.filter(pk=user.pk).update(password_changed_at=clock.now() - timedelta(days=181))
    sign_in(again := Client(), "liaison")
    assert again.get("/")["Location"] == "/account/password/?why=password"


def test_an_account_without_a_password_is_sent_to_the_provider(client: Client, world: World) -> None:
    user = real(world, "liaison")
    sign_in(client, "liaison")
    user.set_unusable_password()
    user.save()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    assert "统一身份认证" in client.get("/account/password/").content.decode()


def test_chinese_and_signs_are_one_kind() -> None:
    assert kinds_of("质量-abc-1") == 3


def test_the_rule_speaks_of_everything_wrong_at_once(world: World) -> None:
    with pytest.raises(ValidationError) as refused:
        RulePassword().validate("abc", world.user["office"])
    assert len(refused.value.messages) == 2

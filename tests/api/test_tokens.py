"""Who may call: 401 without a good token, 403 without scope or right, 404 outside the scope."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from tests.api.conftest import Call, token_of, waiting
from tests.permissions.things import Things

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import ApiToken, Post, User
from zhize.kit import clock

pytestmark = pytest.mark.django_db
ME = "/api/v1/me"


def test_a_token_acts_as_its_post(call: Call, things: Things) -> None:
    said = call("own", "staff", ["directory:read"]).get(ME).json()
    assert said["username"] == things.people["own", "staff"].username
    assert (said["jurisdiction"], said["roles"], said["scopes"]) == (
        things.world.jurisdiction["lz"].code,
        ["office_staff"],
        ["directory:read"],
    )


@pytest.mark.parametrize(
    "header", [{}, {"Authorization": "Bearer zz_wrong"}, {"Authorization": "Basic eDp5"}]
)
def test_without_a_good_token_the_answer_is_401_in_words(things: Things, header: dict[str, str]) -> None:
    answer = Client(headers=header).get(ME)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert set(answer.json()["error"]) == {"what", "where", "why", "remedy"}
    assert "接口令牌" in answer.json()["error"]["remedy"]


def test_a_signed_in_browser_is_not_enough(things: Things, client: Client) -> None:
    client.force_login(things.people["own", "staff"], "django.contrib.auth.backends.ModelBackend")
    assert client.get(ME).status_code == 401


@pytest.mark.parametrize("what", ["revoked", "expired", "post ended", "locked", "term over"])
def test_a_token_dies_with_what_it_stands_on(call: Call, things: Things, what: str) -> None:
    client = call("own", "staff")
    assert client.get(ME).status_code == 200
    user, past = things.people["own", "staff"], clock.today() - timedelta(days=1)
    tokens = ApiToken.objects.system("test").filter(post__user=user)
    {
        "revoked": lambda: tokens.update(revoked_at=clock.now()),
        "expired": lambda: tokens.update(expires_on=past),
        "post ended": lambda: Post.objects.system("test").filter(user=user).update(ends_on=past),
        "locked": lambda: User.objects.filter(pk=user.pk).update(is_active=False),
        "term over": lambda: User.objects.filter(pk=user.pk).update(valid_until=date(2012, 1, 1)),
    }[what]()
    assert client.get(ME).status_code == 401


def test_only_the_digest_is_kept(things: Things) -> None:
    plain = token_of(things.people["own", "staff"])
    assert plain not in str(list(ApiToken.objects.system("test").values()))


def test_without_the_scope_it_is_403_and_says_which(call: Call) -> None:
    answer = call("own", "staff", ["directory:read"]).get("/api/v1/obligations")
    assert answer.status_code == 403
    assert "obligations:read" in answer.json()["error"]["what"]


def test_reading_is_not_writing(call: Call, things: Things) -> None:
    client = call("own", "sysadmin", ["directory:read"])
    address = f"/api/v1/units/{things.pk('unit')}"
    assert client.get(address).status_code == 200
    answer = client.patch(address, {"version": 1}, content_type="application/json")
    assert answer.status_code == 403
    assert "directory:write" in answer.json()["error"]["what"]


def test_with_the_scope_but_not_the_right_it_is_403(call: Call, things: Things) -> None:
    answer = call("own", "liaison").patch(
        f"/api/v1/units/{things.pk('unit')}", {"name": "改名", "version": 1}, content_type="application/json"
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("place", ["sibling", "child"])
def test_outside_the_scope_it_is_404(call: Call, things: Things, place: str) -> None:
    client = call(place, "staff")
    assert client.get(f"/api/v1/obligations/{things.pk('obligation')}").status_code == 404
    assert client.get(f"/api/v1/obligations/{things.pk('obligation')}/discharges").status_code == 404
    answer = client.post(f"/api/v1/discharges/{waiting(things)}/confirm", {}, content_type="application/json")
    assert answer.status_code == 404


def test_a_write_is_logged_under_the_post_and_the_channel(call: Call, things: Things) -> None:
    unit = things.pk("unit")
    client = call("own", "sysadmin")
    version = client.get(f"/api/v1/units/{unit}").json()["version"]
    answer = client.patch(
        f"/api/v1/units/{unit}",
        {"name": "市质监局（改）", "version": version},
        content_type="application/json",
    )
    assert answer.status_code == 200, answer.content.decode()
    entry = Entry.objects.system("test").filter(type="orgs.unit.changed").latest("pk")
    assert (entry.channel, entry.actor_username) == ("api", things.people["own", "sysadmin"].username)


def test_the_description_is_for_people_signed_in_and_for_programs(
    call: Call, things: Things, client: Client
) -> None:
    for address in ("/api/v1/openapi.json", "/api/v1/docs"):
        assert client.get(address)["Location"].startswith("/account/login/")
    client.force_login(things.people["own", "staff"], "django.contrib.auth.backends.ModelBackend")
    page = client.get("/api/v1/docs").content.decode()
    assert "://" not in page.replace("http://www.w3.org", ""), "nothing is loaded from elsewhere"
    described = call("own", "staff").get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert "/api/v1/discharges/{pk}/confirm" in described["paths"]

"""Every page of the directory opens for who may see it, and refuses in words who may not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.world import SINCE, World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.hats import SESSION_KEY
from zhize.apps.orgs.models import GroupMember, Membership, Post, Unit, User

READ = [
    "contacts",
    "contacts_text",
    "regions",
    "region_list",
    "units",
    "units_all",
    "successions",
    "members",
    "membership_list",
    "group",
    "group_list",
    "account",
    "delegations",
    "tokens",
    "jurisdiction",
    "rules",
    "delegation_create",
    "token_create",
]
BY_ROLE = {
    "people": {"sysadmin", "secadmin", "auditor", "office"},
    "person_create": {"sysadmin", "secadmin"},
    "region_create": {"sysadmin"},
    "unit_create": {"sysadmin"},
    "unit_succeed": {"sysadmin"},
    "membership_create": {"office"},
    "group_replace": {"office"},
}
CAST = ["sysadmin", "secadmin", "auditor", "office", "liaison", "sibling"]

Sign = Callable[[str], Client]


@pytest.fixture
def sign(world: World) -> Sign:
    def as_(key: str) -> Client:
        client = Client()
        client.force_login(world.user[key], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("who", ["office", "liaison", "sibling", "auditor"])
def test_a_page_for_all_hats_opens(sign: Sign, who: str, name: str) -> None:
    assert sign(who).get(reverse(f"orgs:{name}")).status_code == 200


@pytest.mark.parametrize("name", sorted(BY_ROLE))
@pytest.mark.parametrize("who", CAST)
def test_a_page_of_some_roles_opens_for_these_only(sign: Sign, who: str, name: str) -> None:
    home = {"sibling": "office"}.get(who, who)
    expected = 200 if home in BY_ROLE[name] else 403
    assert sign(who).get(reverse(f"orgs:{name}")).status_code == expected


def test_pages_of_one_thing_open_and_those_of_another_jurisdiction_are_not_there(
    sign: Sign, world: World
) -> None:
    admin = sign("sysadmin")
    unit, person = world.unit["zjj"], world.user["liaison"]
    pages = [
        ("unit", unit.pk),
        ("unit_edit", unit.pk),
        ("region", world.region["gs"].pk),
        ("region_edit", world.region["lz"].pk),
        ("person", person.pk),
        ("person_edit", person.pk),
        ("post_create", person.pk),
        ("hand_over", world.post["liaison"].pk),
        ("jurisdiction_edit", world.jurisdiction["lz"].pk),
    ]
    for name, pk in pages:
        assert admin.get(reverse(f"orgs:{name}", args=[pk])).status_code == 200, name
    for name in ("person", "person_edit", "post_create"):
        assert admin.get(reverse(f"orgs:{name}", args=[world.user["sibling"].pk])).status_code == 404
    assert admin.get(reverse("orgs:hand_over", args=[world.post["sibling"].pk])).status_code == 404
    assert admin.get(reverse("orgs:post", args=[world.post["liaison"].pk])).status_code == 302


def test_without_a_hat_only_the_own_account_opens(sign: Sign) -> None:
    client = sign("nohat")
    assert client.get(reverse("orgs:account")).status_code == 200
    assert client.get(reverse("orgs:contacts")).status_code == 403
    assert client.get(reverse("orgs:members")).status_code == 403


def test_a_person_is_made_with_a_password_shown_once(sign: Sign, world: World) -> None:
    page = sign("sysadmin").post(
        reverse("orgs:person_create"),
        {
            "name": "新联络员（演示）",
            "username": "new-one",
            "jurisdiction": world.jurisdiction["gs"].pk,
            "unit": world.unit["gsj"].pk,
            "role": "liaison",
            "title": "联络员",
            "starts_on": "2012-03-05",
        },
    )
    user = User.objects.get(username="new-one")
    shown = page.content.decode().split('id="one-time">')[1].split("<")[0]
    assert user.check_password(shown) and user.must_change_password
    assert page["Cache-Control"] == "no-store"


def test_a_refused_form_says_why_and_keeps_what_was_typed(sign: Sign, world: World) -> None:
    page = sign("sysadmin").post(
        reverse("orgs:person_create"),
        {
            "name": "某人（演示）",
            "username": "office",
            "jurisdiction": world.jurisdiction["gs"].pk,
            "unit": world.unit["gsj"].pk,
            "role": "liaison",
            "title": "联络员",
            "starts_on": "2012-03-05",
        },
    )
    assert page.status_code == 422
    assert "账号" in page.content.decode() and "某人（演示）" in page.content.decode()


def test_a_unit_is_changed_through_its_form(sign: Sign, world: World) -> None:
    client, unit = sign("sysadmin"), world.unit["zjj"]
    data = {
        "code": unit.code, "name": "省质监局", "full_name": "甘肃省质量技术监督局", "region": "620000",
        "kind": "department", "governance": "local", "order": "2", "version": "1", "confirmed": "on",
    }  # fmt: skip
    assert client.post(reverse("orgs:unit_edit", args=[unit.pk]), data).status_code == 302
    assert Unit.objects.system("test").get(pk=unit.pk).full_name == "甘肃省质量技术监督局"
    again = client.post(reverse("orgs:unit_edit", args=[unit.pk]), data | {"full_name": "另一名称"})
    assert again.status_code == 409, "the version was risen by the first"


def test_the_hat_is_changed_in_the_session_and_named_in_the_log(sign: Sign, world: World) -> None:
    second = Post.objects.create(
        user=world.user["liaison"], unit=world.unit["office"], jurisdiction=world.jurisdiction["gs"],
        role="office_staff", title="借调", starts_on=SINCE,
    )  # fmt: skip
    client = sign("liaison")
    assert client.post(reverse("orgs:wear_hat"), {"post": second.pk, "next": "//evil.example"}).url == "/"
    assert client.session[SESSION_KEY] == second.pk
    assert Entry.objects.system("test").get(type="orgs.hat.worn").hat == "领导小组办公室 · 借调"
    stranger = client.post(reverse("orgs:wear_hat"), {"post": world.post["sysadmin"].pk})
    assert stranger.status_code == 403


def test_the_group_list_is_replaced_from_a_date_on(sign: Sign, world: World) -> None:
    client = sign("office")
    lines = {
        "capacity": ["head", "member"],
        "title": ["分管副省长", "局长"],
        "person": ["", ""],
        "unit": ["", world.unit["zjj"].pk],
    }
    first = client.post(reverse("orgs:group_replace"), lines | {"valid_from": "2011-02-01", "basis": "甲文"})
    assert first.status_code == 302
    assert (
        client.post(
            reverse("orgs:group_replace"), lines | {"valid_from": "2012-02-01", "basis": "乙文"}
        ).status_code
        == 302
    )
    old = client.get(reverse("orgs:group"), {"on": "2011-06-01"}).content.decode()
    assert "甲文" in old.split("历次名单")[0] and "乙文" not in old.split("历次名单")[0]
    assert (
        client.post(
            reverse("orgs:group_replace"), lines | {"valid_from": "2012-02-01", "basis": ""}
        ).status_code
        == 422
    )
    assert GroupMember.objects.system("test").count() == 4


def test_the_order_of_members_is_saved(sign: Sign, world: World) -> None:
    rows = list(
        Membership.objects.system("test").filter(jurisdiction=world.jurisdiction["gs"]).order_by("order")
    )
    places = {f"place_{row.pk}": len(rows) - place for place, row in enumerate(rows)}
    assert sign("office").post(reverse("orgs:members_reorder"), places).status_code == 302
    after = Membership.objects.system("test").filter(jurisdiction=world.jurisdiction["gs"]).order_by("order")
    assert [row.pk for row in after] == [row.pk for row in reversed(rows)]


@pytest.mark.parametrize("name", ["contacts", "units", "members", "people"])
def test_statements_do_not_grow_with_rows(sign: Sign, world: World, name: str) -> None:
    client = sign("sysadmin")
    client.get(reverse(f"orgs:{name}"))

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(f"orgs:{name}")).status_code == 200
        return len(queries)

    few = count()
    for n in range(20):
        unit = Unit.objects.create(code=f"more-{n}", region=world.region["gs"], name=f"单位{n}", order=90 + n)
        user = User.objects.create(username=f"more-{n}", name=f"人员{n}（演示）", password="!")
        Post.objects.create(
            user=user, unit=unit, jurisdiction=world.jurisdiction["gs"], role="liaison", title="联络员", starts_on=SINCE,
        )  # fmt: skip
        Membership.objects.create(
            jurisdiction=world.jurisdiction["gs"], unit=unit, capacity="member", valid_from=SINCE
        )
    assert count() == few <= 13

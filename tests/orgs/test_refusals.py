"""The edges of the directory's writes: secrets stay out of the log, what makes no sense is refused in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs import services
from zhize.apps.orgs.models import Post, User
from zhize.kit.errors import BadInput, NotAllowed, StateConflict, ZhizeError

DAY = date(2012, 3, 5)


def fresh(thing: Any) -> Any:
    model = type(thing)
    return (model.objects if model is User else model.objects.system("test")).get(pk=thing.pk)


def test_saving_without_a_change_leaves_no_entry_and_no_new_version(world: World, now: datetime) -> None:
    same = {"name": world.unit["zjj"].name}
    services.unit_update(
        thing=world.unit["zjj"], data=same, version=1, actor=world.actor("sysadmin"), now=now
    )
    assert fresh(world.unit["zjj"]).version == 1
    assert not Entry.objects.system("test").exists()


def test_the_one_time_password_is_in_no_entry(world: World, now: datetime) -> None:
    password = services.password_reset(user=world.user["liaison"], actor=world.actor("sysadmin"), now=now)
    person = fresh(world.user["liaison"])
    assert person.check_password(password) and person.must_change_password
    for entry in Entry.objects.system("test"):
        told = f"{entry.before} {entry.after} {entry.note}"
        assert password not in told and person.password not in told


def test_a_token_is_stored_as_its_digest_only(world: World, now: datetime) -> None:
    token, plain = services.api_token_create(
        post=world.post["liaison"], label="导出", scopes=["directory:read"], known_scopes=["directory:read"],
        expires_on=DAY, actor=world.actor("liaison"), now=now,
    )  # fmt: skip
    assert token.digest == services.token_digest(plain) and plain not in token.digest
    assert plain not in str(Entry.objects.system("test").get().after)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"expires_on": DAY - timedelta(days=1)}, "一年之内"),
        ({"expires_on": DAY + timedelta(days=400)}, "一年之内"),
        ({"scopes": []}, "权限范围"),
        ({"scopes": ["everything"]}, "everything"),
    ],
)
def test_a_token_for_too_long_or_for_too_much_is_refused(
    world: World, now: datetime, change: dict[str, Any], words: str
) -> None:
    given: dict[str, Any] = {"scopes": ["directory:read"], "expires_on": DAY} | change
    with pytest.raises(BadInput, match=words):
        services.api_token_create(
            post=world.post["liaison"], label="导出", known_scopes=["directory:read"],
            actor=world.actor("liaison"), now=now, **given,
        )  # fmt: skip


def test_a_membership_may_not_overlap_itself(world: World, now: datetime) -> None:
    data = {"unit": world.unit["zjj"], "capacity": "member", "valid_from": DAY}
    with pytest.raises(BadInput, match="已经是"):
        services.membership_create(data=data, actor=world.actor("office"), now=now)


def test_a_bad_field_is_named_in_words(world: World, now: datetime) -> None:
    data = {"code": "test-zjj", "region": world.region["gs"], "name": ""}
    with pytest.raises(BadInput) as refusal:
        services.unit_create(data=data, actor=world.actor("sysadmin"), now=now)
    assert {p.where for p in refusal.value.problems} == {"代码", "名称"}


@pytest.mark.parametrize("valid_from", [date(2011, 6, 1), date(2011, 1, 1)])
def test_a_new_list_cannot_start_before_the_present_one(
    world: World, now: datetime, valid_from: date
) -> None:
    given = {
        "jurisdiction": world.jurisdiction["gs"],
        "lines": [{"capacity": "head", "title": "副省长"}],
        "basis": "甲",
    }
    office = world.actor("office")
    services.group_list_replace(**given, valid_from=date(2011, 6, 1), actor=office, now=now)
    with pytest.raises(BadInput, match="2011-06-01"):
        services.group_list_replace(**given, valid_from=valid_from, actor=office, now=now)


def test_an_account_of_another_jurisdiction_cannot_be_taken_over_by_import(
    world: World, now: datetime
) -> None:
    row = {
        "username": "sibling",
        "name": "冒名（演示）",
        "unit": world.unit["gsj"],
        "role": "clerk",
        "title": "经办人",
    }
    with pytest.raises(NotAllowed, match="sibling"):
        services.people_import(rows=[row], actor=world.actor("sysadmin"), now=now, digest="d")
    assert fresh(world.user["sibling"]).name != "冒名（演示）"


def test_importing_the_same_people_again_adds_nothing(world: World, now: datetime) -> None:
    rows = [
        {
            "username": f"p{n}",
            "name": f"人员{n}（演示）",
            "unit": world.unit["gsj"],
            "role": "clerk",
            "title": "经办人",
        }
        for n in range(30)
    ]
    admin = world.actor("sysadmin")
    first = services.people_import(rows=rows, actor=admin, now=now, digest="d")
    again = services.people_import(rows=rows, actor=admin, now=now, digest="d")
    assert (first.added, again.added, again.same) == (30, 0, 30)
    assert Post.objects.system("test").filter(user__username__startswith="p").count() == 30


def test_first_passwords_are_given_once_and_only_to_their_maker(world: World, now: datetime) -> None:
    row = {
        "username": "p1",
        "name": "人员（演示）",
        "unit": world.unit["gsj"],
        "role": "clerk",
        "title": "经办人",
    }
    services.people_import(rows=[row], actor=world.actor("sysadmin"), now=now, digest="d")
    assert not User.objects.get(username="p1").has_usable_password()
    with pytest.raises(BadInput):
        services.passwords_issue(actor=world.actor("secadmin"), now=now)
    [(user, password)] = services.passwords_issue(actor=world.actor("sysadmin"), now=now)
    assert fresh(user).check_password(password) and fresh(user).must_change_password
    with pytest.raises(BadInput):
        services.passwords_issue(actor=world.actor("sysadmin"), now=now)
    assert Entry.objects.system("test").filter(type="orgs.user.passwords_issued").count() == 1


def test_the_own_account_cannot_be_locked_and_a_lock_says_why(world: World, now: datetime) -> None:
    secadmin = world.actor("secadmin")
    with pytest.raises(NotAllowed):
        services.user_deactivate(user=world.user["secadmin"], reason="x", version=1, actor=secadmin, now=now)
    with pytest.raises(ZhizeError, match="原因"):
        services.user_deactivate(user=world.user["liaison"], reason=" ", version=1, actor=secadmin, now=now)


def test_a_revoked_token_or_delegation_is_revoked_once(world: World, now: datetime) -> None:
    row = services.delegation_grant(
        post=world.post["liaison"], deputy=world.user["clerk"], starts_on=DAY, ends_on=DAY, reason="出差",
        actor=world.actor("liaison"), now=now,
    )  # fmt: skip
    services.delegation_revoke(delegation=row, version=1, actor=world.actor("liaison"), now=now)
    with pytest.raises(StateConflict):
        services.delegation_revoke(delegation=row, version=2, actor=world.actor("liaison"), now=now)

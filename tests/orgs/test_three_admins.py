"""三员分立: system, security and audit administrator are three people at province and prefecture, and none helps himself."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.world import World

from zhize.apps.orgs import services
from zhize.apps.orgs.mapping import roles_on, separations_broken
from zhize.apps.orgs.models import Post, Role
from zhize.apps.orgs.services.posts import refuse_together
from zhize.kit.actor import Actor, system_actor
from zhize.kit.errors import BadInput, NotAllowed

DAY = date(2012, 3, 5)
OPERATOR = system_actor("test")


def open_post(
    world: World, now: datetime, who: str, role: str, by: Actor, where: str = "gs", **rest: object
) -> Post:
    unit = {"gs": "office", "lz": "lz_office", "cg": "cg_office"}[where]
    return services.post_open(
        user=world.user[who], unit=world.unit[unit], jurisdiction=world.jurisdiction[where], role=role, title=role,
        starts_on=DAY, actor=by, now=now, **rest,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize("where", ["gs", "lz"])
@pytest.mark.parametrize(
    ("first", "second"),
    [("system_admin", "security_admin"), ("system_admin", "audit_admin"), ("audit_admin", "security_admin")],
)
def test_one_person_may_not_hold_two_of_the_three(
    world: World, now: datetime, where: str, first: str, second: str
) -> None:
    open_post(world, now, "nohat", first, OPERATOR, where)
    with pytest.raises(NotAllowed, match="三员分立") as refusal:
        open_post(world, now, "nohat", second, OPERATOR, where)
    assert "GB/T 22239" in refusal.value.problem.why


def test_a_county_with_few_people_may_decide_otherwise(world: World, now: datetime) -> None:
    open_post(world, now, "nohat", "system_admin", OPERATOR, "cg")
    assert open_post(world, now, "nohat", "security_admin", OPERATOR, "cg").pk


def test_the_same_two_roles_in_two_jurisdictions_are_two_matters(world: World, now: datetime) -> None:
    open_post(world, now, "nohat", "system_admin", OPERATOR, "gs")
    assert open_post(world, now, "nohat", "audit_admin", OPERATOR, "lz").pk


def test_a_deputy_may_not_be_lent_what_may_not_be_held(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowed, match="三员分立"):
        services.delegation_grant(
            post=world.post["sysadmin"], deputy=world.user["auditor"], starts_on=DAY, ends_on=DAY, reason="出差",
            actor=world.actor("sysadmin"), now=now,
        )  # fmt: skip


def test_the_auditor_does_not_work_in_the_office_audited(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowed, match="审计"):
        open_post(world, now, "auditor", "office_staff", world.actor("sysadmin"))


def test_an_ordinary_person_may_hold_several_ordinary_posts(world: World, now: datetime) -> None:
    assert open_post(world, now, "liaison", "office_staff", world.actor("sysadmin")).pk


@pytest.mark.parametrize("by", ["sysadmin", "secadmin"])
def test_nobody_opens_a_post_for_himself(world: World, now: datetime, by: str) -> None:
    role = {"sysadmin": "office_staff", "secadmin": "external_auditor"}[by]
    with pytest.raises(NotAllowed, match="自己"):
        open_post(world, now, by, role, world.actor(by), ends_on=DAY)


@pytest.mark.parametrize(
    ("by", "role"), [("sysadmin", "security_admin"), ("sysadmin", "audit_admin"), ("secadmin", "liaison")]
)
def test_who_keeps_accounts_makes_no_administrators_and_the_other_way_round(
    world: World, now: datetime, by: str, role: str
) -> None:
    with pytest.raises(NotAllowed):
        open_post(world, now, "nohat", role, world.actor(by))


@pytest.mark.parametrize("key", ["auditor", "sysadmin"])
def test_the_system_administrator_cannot_take_over_another_administrators_account(
    world: World, now: datetime, key: str
) -> None:
    with pytest.raises(NotAllowed):
        services.password_reset(user=world.user[key], actor=world.actor("sysadmin"), now=now)


@pytest.mark.parametrize("role", ["assessor", "inspector", "external_auditor"])
def test_a_term_that_must_end_needs_an_end(world: World, now: datetime, role: str) -> None:
    with pytest.raises(BadInput, match="截止日期"):
        open_post(world, now, "nohat", role, OPERATOR)
    assert open_post(world, now, "nohat", role, OPERATOR, ends_on=date(2012, 12, 31)).pk


def test_the_first_administrator_of_a_child_is_set_up_from_above_and_no_second(
    world: World, now: datetime
) -> None:
    secadmin = world.actor("secadmin")
    assert open_post(world, now, "nohat", "system_admin", secadmin, "lz").pk
    with pytest.raises(NotAllowed):
        open_post(world, now, "liaison", "system_admin", secadmin, "lz")
    with pytest.raises(NotAllowed):
        open_post(world, now, "other", "system_admin", secadmin, "cg")


def test_a_post_that_is_over_no_longer_stands_in_the_way(world: World, now: datetime) -> None:
    Post.objects.system("test").filter(pk=world.post["auditor"].pk).update(ends_on=date(2012, 3, 4))
    assert open_post(world, now, "auditor", "system_admin", OPERATOR).pk


def test_the_words_of_the_roles_are_those_of_the_rules() -> None:
    assert {r.code: r.label_zh for r in roles_on(DAY).values()} == {r.value: str(r.label) for r in Role}


def test_the_rule_itself_is_pure() -> None:
    assert separations_broken(frozenset({"system_admin"}), "audit_admin", "province", DAY)
    assert not separations_broken(frozenset({"system_admin"}), "system_admin", "province", DAY)
    assert not separations_broken(frozenset({"system_admin"}), "audit_admin", "county", DAY)


def test_nothing_held_is_nothing_broken(world: World) -> None:
    refuse_together(
        name="某人", held=[], role="audit_admin", jurisdiction=world.jurisdiction["gs"], today=DAY
    )

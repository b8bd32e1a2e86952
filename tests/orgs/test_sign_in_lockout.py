"""Lock-out: by account and address, for as long as the rule says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone
from tests.orgs.sign_in_people import PASSWORD, entries, real, sign_in
from tests.world import World

from zhize.kit.actor import system_actor
from zhize.kit.rules import edition_write

pytestmark = pytest.mark.django_db
OFFICE_NAT = {"REMOTE_ADDR": "203.0.113.7"}
ELSEWHERE = {"REMOTE_ADDR": "198.51.100.9"}


def fail(client: Client, username: str, times: int, **extra: str) -> list[int]:
    return [sign_in(client, username, "wrong", **extra).status_code for _ in range(times)]


def test_the_fifth_failure_locks_with_a_page_in_words(client: Client, world: World) -> None:
    real(world, "liaison")
    assert fail(client, "liaison", 5) == [200, 200, 200, 200, 429]
    answer = sign_in(client, "liaison")  # the right password does not help now
    assert answer.status_code == 429
    assert "15 分钟" in answer.content.decode()
    assert answer["Retry-After"] == "900"
    assert len(entries("orgs.session.locked")) == 1
    assert len(entries("orgs.session.refused")) == 5


def test_an_office_behind_one_address_is_not_locked_out_together(client: Client, world: World) -> None:
    real(world, "liaison")
    real(world, "clerk")
    fail(client, "liaison", 6, **OFFICE_NAT)
    assert sign_in(client, "liaison", **OFFICE_NAT).status_code == 429
    assert sign_in(client, "clerk", **OFFICE_NAT).status_code == 302


def test_a_stranger_elsewhere_cannot_lock_a_person_out_of_the_office(client: Client, world: World) -> None:
    real(world, "liaison")
    fail(client, "liaison", 6, **ELSEWHERE)
    assert sign_in(client, "liaison", **OFFICE_NAT).status_code == 302


def test_another_spelling_of_the_name_is_the_same_account(client: Client, world: World) -> None:
    real(world, "liaison")
    fail(client, "liaison", 2)
    fail(client, "LIAISON", 1)
    assert fail(client, " Liaison ", 2)[-1] == 429


def test_a_success_forgets_the_failures_before_it(client: Client, world: World) -> None:
    real(world, "liaison")
    fail(client, "liaison", 4)
    assert sign_in(client, "liaison").status_code == 302
    client.post("/account/logout/")
    assert fail(client, "liaison", 4)[-1] == 200


def test_after_the_time_of_the_rule_the_lock_is_gone(client: Client, world: World) -> None:
    real(world, "liaison")
    fail(client, "liaison", 5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
    assert sign_in(client, "liaison").status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in(client, "liaison").status_code == 302


def test_a_jurisdiction_may_lock_earlier_by_its_own_version_of_the_rule(client: Client, world: World) -> None:
    real(world, "sibling")
    edition_write(
        name="orgs/sign_in",
        jurisdiction_code=world.jurisdiction["lz"].code,
        valid_from=date(2011, 1, 1),
        values={"lock_after_failures": 2, "lock_minutes": 60},
        source="演示数据",
        actor=system_actor("test"),
        now=datetime(2012, 3, 5, tzinfo=UTC),
    )
    assert fail(client, "sibling", 2) == [200, 429]
    assert "60 分钟" in sign_in(client, "sibling").content.decode()


def test_what_is_kept_of_a_failure_holds_no_password(client: Client, world: World) -> None:
    real(world, "liaison")
    sign_in(client, "liaison", PASSWORD + "x")
    assert PASSWORD not in str(list(AccessAttempt.objects.values()))

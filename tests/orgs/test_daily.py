"""每日提醒: one message a person a day, what it says, who has switched it off, and never twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world import World

from zhize.apps.orgs.models import Delegation, Notice, Todo, User
from zhize.apps.orgs.services import contact_update
from zhize.apps.orgs.services import digests_send as send
from zhize.apps.orgs.services.daily import words
from zhize.kit.actor import system_actor
from zhize.kit.beat import periodics

pytestmark = pytest.mark.django_db
MORNING = datetime(2012, 3, 5, 0, 30, tzinfo=UTC)  # half past eight in Lanzhou


def digests_send(*, now: datetime) -> int:
    return send(actor=system_actor("每日提醒"), now=now)


def await_(world: World, unit: str, due: date | None, **more: object) -> Todo:
    made = {"created_at": MORNING - timedelta(days=9), "kind": "test", "title": "演示待办", **more}
    number = Todo.objects.system("test").count() + 1
    return Todo.objects.create(
        jurisdiction=world.jurisdiction["gs"],
        unit=world.unit[unit],
        ref_kind="x",
        ref_id=number,
        due_on=due,
        **made,
    )


def told(world: World, who: str) -> list[str]:
    rows = Notice.objects.system("test").filter(user=world.user[who], key__isnull=False)
    return list(rows.order_by("pk").values_list("text", flat=True))


def test_a_person_is_told_once_a_day_what_is_late_due_and_new(world: World) -> None:
    await_(world, "zjj", date(2012, 3, 1))
    await_(world, "zjj", date(2012, 3, 12))
    await_(world, "zjj", date(2012, 3, 13))
    await_(world, "zjj", None, created_at=MORNING - timedelta(hours=3))
    Notice.objects.create(user=world.user["liaison"], text="演示消息", at=MORNING)
    assert digests_send(now=MORNING) == 3
    said = "今日提醒：待办逾期 1 件、7 天内到期 1 件、新到 1 件"
    assert told(world, "liaison") == [f"{said}；未读消息 1 条。"]
    assert told(world, "clerk") == [f"{said}。"]
    assert told(world, "other") == []


def test_a_run_that_was_killed_is_taken_up_and_sends_to_nobody_twice(world: World) -> None:
    await_(world, "zjj", date(2012, 3, 1))
    digests_send(now=MORNING)
    Notice.objects.system("what a killed run did not reach").filter(user=world.user["clerk"]).delete()
    assert digests_send(now=MORNING + timedelta(hours=1)) == 1
    assert digests_send(now=MORNING + timedelta(hours=2)) == 0
    assert [len(told(world, who)) for who in ("liaison", "clerk", "head")] == [1, 1, 1]
    digests_send(now=MORNING + timedelta(days=1))
    assert len(told(world, "liaison")) == 2


def test_the_database_itself_refuses_a_second_message_of_the_day(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await_(world, "zjj", date(2012, 3, 1))
    digests_send(now=MORNING)
    monkeypatch.setattr("zhize.apps.orgs.services.daily._told", lambda today: set())
    digests_send(now=MORNING)
    assert len(told(world, "liaison")) == 1


def test_whoever_switched_it_off_is_not_told(world: World) -> None:
    await_(world, "zjj", date(2012, 3, 1))
    data = {"phone": "", "email": "", "daily_digest": False}
    contact_update(data=data, version=None, actor=world.actor("liaison"), now=MORNING)
    digests_send(now=MORNING)
    assert told(world, "liaison") == [] and len(told(world, "clerk")) == 1


def test_nobody_is_told_before_the_hour_nor_late_in_the_day(world: World) -> None:
    await_(world, "zjj", date(2012, 3, 1))
    assert digests_send(now=MORNING - timedelta(hours=1)) == 0
    assert digests_send(now=MORNING + timedelta(hours=8)) == 0


def test_a_to_do_of_one_role_reaches_that_role_and_one_answered_for_reaches_the_office(world: World) -> None:
    await_(world, "zjj", date(2012, 3, 1), audience="unit_head")
    await_(world, "lz_gov", date(2012, 3, 1))
    digests_send(now=MORNING)
    assert [len(told(world, who)) for who in ("head", "liaison", "sibling")] == [1, 0, 1]


def test_a_deputy_is_told_with_the_holder(world: World) -> None:
    await_(world, "zjj", date(2012, 3, 1), audience="unit_head")
    Delegation.objects.create(
        post=world.post["head"], deputy=world.user["other"], starts_on=date(2012, 3, 1), ends_on=date(2012, 3, 9),
        reason="出差",
    )  # fmt: skip
    digests_send(now=MORNING)
    assert len(told(world, "other")) == 1


def test_statements_do_not_grow_with_to_dos_and_people(world: World) -> None:
    def sent(when: datetime) -> int:
        with CaptureQueriesContext(connection) as captured:
            digests_send(now=when)
        return len(captured)

    await_(world, "zjj", date(2012, 3, 1))
    sent(MORNING - timedelta(days=1))  # the first entry of a chain makes the chain
    few = sent(MORNING)
    for number in range(300):
        await_(world, ("zjj", "gsj", "office", "lz_gov")[number % 4], date(2012, 3, 1))
    assert User.objects.count() > 10
    assert sent(MORNING + timedelta(days=1)) == few


def test_nothing_is_said_where_only_old_messages_are_unread() -> None:
    assert words(0, 0, 0, 4, 7) == ""


def test_the_beat_runs_it_every_hour() -> None:
    assert [one.every for one in periodics() if one.name == "orgs.daily_digests"] == [timedelta(hours=1)]

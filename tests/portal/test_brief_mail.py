"""领导一页 by mail: one A4 as PDF, on the leader's own rule, in the leader's own scope, once a day."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pypdf
import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests.portal.support import a_duty, a_year, owe
from tests.world import World

from zhize.apps.orgs.models import Outbox, User
from zhize.apps.orgs.services import outbox_send
from zhize.apps.portal.tasks import briefs_send
from zhize.kit.actor import system_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("server")]
MONDAY = date(2012, 3, 5)


def at(day: date, hour: int = 7) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, 5)))


@pytest.fixture
def server(settings: Any) -> None:
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example.invalid", "zhize@example.invalid"


@pytest.fixture
def leader(world: World) -> User:
    year, duty = a_year(world, "gs"), a_duty(world, "gs")
    owe(year, duty, world.unit["zjj"], 1, MONDAY - timedelta(days=9))
    user = world.user["leader"]
    User.objects.filter(pk=user.pk).update(email="leader@example.invalid", brief_rule="daily")
    return user


def sent(now: datetime) -> list[Any]:
    mail.outbox.clear()
    briefs_send(now)
    outbox_send(actor=system_actor("测试"), now=now)
    return list(mail.outbox)


def test_the_page_comes_as_one_a4_with_the_figures_of_the_leader(leader: User) -> None:
    (letter,) = sent(at(MONDAY))
    assert letter.to == ["leader@example.invalid"] and "领导一页 2012-03-05" in letter.subject
    ((name, content, kind),) = letter.attachments
    assert (name.endswith(".pdf"), kind) == (True, "application/pdf")
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    assert len(pages) == 1
    assert (round(float(pages[0].mediabox.width)), round(float(pages[0].mediabox.height))) == (595, 842)
    text = pages[0].extract_text()
    assert "省质监局" in text and "9 天" in text.replace("9天", "9 天"), text
    row = Outbox.objects.get()
    assert row.sent_at and row.attachment is None, "no second copy stays here"


def test_once_a_day_whatever_runs_again(leader: User) -> None:
    assert len(sent(at(MONDAY))) == 1
    assert sent(at(MONDAY, 8)) == []
    assert len(sent(at(MONDAY + timedelta(days=1)))) == 1


@pytest.mark.parametrize(
    ("rule", "day", "number"),
    [
        ("none", MONDAY, 0),
        ("weekly", MONDAY, 1),
        ("weekly", MONDAY + timedelta(days=1), 0),
        ("daily", MONDAY + timedelta(days=5), 0),
    ],
    ids=["none", "weekly on Monday", "weekly on Tuesday", "no Saturday"],
)
def test_the_rule_is_the_leaders_own(leader: User, rule: str, day: date, number: int) -> None:
    User.objects.filter(pk=leader.pk).update(brief_rule=rule)
    assert len(sent(at(day))) == number


def test_who_may_not_see_the_page_gets_none(world: World, leader: User) -> None:
    User.objects.filter(pk=leader.pk).update(brief_rule="none")
    clerk = world.user["liaison"]
    User.objects.filter(pk=clerk.pk).update(email="clerk@example.invalid", brief_rule="daily")
    assert sent(at(MONDAY)) == []


def test_a_server_that_fails_is_asked_again_later(leader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Any, *_args: Any, **_kwargs: Any) -> int:
        raise ConnectionRefusedError("没有应答")

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", broken)
        assert sent(at(MONDAY)) == []
    row = Outbox.objects.get()
    assert (row.attempts, row.sent_at, row.error) == (1, None, "没有应答")
    by = system_actor("测试")
    assert outbox_send(actor=by, now=row.created_at + timedelta(minutes=1)) == 0, "not at once"
    assert outbox_send(actor=by, now=row.created_at + timedelta(minutes=11)) == 1


def test_without_a_mail_server_nothing_is_made(leader: User, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    assert sent(at(MONDAY)) == []
    assert not Outbox.objects.exists()


def test_a_leader_sets_the_rule_and_takes_the_page_as_pdf(
    leader: User, sign_in: Callable[[str], Client]
) -> None:
    client = sign_in("leader")
    User.objects.filter(pk=leader.pk).update(brief_rule="none")
    version = User.objects.get(pk=leader.pk).version
    data = {"email": "leader@example.invalid", "phone": "", "brief_rule": "weekly", "version": version}
    assert client.post("/directory/account/", data).status_code == 302
    assert User.objects.get(pk=leader.pk).brief_rule == "weekly"
    answer = client.get("/situation/brief/?export=pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")

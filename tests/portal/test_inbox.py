"""待办: all hats in one list by time, narrowed by kind or hat; links open the matter; statements don't grow."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.world import SINCE, World

from zhize.apps.orgs.models import Post, Todo

In = Callable[[str], Client]
TODAY = date(2012, 3, 6)
KINDS = ("obligation.due", "discharge.returned", "discharge.confirm", "some.kind")
pytestmark = pytest.mark.usefixtures("home")


def await_(world: World, unit: str, kind: str, number: int, due: date | None, ref: str = "orgs.unit") -> Todo:
    return Todo.objects.create(
        jurisdiction=world.jurisdiction["gs"], unit=world.unit[unit], kind=kind, ref_kind=ref,
        ref_id=world.unit[unit].pk if ref == "orgs.unit" else number, title=f"第{number}件", due_on=due,
        created_at=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def hats(world: World) -> None:
    """The liaison serves the office and 省工商局 too."""
    for unit, role in (("office", "office_staff"), ("gsj", "liaison")):
        Post.objects.create(
            user=world.user["liaison"], unit=world.unit[unit], jurisdiction=world.jurisdiction["gs"], role=role,
            title="兼职", starts_on=SINCE,
        )  # fmt: skip


def html(client: Client, **query: Any) -> str:
    return unescape(client.get(reverse("portal:inbox"), query).content.decode())


def titles(page: str) -> list[str]:
    return re.findall(r'class="todo-title" [^>]*>([^<]+)</a>', page)


def test_matters_stand_by_due_date_under_headings_of_time(as_: In, world: World) -> None:
    for number, due in enumerate((None, TODAY + timedelta(days=30), TODAY, TODAY - timedelta(days=2)), 1):
        await_(world, "zjj", "some.kind", number, due, ref=f"t.{number}")
    page = html(as_("liaison"))
    assert titles(page) == ["第4件", "第3件", "第2件", "第1件"]
    assert re.findall(r'class="todo-heading">([^<]+)<', page) == ["已逾期", "七天内", "以后", "没有期限"]


def test_the_list_narrows_by_what_there_is_to_do_and_counts_follow(as_: In, world: World) -> None:
    for number in range(3):
        await_(world, "zjj", "obligation.due", number, TODAY, ref=f"t.{number}")
    await_(world, "zjj", "discharge.returned", 9, TODAY - timedelta(days=1))
    client = as_("liaison")
    page = html(client)
    assert ">报送 <b>3</b>" in page and ">补正 <b>1</b>" in page
    page = html(client, kind="discharge.returned")
    assert titles(page) == ["第9件"]
    assert "其中逾期 1 件" in page
    assert len(titles(html(client, kind="no.such.kind"))) == 4


@pytest.mark.usefixtures("hats")
def test_the_list_narrows_by_hat(as_: In, world: World) -> None:
    await_(world, "zjj", "obligation.due", 1, TODAY)
    await_(world, "office", "discharge.confirm", 2, TODAY)
    client = as_("liaison")
    assert len(titles(html(client))) == 2
    assert titles(html(client, post=world.post["liaison"].pk)) == ["第1件"]
    assert len(titles(html(client, post=world.post["other"].pk))) == 2, "somebody else's post narrows nothing"


def test_a_link_opens_the_matter_of_the_acting_hat(as_: In, world: World) -> None:
    todo = await_(world, "zjj", "obligation.due", 1, TODAY)
    response = as_("liaison").get(reverse("portal:handle", args=[todo.pk]))
    assert response.status_code == 302
    assert response["Location"] == reverse("orgs:unit", args=[world.unit["zjj"].pk])


@pytest.mark.usefixtures("hats")
def test_a_link_to_another_hats_matter_asks_before_the_hat_is_changed(as_: In, world: World) -> None:
    todo = await_(world, "office", "discharge.confirm", 1, TODAY)
    client, address = as_("liaison"), reverse("portal:handle", args=[todo.pk])
    page = client.get(address).content.decode()
    assert "换用这个身份办理" in page and "兼职" in page
    assert "省质监局" in client.get("/").content.decode().split("topbar-end")[1][:900]
    assert client.post(address).status_code == 302


def test_a_matter_that_left_the_scope_says_so(as_: In, world: World) -> None:
    todo = await_(world, "zjj", "obligation.due", 1, TODAY, ref="regulations.obligation")
    response = as_("liaison").get(reverse("portal:handle", args=[todo.pk]), follow=True)
    assert "已不在这个身份可以查看的范围内" in unescape(response.content.decode())


@pytest.mark.usefixtures("hats")
def test_two_hundred_matters_over_three_hats_cost_no_more_statements_than_a_few(
    as_: In, world: World
) -> None:
    client = as_("liaison")

    def statements(**query: Any) -> int:
        html(client, **query)
        with CaptureQueriesContext(connection) as seen:
            html(client, **query)
        return len(seen)

    for number, unit in enumerate(("zjj", "office", "gsj")):
        await_(world, unit, KINDS[number], number, TODAY)
    few = statements()
    for number in range(200):
        unit = ("zjj", "office", "gsj")[number % 3]
        due = TODAY + timedelta(days=number % 40 - 10)
        await_(world, unit, KINDS[number % 4], number, due, ref=f"t.kind{number % 20}")
    assert statements() == few <= 12
    assert statements(kind=KINDS[0]) <= 12
    seen: list[str] = []
    page = html(client)
    while True:
        seen += titles(page)
        more = re.search(r'href="/\?(after=[^"]+)"', page)
        if more is None:
            break
        page = html(client, **dict([more[1].split("=", 1)]))
    assert len(seen) == 203

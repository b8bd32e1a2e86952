"""待办, 已办, 待阅, 已阅: tabs with counts, files, thousands of items in a dozen statements."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.portal.test_inbox import TODAY, await_
from tests.world import World

from zhize.apps.orgs.models import Notice, Todo

In = Callable[[str], Client]
PAGES = ("portal:inbox", "portal:done", "portal:notices", "portal:notices_seen")
pytestmark = pytest.mark.usefixtures("home")


def notice(world: World, text: str, *, read: bool) -> None:
    now = timezone.now()
    Notice.objects.create(user=world.user["liaison"], text=text, at=now, read_at=now if read else None)


def test_read_messages_stand_apart_from_those_to_read_and_every_tab_says_what_waits(
    as_: In, world: World
) -> None:
    await_(world, "zjj", "some.kind", 1, TODAY)
    notice(world, "新的消息", read=False)
    notice(world, "旧的消息", read=True)
    client = as_("liaison")
    pages = {name: unescape(client.get(reverse(name)).content.decode()) for name in PAGES}
    assert "新的消息" in pages["portal:notices"] and "旧的消息" not in pages["portal:notices"]
    assert "旧的消息" in pages["portal:notices_seen"] and "新的消息" not in pages["portal:notices_seen"]
    for page in pages.values():
        assert page.count('<span class="count">1</span>') == 2
    client.post(reverse("portal:notices_mark"))
    assert "新的消息" in unescape(client.get(reverse("portal:notices_seen")).content.decode())


def test_each_tab_gives_its_rows_as_a_file(as_: In, world: World) -> None:
    await_(world, "zjj", "some.kind", 1, TODAY)
    done = await_(world, "zjj", "some.kind", 2, TODAY, ref="t.done")
    Todo.objects.system("test").filter(pk=done.pk).update(done_at=timezone.now(), done_by="经办人")
    notice(world, "新的消息", read=False)
    notice(world, "旧的消息", read=True)
    client = as_("liaison")
    for name, wanted in zip(PAGES, ("第1件", "第2件", "新的消息", "旧的消息"), strict=True):
        answer = client.get(reverse(name), {"export": "xlsx"})
        sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[attr-defined]
        rows = list(sheet.iter_rows(values_only=True))
        assert [row[0] for row in rows[1:]] == [wanted], name


def test_thousands_of_items_cost_a_dozen_statements(as_: In, world: World) -> None:
    now, user = timezone.now(), world.user["liaison"]
    Todo.objects.bulk_create(
        Todo(
            jurisdiction=world.jurisdiction["gs"], unit=world.unit["zjj"], kind="some.kind", ref_kind="t.many", ref_id=n,
            title=f"第{n}件", due_on=TODAY + timedelta(days=n % 60 - 20), created_at=now, done_at=now if n % 2 else None,
        )
        for n in range(4000)
    )  # fmt: skip
    Notice.objects.bulk_create(
        Notice(user=user, text=f"消息{n}", at=now, read_at=now if n % 2 else None) for n in range(4000)
    )
    client = as_("liaison")
    for name in PAGES:
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse(name)).status_code == 200
        assert len(seen) <= 12, name

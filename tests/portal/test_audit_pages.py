"""The auditor's pages: who may open them, what they show, the one export."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.audit.support import CHAIN, NOTED, START, as_dba, newest, sign, write
from tests.world import World

from zhize.apps.audit.models import Export
from zhize.apps.orgs.models import Post
from zhize.kit.audit import record
from zhize.kit.things import ThingRef

In = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("home")
LOCAL_NOON = datetime(2012, 3, 6, 4, 0, tzinfo=UTC)


def test_the_list_shows_the_own_chain_newest_first_with_words_for_the_type(as_: In) -> None:
    write(3)
    write(2, chain="620100-quality")
    sign(START)
    html = as_("auditor").get(reverse("portal:audit")).content.decode()
    assert "测试记录" in html
    assert f"审计检查点 {CHAIN} 第3条" in html
    assert html.count('class="row-link"') == 3


@pytest.mark.parametrize("who", ["auditor", "external", "director"])
def test_auditors_and_the_director_read(as_: In, who: str) -> None:
    write(1)
    client = as_(who)
    assert client.get(reverse("portal:audit")).status_code == 200
    assert client.get(reverse("portal:audit_entry", args=[newest().pk])).status_code == 200
    assert client.get(reverse("portal:audit_of", args=["tests.thing", 1])).status_code == 200
    assert client.post(reverse("portal:audit_verify")).status_code == 200


@pytest.mark.parametrize(
    "who", ["leader", "office", "head", "liaison", "clerk", "other", "sysadmin", "secadmin"]
)
def test_nobody_else_does_and_is_told_why(as_: In, who: str) -> None:
    write(1)
    client = as_(who)
    for response in (
        client.get(reverse("portal:audit")),
        client.get(reverse("portal:audit_entry", args=[newest().pk])),
        client.get(reverse("portal:audit_of", args=["tests.thing", 1])),
        client.post(reverse("portal:audit_verify")),
        client.get(reverse("portal:audit_export")),
        client.get(reverse("portal:audit_export_file")),
    ):
        assert response.status_code == 403
        assert "只供安全审计员" in response.content.decode()


def test_another_jurisdictions_director_sees_the_own_chain_only(as_: In) -> None:
    write(1)
    client = as_("sibling_head")
    assert client.get(reverse("portal:audit_entry", args=[newest().pk])).status_code == 404
    assert "测试记录</td>" not in client.get(reverse("portal:audit")).content.decode()


def test_after_the_external_auditors_last_day_nothing_is_seen(world: World, as_: In) -> None:
    write(1)
    post = world.post["external"]
    posts = Post.objects.system("test").filter(pk=post.pk)
    posts.update(ends_on=date(2012, 3, 6))
    assert as_("external").get(reverse("portal:audit")).status_code == 200
    posts.update(ends_on=date(2012, 3, 5))
    assert as_("external").get(reverse("portal:audit")).status_code == 403
    assert as_("external").post(reverse("portal:audit_export"), {"reason": "演示"}).status_code == 403
    assert not Export.objects.system("test").exists()


def test_an_entry_shows_before_and_after_side_by_side_and_leads_to_the_things_history(
    world: World, as_: In
) -> None:
    record(
        NOTED, actor=world.actor("liaison"), thing=ThingRef("tests.thing", 7), now=START,
        before={"名称": "旧名", "负责": ["甲局"]}, after={"名称": "新名", "负责": ["甲局", "乙局"]}, note="更名",
    )  # fmt: skip
    html = as_("auditor").get(reverse("portal:audit_entry", args=[newest().pk])).content.decode()
    for words in (
        "旧名",
        "新名",
        "甲局、乙局",
        "2012-03-05 10:00:00",
        "更名",
        "省质监局 · 联络员",
        "网页",
        reverse("portal:audit_of", args=["tests.thing", 7]),
    ):
        assert words in html


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 4),
        ("at_from=2012-03-05&at_to=2012-03-05", 3),
        ("at_from=2012-03-06", 1),
        ("at_to=2012-03-04", 0),
        ("type=tests.thing.noted", 4),
        ("type=years.work_year.created", 0),
        ("thing_kind=years.work_year", 1),
        ("thing_id=2", 1),
        ("actor_name=联络员", 1),
        ("q=更名", 1),
        ("q=没有这个词", 0),
    ],
)
def test_the_list_is_narrowed_by_time_type_person_thing_and_words(
    world: World, as_: In, query: str, count: int
) -> None:
    write(3)
    record(
        NOTED,
        actor=world.actor("liaison"),
        thing=ThingRef("years.work_year", 99),
        now=LOCAL_NOON,
        note="更名",
    )
    html = as_("auditor").get(reverse("portal:audit") + "?" + query).content.decode()
    assert html.count('class="row-link"') == count
    assert "条件未采用" not in html


def test_the_list_turns_pages_without_losing_or_repeating_an_entry(as_: In) -> None:
    write(120)
    client, seen, address = as_("auditor"), [], reverse("portal:audit")
    for _ in range(3):
        html = client.get(address).content.decode()
        seen += re.findall(r'class="row-link" href="([^"]+)"', html)
        older = re.search(r'rel="next" href="([^"]+)"', html)
        address = unescape(older[1]) if older else ""
    assert address == ""
    assert len(seen) == len(set(seen)) == 120


def test_statements_do_not_grow_with_the_chain(
    as_: In, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    write(60)
    client = as_("auditor")
    with django_assert_max_num_queries(12):
        client.get(reverse("portal:audit"))
    with django_assert_max_num_queries(15):
        client.get(reverse("portal:audit_entry", args=[newest().pk]))


def test_the_log_cannot_leave_as_a_table(as_: In) -> None:
    write(1)
    response = as_("director").get(reverse("portal:audit") + "?export=csv")
    assert response.status_code == 403 and "不能按列表导出" in response.content.decode()
    assert "export=csv" not in as_("director").get(reverse("portal:audit")).content.decode()


def test_the_check_says_in_words_that_all_is_sound_and_what_is_not(as_: In) -> None:
    write(3)
    client = as_("auditor")
    assert "3 条记录逐条核验" in client.post(reverse("portal:audit_verify")).content.decode()
    with as_dba() as cursor:
        cursor.execute("UPDATE audit_entry SET note = '改' WHERE seq = 2")
    html = client.post(reverse("portal:audit_verify")).content.decode()
    assert f"链 {CHAIN} 第 2 条：被修改" in html


def test_a_check_is_not_made_by_a_link(as_: In) -> None:
    assert as_("auditor").get(reverse("portal:audit_verify")).status_code == 405


def test_a_long_chain_is_checked_by_command_and_the_page_says_so(
    as_: In, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhize.apps.portal.views import audit

    write(3)
    monkeypatch.setattr(audit, "CHECKED_ON_THE_PAGE", 2)
    response = as_("auditor").post(reverse("portal:audit_verify"))
    assert response.status_code == 409
    assert f"zhize audit verify --chain {CHAIN}" in response.content.decode()


def test_a_stranger_is_sent_to_sign_in(client: Client, db: None) -> None:
    assert client.get(reverse("portal:audit")).status_code == 302

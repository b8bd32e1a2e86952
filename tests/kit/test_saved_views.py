"""Saved views: kept, renamed, deleted by their owner only, each with its entry in the log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html import unescape

import pytest
from django.test import Client
from tests.kit.things import HIDDEN, UNITS
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.kit import saved_views
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.models import SavedView
from zhize.kit.saved_views import saved_view_delete, saved_view_rename, saved_view_save

SAVE = "/lists/test.unit/views/save"


def logged() -> list[str]:
    return list(
        Entry.objects.system("test")
        .filter(type__startswith="kit.")
        .order_by("pk")
        .values_list("type", flat=True)
    )


def test_a_view_is_kept_from_the_page_and_leads_back_to_it(client: Client) -> None:
    query = "kind=department&sort=-order&col=name%2Corder"
    response = client.post(SAVE, {"name": " 政府 部门 ", "query": query, "back": "/t/units/"})
    assert (response.status_code, response["Location"]) == (302, f"/t/units/?{query}")
    page = unescape(client.get(response["Location"]).content.decode())
    assert "已保存视图“政府 部门”" in page
    assert f'href="/t/units/?{query}" aria-current="true"' in page
    assert logged() == ["kit.saved_view.saved"]


def test_only_what_the_list_understands_is_kept(office: Actor, now: datetime) -> None:
    query = "kind=department&cursor=abc&next=//evil&export=csv&sort=nonsense"
    view = saved_view_save(spec=UNITS, name="x", query=query, actor=office, now=now)
    assert view.query == "kind=department"


def test_the_same_name_again_replaces_the_view(office: Actor, now: datetime) -> None:
    saved_view_save(spec=UNITS, name="x", query="kind=office", actor=office, now=now)
    saved_view_save(spec=UNITS, name="x", query="kind=other", actor=office, now=now)
    assert [v.query for v in SavedView.objects.visible_to(office)] == ["kind=other"]
    assert Entry.objects.system("test").order_by("pk").last().before == {"query": "kind=office"}


def test_another_persons_view_is_neither_seen_nor_touched(
    office: Actor, liaison: Actor, now: datetime, sign_in: Callable[[str], Client]
) -> None:
    view = saved_view_save(spec=UNITS, name="只属于办公室", query="", actor=office, now=now)
    with pytest.raises(NotAllowed):
        saved_view_delete(view=view, actor=liaison, now=now)
    with pytest.raises(NotAllowed):
        saved_view_rename(view=view, name="抢来", actor=liaison, now=now)
    other = sign_in("liaison")
    assert "只属于办公室" not in other.get("/lists/test.unit/views/").content.decode()
    assert other.post(f"/lists/test.unit/views/{view.pk}/delete").status_code == 404
    assert other.post(f"/lists/test.unit/views/{view.pk}/rename", {"name": "x"}).status_code == 404


def test_a_view_is_renamed_and_deleted_on_its_page(client: Client, office: Actor, now: datetime) -> None:
    view = saved_view_save(spec=UNITS, name="旧名", query="", actor=office, now=now)
    client.post(f"/lists/test.unit/views/{view.pk}/rename", {"name": "新名", "back": "/t/units/"})
    page = client.get("/lists/test.unit/views/?back=/t/units/").content.decode()
    assert "新名" in page and "/t/units/?" in page
    client.post(f"/lists/test.unit/views/{view.pk}/delete")
    assert not SavedView.objects.visible_to(office).exists()
    assert logged() == ["kit.saved_view.saved", "kit.saved_view.saved", "kit.saved_view.deleted"]


@pytest.mark.parametrize("name", ["", "   ", "长" * 41, "\x00"])
def test_a_name_that_is_none_is_answered_in_words(client: Client, name: str) -> None:
    response = client.post(SAVE, {"name": name, "query": ""})
    assert response.status_code == 400
    assert "1 至 40 个字" in response.content.decode()


def test_a_taken_name_is_refused(office: Actor, now: datetime) -> None:
    saved_view_save(spec=UNITS, name="甲", query="", actor=office, now=now)
    view = saved_view_save(spec=UNITS, name="乙", query="", actor=office, now=now)
    with pytest.raises(BadInput, match="已有名为“甲”"):
        saved_view_rename(view=view, name="甲", actor=office, now=now)


def test_there_is_a_most(office: Actor, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_views, "MOST", 1)
    saved_view_save(spec=UNITS, name="甲", query="", actor=office, now=now)
    with pytest.raises(BadInput, match="最多保存 1 个"):
        saved_view_save(spec=UNITS, name="乙", query="", actor=office, now=now)


def test_a_list_one_may_not_view_keeps_no_views(office: Actor, now: datetime, client: Client) -> None:
    with pytest.raises(NotAllowed):
        saved_view_save(spec=HIDDEN, name="x", query="", actor=office, now=now)
    assert client.get("/lists/test.hidden/views/").status_code == 403
    assert client.get("/lists/no.such/views/").status_code == 404


@pytest.mark.parametrize(
    "back", ["//evil.example/x", "https://evil.example/", "javascript:x", "/\\evil.example"]
)
def test_the_way_back_stays_on_this_site(client: Client, world: World, back: str) -> None:
    response = client.post(SAVE, {"name": "x", "query": "", "back": back})
    assert response["Location"] == "/lists/test.unit/views/"


def test_saving_needs_a_post(client: Client) -> None:
    assert client.get(SAVE).status_code == 405

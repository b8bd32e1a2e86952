"""Statements of the pages and steps of documents: the same with few rows and with many."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext
from tests.documents.conftest import Draft
from tests.documents.test_official_pages import client
from tests.world import World

from zhize.apps.documents import services

pytestmark = pytest.mark.django_db


def _statements(world: World, django_connection: Any, key: str, url: str) -> int:
    signed_in = client(world, key)
    signed_in.get(url)
    with CaptureQueriesContext(django_connection) as seen:
        assert signed_in.get(url).status_code == 200
    return len(seen)


def test_pages_ask_the_database_no_more_with_more_rows(world: World, issued: Draft, draft: Draft) -> None:
    from django.db import connection

    document = issued(to=["zjj"])
    lists = [("office", "/papers/"), ("liaison", "/papers/received/"), ("office", "/papers/issuers/")]
    before = [_statements(world, connection, *one) for one in lists]
    detail = _statements(world, connection, "office", f"/papers/{document.pk}/")
    editor = _statements(world, connection, "office", f"/papers/{draft().pk}/edit/")
    wide = issued(to=["zjj", "gsj", "lz_office", "ts_office"])
    for _number in range(3):
        issued(to=["zjj"])
    assert [_statements(world, connection, *one) for one in lists] == before
    assert _statements(world, connection, "office", f"/papers/{wide.pk}/") == detail
    assert max(before) <= 12, before
    assert detail <= 15
    assert editor <= 15


def test_a_step_takes_few_statements(world: World, draft: Draft, now: datetime) -> None:
    from django.db import connection

    document, office = draft(to=["zjj", "gsj", "lz_office"]), world.actor("office")
    with CaptureQueriesContext(connection) as seen:
        services.official_update(
            document=document, data={"title": "关于方案的通知"}, version=1, actor=office, now=now
        )
    assert len([q for q in seen if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]) <= 12

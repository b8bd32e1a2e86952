"""Statements of every page a person can open: as recorded in statements.yaml, and no more of them with many rows.

A page whose number changes fails here. `pytest tests/perf/test_statements.py --record` writes the numbers anew; the
commit says why they changed. The pages are those of the permission matrix, each asked as somebody it opens to.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.perf.many import multiply
from tests.permissions.people import PLACES, ROLES
from tests.permissions.test_matrix import BACKEND, TABLE, arguments, expected
from tests.permissions.things import Things, standing
from zhize.kit.yaml_text import yaml_of

# How many a page takes is the code's doing, not the database's: counted once, on SQLite.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
RECORD = Path(__file__).parent / "statements.yaml"
KEPT: dict[str, int] = yaml_of(RECORD.read_text("utf-8")) if RECORD.exists() else {}
TIMES = 12
MOST = 15
TOTAL = 1  # a list that outgrows its page counts its rows
MORE = {  # pages that put together what several apps contribute, and why they may take more
    "portal:situation": 30,  # eight parts of two to four statements each, whatever the units and rows
    "portal:wall": 26,  # their totals
    "portal:brief": 41,  # the same, and what each part has to say, with the names of the units it says it of
    "portal:region | region": 48,  # the same, and the region's own rows and figures
    "regulations:clause | clause": 25,
}
Asked = tuple[str, tuple[str, str]]


def pages() -> Iterator[Asked]:
    """Row of the matrix → somebody whom the page opens to; the office first, its own place first."""
    order = ["staff", *(role for role in ROLES if role != "staff")]
    for row, cells in TABLE["rows"].items():
        asked = ((place, role) for place in PLACES for role in order)
        who = next((w for w in asked if "GET" in cells and expected(cells["GET"], *w) == 200), None)
        if who is not None:
            yield row, who


@pytest.fixture(scope="module")
def counted(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, tuple[int, int]]]:
    """Statements of every page with one of each thing, and with many."""
    with standing(django_db_blocker) as things:
        # Each page twice, since the first visitor pays for what is read once per process.
        few = [_statements(things) for _round in range(2)][1]
        multiply(list(things.by_key.values()), TIMES)
        many = _statements(things)
        yield {row: (few[row], many[row]) for row in few}


def _statements(things: Things) -> dict[str, int]:
    clients: dict[tuple[str, str], Client] = {}
    found = {}
    for row, who in pages():
        if who not in clients:
            clients[who] = Client()
            clients[who].force_login(things.people[who], BACKEND)
        client = clients[who]
        cookies = copy.deepcopy(client.cookies)
        name, _sep, key = row.partition(" | ")
        url = reverse(name, kwargs=arguments(name, things, key))
        number = _asked(client, url)
        # Work that falls due by the clock (a visit noted in the session) may fall on any page: one that differs is asked again.
        found[row] = number if number == KEPT.get(row) else min(number, _asked(client, url))
        client.cookies = cookies
    return found


def _asked(client: Client, url: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as seen:
        response = client.get(url)
        if response.streaming:
            list(response)  # type: ignore[call-overload]
    assert response.status_code == 200, url
    return sum("SAVEPOINT" not in q["sql"] for q in seen.captured_queries)


def test_no_page_takes_more_statements_with_many_rows(counted: dict[str, tuple[int, int]]) -> None:
    grown = {row: numbers for row, numbers in counted.items() if numbers[1] > numbers[0] + TOTAL}
    assert not grown, "\n".join(f"{row}: {few} → {many}" for row, (few, many) in grown.items())


def test_no_page_takes_more_than_its_kind_may(counted: dict[str, tuple[int, int]]) -> None:
    over = {row: many for row, (_few, many) in counted.items() if many > MORE.get(row, MOST)}
    assert not over


def test_the_numbers_are_those_recorded(
    counted: dict[str, tuple[int, int]], request: pytest.FixtureRequest
) -> None:
    now = {row: many for row, (_few, many) in sorted(counted.items())}
    if request.config.getoption("--record"):
        RECORD.write_text(yaml.safe_dump(now, allow_unicode=True, width=200), "utf-8")
    kept = yaml_of(RECORD.read_text("utf-8")) if request.config.getoption("--record") else KEPT
    changed = {
        row: f"{kept.get(row)} → {now.get(row)}"
        for row in kept.keys() | now.keys()
        if kept.get(row) != now.get(row)
    }
    assert not changed, "statements changed; record them anew with --record and say why:\n" + "\n".join(
        f"{row}: {words}" for row, words in sorted(changed.items())
    )

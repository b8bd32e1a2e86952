"""The situation page: every number leads to the rows it counts, sums stay in their scope, statements don't grow."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.portal.support import a_duty, a_year, listed, owe
from tests.world import World

from zhize.apps.orgs.models import Unit
from zhize.apps.regulations.models import Duty, Obligation
from zhize.apps.years.models import WorkYear

In = Callable[[str], Client]
STATUS = Obligation.Status
TODAY = date(2012, 3, 6)
LATE, SOON, FAR = TODAY - timedelta(days=3), TODAY + timedelta(days=3), date(2012, 11, 30)
pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def year(world: World) -> WorkYear:
    return a_year(world, "gs")


@pytest.fixture
def duty(world: World) -> Duty:
    return a_duty(world, "gs")


@pytest.fixture
def owed(world: World, year: WorkYear, duty: Duty) -> list[Obligation]:
    """省质监局: one done, one overdue, one far off, one waived; 省工商局: one done late; two cities: one overdue each."""
    zjj, gsj = world.unit["zjj"], world.unit["gsj"]
    return [
        owe(year, duty, zjj, 1, FAR, STATUS.DONE, done_on=date(2012, 3, 1)),
        owe(year, duty, zjj, 2, LATE),
        owe(year, duty, zjj, 3, FAR),
        owe(year, duty, zjj, 4, FAR, STATUS.WAIVED),
        owe(year, duty, gsj, 1, date(2012, 2, 1), STATUS.DONE, done_on=date(2012, 2, 9)),
        *(owe(year, duty, world.unit[key], 1, LATE) for key in ("lz_gov", "ts_gov")),
    ]


def page(client: Client, **query: Any) -> str:
    response = client.get(reverse("portal:situation"), query)
    assert response.status_code == 200
    return unescape(response.content.decode())


def row_of(html: str, name: str) -> str:
    return next(row for row in html.split("<tr>") if f">{name}</a>" in row)


def numbers(html: str) -> list[str]:
    cells = re.findall(r'<td class="num[^"]*">(.*?)</td>', html, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in cells]


def test_units_stand_in_official_order_with_owed_done_overdue_and_share(as_: In, owed: Any) -> None:
    html = page(as_("leader"))
    assert numbers(row_of(html, "省质监局")) == ["3", "1", "1", "33%"]
    assert numbers(row_of(html, "省工商局")) == ["1", "1", "0", "100%"]
    assert (
        html.index(">省推进质量振兴工作领导小组</a>")
        < html.index(">省质监局</a>")
        < html.index(">省工商局</a>")
    )
    assert ">兰州市</a>" not in html


def test_regions_have_their_own_table_and_the_tile_diagram(as_: In, owed: Any) -> None:
    html = page(as_("leader"), by="region")
    assert numbers(row_of(html, "兰州市")) == ["1", "0", "1", "0%"]
    assert 'aria-label="兰州 0%"' in html
    assert ">省质监局</a>" not in html


def test_clauses_list_the_duties_with_their_figures(as_: In, owed: Any, duty: Duty) -> None:
    html = page(as_("leader"), by="clause")
    assert numbers(row_of(html, duty.title)) == ["6", "2", "3", "33%"]


def test_every_number_leads_to_a_list_of_just_so_many(as_: In, owed: Any) -> None:
    client = as_("leader")
    seen = 0
    for by in ("unit", "region"):
        html = page(client, by=by)
        for address, words in re.findall(r'<a href="(/obligations/\?[^"]+)"[^>]*>(.*?)</a>', html, re.DOTALL):
            number = re.sub(r"<[^>]+>", "", words).strip()
            if number.isdigit():
                assert listed(client, address) == number, address
                seen += 1
    assert seen > 12


def test_a_years_sums_are_its_own(as_: In, world: World, owed: Any, duty: Duty) -> None:
    other = a_year(world, "gs", 2013)
    owe(other, duty, world.unit["zjj"], 9, FAR)
    client = as_("leader")
    assert numbers(row_of(page(client, year=other.pk), "省质监局")) == ["1", "0", "0", "0%"]
    assert numbers(row_of(page(client), "省质监局"))[0] == "3"
    assert numbers(row_of(page(client, year="nonsense"), "省质监局"))[0] == "3"


def test_nobody_is_shown_the_sums_of_another_jurisdiction(world: World, owed: Any) -> None:
    def signed_in(key: str) -> Client:
        client = Client()
        client.force_login(world.user[key], backend="django.contrib.auth.backends.ModelBackend")
        return client

    assert "33%" in page(signed_in("leader"))
    home = a_year(world, "lz")
    html = page(signed_in("sibling"))
    assert "33%" not in html and ">省质监局</a>" not in html
    assert "33%" not in page(signed_in("sibling"), year=owed[0].year_id)
    assert home.label in html


def test_the_sums_are_a_minute_old_at_most_and_say_so(
    as_: In, world: World, owed: Any, year: WorkYear, duty: Duty
) -> None:
    client = as_("leader")
    page(client)
    owe(year, duty, world.unit["zjj"], 5, FAR)
    assert numbers(row_of(page(client), "省质监局"))[0] == "3"
    assert numbers(row_of(page(client, fresh=1), "省质监局"))[0] == "4"
    assert numbers(row_of(page(client), "省质监局"))[0] == "4"
    assert "截至 2012-03-06" in page(client)


def test_the_three_administrators_are_told_why_not(as_: In) -> None:
    response = as_("sysadmin").get(reverse("portal:situation"))
    assert response.status_code == 403
    assert "总览供领导小组、办公室和成员单位使用" in response.content.decode()


def test_without_a_year_the_page_says_how_to_begin(as_: In) -> None:
    assert "还没有工作年度" in page(as_("leader"))


@pytest.mark.parametrize("by", ["unit", "region", "clause"])
def test_statements_do_not_grow_with_units_and_rows(
    as_: In, world: World, owed: Any, year: WorkYear, duty: Duty, by: str
) -> None:
    client = as_("leader")
    page(client, by=by)  # what is read once per process

    def statements() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as seen:
            page(client, by=by)
        return len(seen)

    def more(number: int) -> None:
        unit = Unit.objects.create(
            code=f"more-{number}", region=world.region["gs"], name=f"省某厅{number}", order=50 + number
        )
        for period in range(1, 6):
            owe(year, duty, unit, period, FAR)

    more(0)
    few = statements()
    for number in range(1, 21):
        more(number)
    assert statements() == few <= 30
    with CaptureQueriesContext(connection) as seen:
        page(client, by=by)
    assert len(seen) < few


def test_the_wall_shows_the_same_figures_and_no_navigation_and_asks_for_itself(as_: In, owed: Any) -> None:
    client = as_("leader")
    html = page(client)
    wall = unescape(client.get(reverse("portal:wall")).content.decode())
    assert re.findall(r"<dd>.*?</dd>", wall, re.DOTALL) == re.findall(r"<dd>.*?</dd>", html, re.DOTALL)
    assert "<nav" not in wall and "<table" not in wall
    assert 'hx-trigger="every 60s"' in wall

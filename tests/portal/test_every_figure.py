"""Every count on the situation page of a province, a prefecture and a county is a link to a page of exactly that many rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.perf.many import multiply
from tests.permissions.test_matrix import BACKEND
from tests.permissions.things import NOW, Things, standing
from tests.portal.support import a_duty, a_year, owe

from zhize.apps.orgs.models import Region, Unit
from zhize.apps.orgs.selectors import actor_of, hats_of
from zhize.apps.portal.selectors import roll_up
from zhize.apps.portal.selectors.brief import brief
from zhize.apps.regulations.models import Obligation
from zhize.apps.years.models import WorkYear
from zhize.kit.contributions import Figure

pytestmark = pytest.mark.django_db
PLACES = ("parent", "own", "child")
COUNT = re.compile(r"[\d,]+")
SUM = re.compile(r"([\d,]+) (?:件|项)$")
# Pages that are no list say how many rows they show in a sentence or a table of their own.
ROWS = (
    ("/metrics/attainment/", r"只列总览所数的 (\d+) 个目标"),
    ("/assessment/rounds/", r"的对象，共 (\d+) 个"),
    ("", r'class="page-number">([\d,]+)'),
)
Told = list[tuple[str, Figure]]


@pytest.fixture(scope="module")
def things(django_db_setup: None, django_db_blocker: Any) -> Iterator[Things]:
    """Several of each thing of every app."""
    with standing(django_db_blocker) as made:
        multiply(list(made.by_key.values()), 3)
        _county(made)
        yield made


def _county(made: Things) -> None:
    """城关区 has a year and a duty of its own: one done, one overdue."""
    year, duty, office = a_year(made.world, "cg"), a_duty(made.world, "cg"), made.world.unit["cg_office"]
    owe(year, duty, office, 1, NOW.date(), Obligation.Status.DONE, done_on=NOW.date())
    owe(year, duty, office, 2, NOW.date() - timedelta(days=9))


def figures_of(things: Things, place: str) -> Told:
    """What the page of this place's leader (its office where it has none) shows, by part and table."""
    user = things.people[place, "leader"]
    actor = actor_of(user, hats_of(user, NOW.date())[0], request_id="test")
    year = WorkYear.objects.visible_to(actor).order_by("-starts_on").first()
    if year is None:
        return []
    told: Told = []
    for part in roll_up(actor, year, NOW, fresh=True).parts:
        one = part.found
        tables: Mapping[str, Any] = {
            "totals": {0: one.totals}, "unit": one.by_unit, "region": one.by_region, "duty": one.by_duty,
        }  # fmt: skip
        told += [
            (f"{part.key} {table}", figure)
            for table, rows in tables.items()
            for figures in rows.values()
            for figure in figures
            if COUNT.fullmatch(figure.number) and figure.number != "0"
        ]
    return told


def rows_behind(client: Client, address: str) -> str:
    html = client.get(address, follow=True).content.decode()
    pattern = next(pattern for start, pattern in ROWS if address.startswith(start))
    found = re.search(pattern, html)
    return found[1] if found else f"no count on {address}"


@pytest.mark.parametrize("place", PLACES)
def test_every_count_opens_exactly_as_many_rows(things: Things, place: str) -> None:
    client = Client()
    client.force_login(things.people[place, "leader"], BACKEND)
    told = figures_of(things, place)
    bare = [(where, str(one.label), one.number) for where, one in told if not one.url]
    assert not bare
    wrong = [
        (where, str(one.label), one.number, rows, one.url)
        for where, one in told
        if (rows := rows_behind(client, one.url)) != one.number
    ]
    assert not wrong, "\n".join(map(str, wrong))


def sums_of(things: Things, place: str) -> list[tuple[str, str, str]]:
    """The sums of the week on the leader's page and on each region's sheet: words, number, address."""
    user = things.people[place, "leader"]
    actor = actor_of(user, hats_of(user, NOW.date())[0], request_id="test")
    year = WorkYear.objects.visible_to(actor).order_by("-starts_on").first()
    if year is None:
        return []
    sheets = [brief(actor, year, NOW.date())]
    for region in Region.objects.system("test").filter(parent_id=actor.region_id):
        ids = tuple(Unit.objects.system("test").filter(region=region).values_list("pk", flat=True))
        sheets.append(brief(actor, year, NOW.date(), ids or (0,), region.code))
    found = [(line, SUM.search(line.words)) for sheet in sheets for line in sheet.changed]
    return [(line.words, number[1], line.url) for line, number in found if number]


@pytest.mark.parametrize("place", PLACES)
def test_every_sum_of_the_week_opens_what_it_sums_up(things: Things, place: str) -> None:
    client = Client()
    client.force_login(things.people[place, "leader"], BACKEND)
    told = sums_of(things, place)
    wrong = [(*one, rows) for one in told if one[2] and (rows := rows_behind(client, one[2])) != one[1]]
    assert not wrong, "\n".join(map(str, wrong))


def test_the_leaders_pages_have_sums_of_several_apps(things: Things) -> None:
    words = {re.sub(r"\d+", "", one[0]) for place in PLACES for one in sums_of(things, place) if one[2]}
    assert len(words) > 2, words


def test_the_county_has_its_own(things: Things) -> None:
    assert {figure.number for where, figure in figures_of(things, "child") if "obligations" in where} == {
        "1",
        "2",
    }


def test_the_three_pages_have_counts_of_every_part_that_counts(things: Things) -> None:
    seen = {where.split(" ")[0] for place in PLACES for where, _figure in figures_of(things, place)}
    assert {"obligations", "plans", "tasks", "registers", "matters"} <= seen, seen

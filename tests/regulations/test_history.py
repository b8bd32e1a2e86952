"""历年履职: sums over years of a duty, a unit and a clause, each number leading to exactly its rows."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from tests.regulations.conftest import Owe, SignIn
from tests.world import World

from zhize.apps.regulations import selectors
from zhize.apps.regulations.models import Obligation
from zhize.apps.years.models import WorkYear


@pytest.fixture
def two_years(world: World, owe: Owe) -> Obligation:
    """A duty of 2012 and, of 2011, one settled late by 省质监局 and one nobody settled by 省工商局."""
    this = owe("zjj", sources=[])
    before = WorkYear.objects.create(
        jurisdiction=world.jurisdiction["gs"], label="2011年", starts_on=date(2011, 1, 1),
        ends_on=date(2011, 12, 31), state="closed",
    )  # fmt: skip
    for unit, status, done in (("zjj", "done", date(2011, 5, 1)), ("gsj", "open", None)):
        Obligation.objects.create(
            jurisdiction=this.jurisdiction, year=before, duty=this.duty, unit=world.unit[unit],
            period_label="2011年", period_start=date(2011, 1, 1), period_end=date(2011, 12, 31),
            due_on=date(2011, 3, 1), status=status, done_on=done,
        )  # fmt: skip
    return this


def test_a_duty_shows_what_became_of_it_in_each_year(
    world: World, two_years: Obligation, now: datetime
) -> None:
    found = selectors.history_of(world.actor("office"), now.date(), duty_ids=[two_years.duty_id])
    assert [y.label for y in found] == ["2012年度", "2011年"]
    assert (found[1].cell.owed, found[1].cell.lights, found[1].left, found[1].share) == (
        2, {"done_late": 1, "overdue": 1}, 1, 50,
    )  # fmt: skip


def test_a_unit_shows_its_own_years_only(world: World, two_years: Obligation, now: datetime) -> None:
    found = selectors.history_of(world.actor("office"), now.date(), unit_id=world.unit["gsj"].pk)
    assert [(y.label, y.left, y.share) for y in found] == [("2011年", 1, 0)]


def test_each_number_leads_to_exactly_the_rows_it_counts(two_years: Obligation, sign_in: SignIn) -> None:
    person = sign_in("office")
    page = person.get(f"/duties/{two_years.duty_id}/").content.decode()
    part = page[page.index("历年履职") :]
    links = re.findall(r'href="(/obligations/\?[^"]+)">(\d+)<', part)
    assert len(links) == 5  # owed and left of both years, settled late of the former
    for address, number in links:
        listed = person.get(address.replace("&amp;", "&")).content.decode()
        assert listed.count("data-href") == int(number), address


def test_a_single_year_is_no_history(world: World, owe: Owe, sign_in: SignIn) -> None:
    obligation = owe("zjj", sources=[])
    assert "历年履职" not in sign_in("office").get(f"/duties/{obligation.duty_id}/").content.decode()

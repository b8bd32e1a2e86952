"""One person may serve the office and a member: what that member hands in, somebody else judges."""

from __future__ import annotations

from datetime import date

import pytest
from tests.world import SINCE, World

from zhize.apps.orgs.models import Post
from zhize.apps.regulations.models import Duty, Obligation
from zhize.apps.regulations.policies import may_decide, may_waive
from zhize.apps.years.models import WorkYear


@pytest.fixture
def obligation(world: World) -> Obligation:
    """省质监局 owes something of 2012."""
    gs, zjj = world.jurisdiction["gs"], world.unit["zjj"]
    year = WorkYear.objects.create(
        jurisdiction=gs, label="2012年", starts_on=date(2012, 1, 1), ends_on=date(2012, 12, 31), state="open"
    )
    duty = Duty.objects.create(jurisdiction=gs, code="3.3#1", title="总结", text="总结", nature="periodic")
    return Obligation.objects.create(
        jurisdiction=gs, year=year, duty=duty, unit=zjj, period_label="2012年",
        period_start=year.starts_on, period_end=year.ends_on,
    )  # fmt: skip


def _also_serves(world: World, who: str, until: date | None = None) -> None:
    Post.objects.create(
        user=world.user[who], unit=world.unit["zjj"], jurisdiction=world.jurisdiction["gs"], role="clerk",
        title="经办人", starts_on=SINCE, ends_on=until,
    )  # fmt: skip


def test_the_office_judges_what_a_member_hands_in(world: World, obligation: Obligation) -> None:
    assert may_decide(world.actor("office"), obligation)
    assert may_waive(world.actor("director"), obligation)


@pytest.mark.parametrize("until", [None, date(2012, 1, 31)])
def test_who_serves_the_member_too_judges_under_no_hat(
    world: World, obligation: Obligation, until: date | None
) -> None:
    office, director = world.actor("office"), world.actor("director")
    for who in ("office", "director"):
        _also_serves(world, who, until)
    assert not may_decide(office, obligation)
    assert not may_waive(director, obligation)


def test_who_left_the_member_before_the_period_judges(world: World, obligation: Obligation) -> None:
    _also_serves(world, "office", date(2011, 12, 31))
    assert may_decide(world.actor("office"), obligation)

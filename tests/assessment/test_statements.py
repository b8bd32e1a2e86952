"""Statements do not grow with the objects, nor with the marks saved at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.assessment.conftest import DECEMBER, NOVEMBER, Play
from tests.assessment.test_pages import go
from tests.world import World

from zhize.apps.assessment import services
from zhize.apps.assessment.models import Entry
from zhize.apps.assessment.selectors import Edition
from zhize.apps.orgs.models import Membership, Region, Unit
from zhize.apps.years.models import WorkYear

As = Callable[..., Client]


def more_objects(world: World, number: int) -> None:
    """So many further prefectures to assess."""
    for n in range(number):
        region = Region.objects.create(
            code=f"69{n:04}", name=f"第{n}市", short=f"第{n}", level="prefecture", parent=world.region["gs"], order=50 + n
        )  # fmt: skip
        unit = Unit.objects.create(
            code=f"more-{n}", region=region, name=f"第{n}市人民政府", kind="government", order=1
        )
        Membership.objects.create(
            jurisdiction=world.jurisdiction["gs"], unit=unit, capacity="assessed", order=50 + n, valid_from=date(2011, 1, 1)
        )  # fmt: skip


def statements(client: Client, name: str, *args: int, **query: str) -> int:
    go(client, name, *args, **query)
    with CaptureQueriesContext(connection) as seen:
        go(client, name, *args, **query)
    return len(seen)


def test_statements_do_not_grow_with_the_objects(
    world: World, as_: As, year: WorkYear, edition: Edition, office: Any
) -> None:
    counts = []
    for extra in (0, 12):
        more_objects(world, extra)
        made = services.round_create(
            year=year, title=f"考核{extra}", edition=edition, cut_off_on=date(2012, 11, 30), self_due_on=date(2012, 12, 5),
            actor=office, now=NOVEMBER,
        )  # fmt: skip
        play = Play(world, made)
        play.move("open", "check")
        play.check("lz", "work", {"actual": 4, "target": 4})
        with CaptureQueriesContext(connection) as seen:
            play.compute()
        computing = len(seen)
        client = as_("office")
        pages = [
            statements(client, "rounds"),
            statements(client, "round", made.pk),
            statements(client, "criterion", made.pk, code="work"),
            statements(client, "object", play.row("lz").pk),
            statements(client, "accounts"),
        ]
        counts.append([computing, *pages])
    assert counts[0] == counts[1]
    compute, listed, round_page, criterion, object_page, _accounts = counts[0]
    assert listed <= 12 and object_page <= 20 and compute <= 20
    assert round_page <= 20 and criterion <= 20, counts


@pytest.mark.parametrize("number", [2, 12])
def test_marking_many_takes_a_fixed_number_of_statements(
    world: World, year: WorkYear, edition: Edition, office: Any, number: int
) -> None:
    more_objects(world, number)
    made = services.round_create(
        year=year, title="考核", edition=edition, cut_off_on=date(2012, 11, 30), self_due_on=date(2012, 12, 5), actor=office, now=NOVEMBER,
    )  # fmt: skip
    Play(world, made).move("open", "check")
    entries = Entry.objects.system("test").filter(assessed__round=made, code="work")
    marks = [services.Mark(one.pk, {"actual": 3, "target": 4}, "", one.version) for one in entries]
    with CaptureQueriesContext(connection) as seen:
        services.marks_save(round_=made, marks=marks, actor=office, now=DECEMBER)
    assert len(seen) <= 14, [q["sql"][:90] for q in seen.captured_queries]

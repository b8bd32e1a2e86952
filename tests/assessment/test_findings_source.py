"""Problems of on-site checks as a source: each is deducted, by item; who was not checked stays open."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest
from tests.assessment.conftest import BODY, NOVEMBER, Play
from tests.world import World

from zhize.apps.assessment import mapping
from zhize.apps.assessment.selectors.collecting import collect
from zhize.apps.inspection.models import CheckedPlace, Finding, InspectedUnit, Inspection

pytestmark = pytest.mark.django_db


def scheme(*codes: str) -> Any:
    """The small scheme with a criterion “每个问题扣0.5分” that names these items."""
    body = copy.deepcopy(BODY)
    leaf = body["blocks"][1]["children"][1]
    leaf |= {
        "method": {"kind": "deduction", "per": "0.5"},
        "source": {"kind": "findings", "codes": list(codes)},
    }
    return mapping.edition_body(body)[0]


@pytest.fixture
def checked(world: World, play: Play) -> InspectedUnit:
    """兰州市 checked in October with problems about two items, one of them only listed; 天水市 not checked."""
    inspection = Inspection.objects.create(
        jurisdiction=world.jurisdiction["gs"], year=play.round.year, title="核查", basis="演示", state="announced",
        period_start=date(2012, 1, 1), period_end=date(2012, 9, 30), starts_on=date(2012, 10, 1), ends_on=date(2012, 10, 5),
        created_at=NOVEMBER,
    )  # fmt: skip
    row = InspectedUnit.objects.create(inspection=inspection, unit=world.unit["lz_gov"])
    CheckedPlace.objects.create(
        checked=row, origin="named", name="市质监局", state="signed", visited_on=date(2012, 10, 2)
    )
    for item, state, day in (
        ("会议", "sent", date(2012, 10, 2)), ("会议", "fixed", date(2012, 10, 3)), ("台账", "unfixed", date(2012, 10, 3)),
        ("会议", "listed", date(2012, 10, 3)), ("会议", "sent", date(2013, 1, 2)),
    ):  # fmt: skip
        Finding.objects.create(
            checked=row, item_name=item, words=f"{item}不全", state=state, found_on=day, by="演示"
        )
    return row


@pytest.mark.parametrize(
    ("codes", "count"), [(("会议",), "2"), (("全部",), "3"), (("台账", "会议"), "3"), (("计划",), "0")]
)
def test_problems_sent_out_by_the_cut_off_are_counted_by_item(
    play: Play, checked: InspectedUnit, codes: tuple[str, ...], count: str
) -> None:
    found = collect(play.round, scheme(*codes), [play.row("lz"), play.row("ts")])
    mine = found[play.row("lz").pk, "campaign"]
    assert mine.facts == {"count": count} and len(mine.sources) == int(count)
    assert all(one["ref"].startswith("inspection.finding:") for one in mine.sources)
    assert (play.row("ts").pk, "campaign") not in found


def test_a_source_that_names_no_item_is_entered_by_hand(play: Play, checked: InspectedUnit) -> None:
    assert (play.row("lz").pk, "campaign") not in collect(play.round, scheme(), [play.row("lz")])

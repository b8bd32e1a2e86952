"""取数: counted, rolled up from regions, worked out by formula."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from tests.metrics.conftest import BATCHES, PASSED, RATE, SETTLED, Enter
from tests.world import World

from zhize.apps.metrics import services
from zhize.apps.metrics.models import Card, Observation
from zhize.apps.regulations.models import Duty, Obligation
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed

pytestmark = pytest.mark.django_db
YEAR = (date(2012, 1, 1), date(2012, 12, 31))


def all_of(card: Card) -> list[Observation]:
    return list(Observation.objects.system("test").filter(card=card).order_by("period_start", "pk"))


def test_collecting_counts_rolls_up_and_works_out_formulas(
    world: World, enter: Enter, cards: dict[str, Card], year: WorkYear, office: Actor, now: datetime
) -> None:
    for place, batches, passed in (("lz", "100", "81"), ("ts", "20", "19")):
        enter(BATCHES, "2012年第一季度", place, batches)
        enter(PASSED, "2012年第一季度", place, passed)
    gs = world.jurisdiction["gs"]
    services.metrics_collect(jurisdiction=gs, year=year, on=date(2012, 3, 31), actor=office, now=now)
    rates = {row.region_id: row for row in all_of(cards[RATE])}
    assert rates[world.region["lz"].pk].value == Decimal(81)
    whole = rates[world.region["gs"].pk]
    assert (whole.numerator, whole.denominator, whole.state) == (100, 120, "final")
    assert str(whole.value).startswith("83.3333")
    again = services.metrics_collect(jurisdiction=gs, year=year, on=date(2012, 3, 31), actor=office, now=now)
    assert (again.added, again.changed) == (0, 0)


def test_a_whole_without_all_its_regions_is_provisional_and_names_them(
    world: World, enter: Enter, cards: dict[str, Card], year: WorkYear, office: Actor, now: datetime
) -> None:
    enter(BATCHES, "2012年第一季度", "lz", "100")
    services.metrics_collect(
        jurisdiction=world.jurisdiction["gs"], year=year, on=date(2012, 3, 31), actor=office, now=now
    )
    whole = next(row for row in all_of(cards[BATCHES]) if row.region_id == world.region["gs"].pk)
    assert (whole.value, whole.state) == (100, "provisional") and "缺 1 个：天水" in whole.note


def test_an_entered_whole_is_not_overwritten_by_a_roll_up(
    world: World, enter: Enter, cards: dict[str, Card], year: WorkYear, office: Actor, now: datetime
) -> None:
    enter(BATCHES, "2012年第一季度", "lz", "100")
    own = enter(BATCHES, "2012年第一季度", None, "1339")
    services.metrics_collect(
        jurisdiction=world.jurisdiction["gs"], year=year, on=date(2012, 3, 31), actor=office, now=now
    )
    own.refresh_from_db()
    assert own.value == 1339


def test_obligations_settled_in_time_are_counted_by_unit_and_as_a_whole(
    world: World, cards: dict[str, Card], year: WorkYear, office: Actor, now: datetime
) -> None:
    gs = world.jurisdiction["gs"]
    duty = Duty.objects.create(
        jurisdiction=gs, code="1#1", title="报告", text="报告。", kind="report", nature="periodic"
    )
    done = {"status": "done", "done_on": date(2012, 2, 1)}
    rows = [("zjj", done), ("gsj", {"status": "done", "done_on": date(2012, 3, 2)}), ("lz_gov", {"status": "open"}), ("ts_gov", {"status": "waived"})]  # fmt: skip
    for unit, state in rows:
        Obligation.objects.create(
            jurisdiction=gs, year=year, duty=duty, unit=world.unit[unit], period_label="2012年", period_start=YEAR[0],
            period_end=YEAR[1], due_on=date(2012, 3, 1), **state,
        )  # fmt: skip
    services.metrics_collect(jurisdiction=gs, year=year, on=date(2012, 3, 5), actor=office, now=now)
    found = {(row.region_id, row.unit_id): row for row in all_of(cards[SETTLED])}
    whole = found[world.region["gs"].pk, None]
    assert (whole.numerator, whole.denominator, whole.state) == (1, 3, "provisional")
    assert found[None, world.unit["zjj"].pk].value == 100 and found[None, world.unit["gsj"].pk].value == 0
    assert found[world.region["lz"].pk, None].value == 0
    assert (world.region["ts"].pk, None) not in found
    assert whole.source_url.startswith("/obligations/?due_on_from=2012-01-01")


def test_a_day_outside_the_year_is_refused(
    world: World, year: WorkYear, office: Actor, now: datetime
) -> None:
    with pytest.raises(BadInput, match="不在"):
        services.metrics_collect(
            jurisdiction=world.jurisdiction["gs"], year=year, on=date(2013, 1, 1), actor=office, now=now
        )
    with pytest.raises(NotAllowed):
        services.metrics_collect(
            jurisdiction=world.jurisdiction["gs"],
            year=year,
            on=date(2012, 1, 1),
            actor=world.actor("liaison"),
            now=now,
        )

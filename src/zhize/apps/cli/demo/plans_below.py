"""March and April: the prefectures. 兰州 plans at home with its own departments and hands its plan up; the others write
theirs for the province's call; some are late, one is still being read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from zhize.apps.cli.demo import plan_steps as steps
from zhize.apps.cli.demo.below import home
from zhize.apps.cli.demo.stage import Stage, actor, at, liaison_of, read_yaml, unit
from zhize.apps.orgs.models import Membership, Unit
from zhize.apps.requests.models import Call
from zhize.apps.work import services
from zhize.apps.work.models import Plan
from zhize.apps.work.selectors.plans import items_of

CITY = "620100"
LEADER = "市领导小组组长（演示）"
LOCAL_DUTY = "4.1#1"
Rows = Sequence[Mapping[str, Any]]


def play(stage: Stage) -> None:
    """The province calls on 28 February; every prefecture hands its scheme in through its office."""
    desk = steps.Desk(stage, "gs-office", "gs-office-director")
    data = read_yaml(stage.folder / "plan_items.yaml")
    places = _places(stage)
    call = steps.call_out(
        desk, "征集各市州2012年度质量振兴工作方案", places, date(2012, 2, 28), date(2012, 3, 30), "2.2#1"
    )
    whole = _at_home(stage, data["lanzhou"])
    for number, place in enumerate(places):
        day = _day(number)
        if place.region.code == CITY:
            _handed_up(desk, call, place, whole, day)
        else:
            _written(desk, call, place, data["regions"], day, read=number != len(places) - 1)


def _day(number: int) -> date:
    """The nth working day from 19 March on; the last four come after the date, behind the holiday of early April."""
    march = [date(2012, 3, day) for day in (19, 20, 21, 22, 23, 26, 27, 28, 29, 30)]
    late = [date(2012, 4, day) for day in (5, 6, 9, 10)]
    return [*march, *late][number % 14]


def _places(stage: Stage) -> list[Unit]:
    rows = Membership.objects.system("demonstration").filter(
        jurisdiction=stage.jurisdiction, capacity=Membership.Capacity.ASSESSED
    )
    units = Unit.objects.system("demonstration").filter(pk__in=rows.values("unit_id"))
    return list(units.select_related("region").order_by("region__order", "pk"))


def _at_home(stage: Stage, rows: Mapping[str, Rows]) -> Plan:
    """兰州: the same way with its own people, each item carrying one of the province's."""
    own = home(stage, "lz")
    desk = steps.Desk(own, "lz-office", "lz-office-director")
    call = steps.call_out(
        desk,
        "征集2012年度质量振兴工作计划",
        [unit(key) for key in rows],
        date(2012, 3, 1),
        date(2012, 3, 9),
        "1.1#1",
    )
    for number, key in enumerate(rows):
        lead, day = unit(key), date(2012, 3, 6) + timedelta(days=number)
        username = liaison_of([lead.pk], day)
        assert username is not None, f"nobody writes for {key}"
        plan = steps.written(steps.request_of(call, lead.pk), username, lead, rows[key], day)
        steps.handed_in(plan, username, day)
        steps.accepted(desk, plan, day + timedelta(days=1))
    day = date(2012, 3, 12)
    office = actor(desk.staff, day)
    whole = services.plan_consolidate(year=own.year, actor=office, now=at(day))
    services.plan_items_take(plan=whole, source_ids=None, actor=office, now=at(day))
    steps.in_parts(desk, whole, day)
    steps.approved(desk, whole, LEADER, date(2012, 3, 13))
    steps.issued(desk, whole, LEADER, date(2012, 3, 20))
    return whole


def _handed_up(desk: steps.Desk, call: Call, place: Unit, whole: Plan, day: date) -> None:
    """What the city issued at home goes up as it stands; the province sees this, not the city's working pages."""
    day = max(day, date(2012, 3, 23))
    office = actor("lz-office", day)
    plan = services.plan_open(request=steps.request_of(call, place.pk), actor=office, now=at(day))
    services.plan_items_copy(plan=plan, source=whole, actor=office, now=at(day))
    for item in items_of(plan):
        services.plan_item_update(
            thing=item, data={"duty_codes": LOCAL_DUTY}, version=None, actor=office, now=at(day, 14)
        )
    steps.handed_in(plan, "lz-office", day)
    steps.accepted(desk, plan, day + timedelta(days=3))


def _written(desk: steps.Desk, call: Call, place: Unit, rows: Rows, day: date, *, read: bool) -> None:
    """A scheme written for the call, under the hat that answers for the government."""
    through = place.answers_through
    assert through is not None
    username = liaison_of([place.pk, through.pk], day)
    if username is None:
        return
    plan = steps.written(steps.request_of(call, place.pk), username, through, rows, day - timedelta(days=2))
    steps.handed_in(plan, username, day)
    if read:
        steps.accepted(desk, plan, day + timedelta(days=4))

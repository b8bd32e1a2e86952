"""What the office of each place drew up: a joint conference held in February, the plan in draft, targets (演示数据)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from decimal import Decimal

from django.db.models import Model

from zhize.apps.cli.demo.nation.chance import Chance
from zhize.apps.cli.demo.nation.figures import BELOW, YEARS, number_of
from zhize.apps.cli.demo.nation.shape import Place
from zhize.apps.cli.demo.nation.tasks import SUBJECTS
from zhize.apps.cli.demo.stage import at
from zhize.apps.metrics.models import Card, Target
from zhize.apps.orgs.models import Region
from zhize.apps.work.models import Conference, ConferenceUnit, Plan, PlanItem

HELD = date(2012, 2, 3)
ITEMS = {Region.Level.PROVINCE: 10, Region.Level.PREFECTURE: 8, Region.Level.COUNTY: 5}
PART = PlanItem.Part
# Of the subjects of tasks, in their order.
PARTS = (
    PART.PRODUCT, PART.PRODUCT, PART.ENGINEERING, PART.SERVICE, PART.FOUNDATION,
    PART.PRODUCT, PART.PRODUCT, PART.FOUNDATION, PART.SERVICE, PART.PRODUCT,
)  # fmt: skip
REPLY = ConferenceUnit.Reply


def conferences(places: Sequence[Place], chance: Chance) -> Iterator[Sequence[Model]]:
    """Held before tasks are handed out, so that what it decided can be among them."""
    for place in places:
        place.conference = _conference(place)
    yield [place.conference for place in places]
    yield [row for place in places for row in _attendance(place, chance)]


def _conference(place: Place) -> Conference:
    return Conference(
        jurisdiction=place.jurisdiction, year=place.year, title=f"2012年{place.name}质量工作联席会议", held_on=HELD,
        begins=time(9), place="政府会议室", chair=f"副{place.name[-1]}长", agenda="通报上年质量状况\n研究2012年重点工作",
        product="监督抽查批次合格率总体平稳，建材、农资类产品偏低（演示数据）。", engineering="在建工程质量受控，农村建房监督力量不足（演示数据）。",
        service="旅游和交通运输服务投诉有所下降（演示数据）。", environment="空气质量优良天数略增，部分断面水质需重点治理（演示数据）。",
        record="会议研究了2012年质量工作重点，明确了责任单位和时限。（演示数据）", state=Conference.State.HELD,
        called_at=at(HELD - timedelta(days=10)), created_at=at(HELD - timedelta(days=18)),
    )  # fmt: skip


def _attendance(place: Place, chance: Chance) -> Iterator[ConferenceUnit]:
    """All members, of twenty one excused."""
    by, answered = f"{place.name}办公室（演示）", HELD - timedelta(days=7)
    for order, unit in enumerate(place.members, 1):
        row = ConferenceUnit(
            conference=place.conference, unit=unit, order=order, reply=REPLY.WILL, attendee="分管负责人（演示）",
            replied_at=at(answered), replied_by=f"{unit.name[:60]}联络员（演示）", attended=True,
        )  # fmt: skip
        if not chance.below(20, "excused", unit.code):
            row.reply, row.attendee, row.note, row.attended = REPLY.LEAVE, "", "与上级会议时间冲突", False
            row.leave, row.leave_by = ConferenceUnit.Leave.GRANTED, by
            row.leave_at = at(answered + timedelta(days=1))
        yield row


def plans(places: Sequence[Place], chance: Chance) -> Iterator[Sequence[Model]]:
    """The year's plan as the office is drafting it."""
    own = [(place, _plan(place)) for place in places]
    yield [plan for _place, plan in own]
    yield [
        PlanItem(
            plan=plan, order=(n + 1) * 10, part=PARTS[n], title=SUBJECTS[n], goal="按期完成，有数据、有结果。",
            measure="按季安排，公布结果，跟踪整改。", due_on=date(2012, 6 + n % 6, 25),
            lead_unit=chance.of(place.members, "item", place.code, n),
        )
        for place, plan in own
        for n in range(ITEMS[Region.Level(place.level)])
    ]  # fmt: skip


def _plan(place: Place) -> Plan:
    return Plan(
        jurisdiction=place.jurisdiction, year=place.year, unit=place.office, level=Plan.Level.CONSOLIDATED,
        title=f"{place.name}2012年质量工作计划", overview="围绕产品、工程、服务和环境质量安排全年工作。（演示数据）",
        created_at=at(date(2012, 4, 5)),
    )  # fmt: skip


def targets(places: Sequence[Place], these: Sequence[Card], chance: Chance) -> Iterator[Sequence[Model]]:
    """What some of the cards should reach this year, for the place itself and for those right below."""
    risen = [card for card in these if card.direction == Card.Direction.HIGHER][:BELOW]
    yield [
        _target(place, of, card, chance) for place in places for of in (place, *place.below) for card in risen
    ]


def _target(owner: Place, of: Place, card: Card, chance: Chance) -> Target:
    base = number_of(of, card, YEARS[-1], chance)
    return Target(
        jurisdiction=owner.jurisdiction, year=owner.year, card=card, region=of.region,
        value=base + Decimal(5 + chance.below(20, "target", of.code, card.code)), base=base, base_label=f"{YEARS[-1]}年",
        document="2012年质量工作要点（演示数据）", is_demo=True,
    )  # fmt: skip

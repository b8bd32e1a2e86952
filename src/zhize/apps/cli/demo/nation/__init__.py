"""`zhize demo --scale nation` (演示数据): 31 provinces, 333 prefectures and 2,800 counties in April 2012, written as sets.

One province after the other: each is one entry in its own chain with the row file of everything below it, and no more of
it is held than a prefecture with its counties. The rows are such as services leave behind (`tests/cli/test_nation.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db.models import Model

from zhize.apps.cli.demo.nation.asked import asked
from zhize.apps.cli.demo.nation.chance import Chance
from zhize.apps.cli.demo.nation.figures import cards, figures
from zhize.apps.cli.demo.nation.frame import frame
from zhize.apps.cli.demo.nation.office import conferences, plans, targets
from zhize.apps.cli.demo.nation.register import register
from zhize.apps.cli.demo.nation.shape import NATION, PROVINCE, Place, Scale, provinces
from zhize.apps.cli.demo.nation.tasks import tasks
from zhize.apps.cli.demo.stage import at
from zhize.apps.metrics.models import Card
from zhize.apps.metrics.services import cards_load
from zhize.apps.orgs.models import Programme
from zhize.apps.orgs.services import demo_rows_load
from zhize.apps.orgs.services.regions import programme_create
from zhize.apps.orgs.sign_in.demo import demo_password
from zhize.apps.years import selectors as years
from zhize.apps.years import services as year_services
from zhize.core.kernel.workdays import WorkCalendar
from zhize.kit import clock
from zhize.kit.actor import system_actor

TODAY = date(2012, 4, 16)
SYSTEM = system_actor("装载演示数据")
__all__ = ["NATION", "PROVINCE", "TODAY", "Scale", "nation_load"]


@dataclass(frozen=True, slots=True)
class Common:
    """What all provinces share."""

    programme: Programme
    password: str
    calendar: WorkCalendar
    cards: list[Card]
    chance: Chance


def nation_load(
    scale: Scale = NATION, *, seed: int = 2012, say: Callable[[str], None] = lambda words: None
) -> Counter[str]:
    """Fills an empty database and holds it on 16 April 2012; gives rows by kind.

    The folder is marked as a demonstration first, and each province is written whole or not at all: what was broken off
    can never be taken for real data, and no transaction grows beyond a province.
    """
    clock.hold_at(TODAY)
    now, total = at(TODAY), Counter[str]()
    cards_load(actor=SYSTEM, now=now)
    year_services.calendar_load(first=2011, last=2026, actor=SYSTEM, now=now)
    programme = programme_create(data={"code": "quality", "name": "质量工作"}, actor=SYSTEM, now=now)
    common = Common(
        programme, make_password(demo_password()), years.calendar((2012, 2013)), cards(), Chance(seed)
    )
    for number, top in enumerate(provinces(scale), 1):
        counts = demo_rows_load(
            sets=_province(top, common), note=f"{top.name}及所辖地区（演示数据，种子{seed}）",
            jurisdiction_code=f"{top.key}-{programme.code}", actor=SYSTEM, now=now,
        )  # fmt: skip
        total.update(counts)
        say(f"{number}/{scale.provinces} {top.name}：{len(top.below)} 个下级，{sum(counts.values()):,} 行")
        top.below.clear()
    return total


def _province(top: Place, common: Common) -> Iterator[Sequence[Model]]:
    """The frame of the province and of its prefectures; then its year, and prefecture after prefecture with its counties."""
    yield from frame([top], common.programme, common.password)
    yield from frame(top.below, common.programme, common.password)
    yield from _year([top], common)
    for place in top.below:
        if place.below:
            yield from frame(place.below, common.programme, common.password)
        yield from _year([place], common)
        yield from _year(place.below, common)
        place.below, place.members, place.owed = [], [], []


def _year(places: Sequence[Place], common: Common) -> Iterator[Sequence[Model]]:
    yield from register(places, common.calendar)
    yield from asked(places, common.chance, TODAY, common.calendar)
    yield from conferences(places, common.chance)
    yield from tasks(places, common.chance, TODAY)
    yield from plans(places, common.chance)
    yield from figures(places, common.cards, common.chance)
    yield from targets(places, common.cards, common.chance)

"""A form for several regions in tests: 兰州's counties, asked, filled in, and what became of it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from tests.metrics.conftest import BATCHES, PASSED
from tests.world import World

from zhize.apps.metrics import services
from zhize.apps.metrics.models import Card, CellKey, Collection, Observation
from zhize.apps.metrics.services import Written
from zhize.apps.orgs.models import Region
from zhize.apps.requests.models import UnitRequest
from zhize.apps.years.models import WorkYear
from zhize.core.metrics.spans import period_of
from zhize.kit.actor import Actor

Q1 = (date(2012, 1, 1), date(2012, 3, 31))


def counties_of(lz: Region, cg: Region) -> dict[str, Region]:
    """城关 and two more, and one that ended before."""

    def county(code: str, name: str, order: int, until: date | None = None) -> Region:
        return Region.objects.create(
            code=code, name=name, short=name[:2], level="county", parent=lz, order=order, valid_to=until
        )

    county("620199", "旧县", 90, date(2010, 1, 1))
    return {"cg": cg, "qlh": county("620103", "七里河区", 80), "xg": county("620104", "西固区", 81)}


def ask(
    world: World,
    year: WorkYear,
    cards: list[Card],
    office: Actor,
    now: datetime,
    units: tuple[str, ...] = ("lz_gov",),
) -> Collection:
    return services.collection_create(
        jurisdiction=world.jurisdiction["gs"], year=year, title="各县区第一季度数据", due_on=date(2012, 4, 10),
        unit_ids=[world.unit[key].pk for key in units], cards=cards, periods=[period_of("2012年第一季度")],
        subject=Collection.Subject.BELOW, actor=office, now=now,
    )  # fmt: skip


def fill(
    row: UnitRequest, cards: dict[str, Card], values: dict[Region, tuple[int, int]], who: Actor, now: datetime
) -> None:
    cells = {
        CellKey(cards[code].pk, *Q1, region.pk): Written(Decimal(value))
        for region, pair in values.items()
        for code, value in zip((BATCHES, PASSED), pair, strict=True)
    }
    services.entries_save(request=row, cells=cells, version=None, actor=who, now=now)


def in_force(code: str, region: Region) -> Observation:
    return Observation.objects.system("test").get(
        card__code=code, region=region, period_start=Q1[0], period_end=Q1[1]
    )

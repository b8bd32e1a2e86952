"""Cards × counties on one form (演示数据): 兰州 enters the third quarter of its counties, one cell comes back; the fourth is open."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from zhize.apps.cli.demo.stage import Stage, actor, at
from zhize.apps.metrics import services
from zhize.apps.metrics.models import Card, CellKey, Collection, Entry
from zhize.apps.metrics.selectors.collecting import grid_of
from zhize.apps.metrics.services import Written
from zhize.apps.orgs.models import Unit
from zhize.apps.requests import services as requests
from zhize.apps.requests.models import UnitRequest
from zhize.core.metrics.spans import period_of

BATCHES, PASSED = "product.food.batches", "product.food.passed"
CITY = "620100-gov"


def play(stage: Stage) -> None:
    """October: asked, filled in, returned for one county, mended, taken in. December: asked, still open."""
    request = _ask(stage, "2012年第三季度", date(2012, 10, 11))
    day = date(2012, 10, 15)
    _fill(request, day, slip=10)
    office = actor("gs-office", day)
    cell = (
        Entry.objects.system("demonstration")
        .filter(request=request, card__code=PASSED)
        .order_by("region__order")
        .last()
    )
    assert cell is not None  # nosec B101 - filled in a line above
    services.entries_return(
        request=request, comments={cell.pk: "比市食品药品监管局台账少 10 批，请核对（演示）"}, comment="", version=None,
        actor=office, now=at(day, hour=16),
    )  # fmt: skip
    _fill(request, day + timedelta(days=1), slip=0)
    taken = day + timedelta(days=2)
    requests.request_accept(request=request, version=None, actor=actor("gs-office", taken), now=at(taken))
    _ask(stage, "2012年第四季度", date(2012, 12, 17))


def _ask(stage: Stage, label: str, sent: date) -> UnitRequest:
    office = actor("gs-office", sent)
    rows = {
        card.code: card for card in Card.objects.system("demonstration").filter(code__in=(BATCHES, PASSED))
    }
    collection = services.collection_create(
        jurisdiction=stage.jurisdiction,
        year=stage.year,
        title=f"{label}各县区食品监督抽检数据",
        due_on=sent + timedelta(days=12),
        unit_ids=[Unit.objects.system("demonstration").get(code=CITY).pk],
        cards=[rows[BATCHES], rows[PASSED]],
        periods=[period_of(label)],
        subject=Collection.Subject.BELOW,
        body="请按县区填报，全市的数由系统合并，不用另报。（演示数据）",
        head={"table_no": "甘质振统2表（演示）", "authority": "领导小组办公室（演示）"},
        actor=office,
        now=at(sent),
    )
    requests.call_issue(call=collection.call, version=None, actor=office, now=at(sent, hour=11))
    return (
        UnitRequest.objects.system("demonstration")
        .select_related("call__year", "unit")
        .get(call=collection.call)
    )


def _fill(request: UnitRequest, day: date, *, slip: int) -> None:
    """Made up from the official order of the counties; `slip` is missing from the last county's figure."""
    grid = grid_of(request, handed=False)
    assert grid is not None  # nosec B101 - the call was made with one
    cells: dict[CellKey, Written] = {}
    for place, region in enumerate(grid.regions):
        batches = 60 + place * 17 % 50
        passed = batches - 3 - place % 3 * 2 - (slip if region == grid.regions[-1] else 0)
        for card, of_card in grid.rows:
            value = batches if card.code == BATCHES else passed
            cells |= {c.key: Written(Decimal(value)) for c in of_card if c.region == region}
    person = actor("lz-office", day)
    services.entries_save(request=request, cells=cells, version=None, actor=person, now=at(day, hour=9))
    requests.request_submit(request=request, version=None, actor=person, now=at(day))

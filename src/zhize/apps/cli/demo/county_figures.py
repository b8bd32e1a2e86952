"""Figures of a county (演示数据): its office asks the bureau of quality for two numbers a quarter; one goal of its own."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from zhize.apps.cli.demo.metrics import BATCHES, PASSED, RATE
from zhize.apps.cli.demo.stage import Stage, actor, at
from zhize.apps.metrics import services
from zhize.apps.metrics.models import Card, CellKey
from zhize.apps.metrics.services import Written
from zhize.apps.orgs.models import Unit
from zhize.apps.requests import services as requests
from zhize.apps.requests.models import UnitRequest
from zhize.core.metrics.spans import period_of

# quarter, sent, batches and passed
QUARTERS = (
    ("2012年第一季度", date(2012, 4, 9), 8, 7),
    ("2012年第二季度", date(2012, 7, 9), 10, 9),
    ("2012年第三季度", date(2012, 10, 9), 14, 13),
)


def play(home: Stage, bureau: Unit, office: str, liaison: str) -> None:
    """The goal in March, the quarters as they end, the share of what passed counted in December."""
    cards = {
        card.code: card
        for card in Card.objects.system("demonstration").filter(code__in=(BATCHES, PASSED, RATE))
    }
    goal = {
        "card": cards[RATE], "year": home.year, "value": Decimal(90), "base": Decimal(86), "base_label": "2011年（演示）",
        "document": "2012年榆中县质量工作计划（演示）", "note": "演示数据", "is_demo": True,
    }  # fmt: skip
    day = date(2012, 3, 29)
    services.target_set(
        jurisdiction=home.jurisdiction, data=goal, steps=[], actor=actor(office, day), now=at(day)
    )
    for label, sent, batches, passed in QUARTERS:
        period, who = period_of(label), actor(office, sent)
        collection = services.collection_create(
            jurisdiction=home.jurisdiction, year=home.year, title=f"{label}监督抽查数据", due_on=sent + timedelta(days=5),
            unit_ids=[bureau.pk], cards=[cards[BATCHES], cards[PASSED]], periods=[period], body="按检验结论日期统计。（演示数据）",
            actor=who, now=at(sent),
        )  # fmt: skip
        requests.call_issue(call=collection.call, version=None, actor=who, now=at(sent, 11))
        request = (
            UnitRequest.objects.system("demonstration")
            .select_related("call__year", "unit")
            .get(call=collection.call)
        )
        cells = {
            CellKey(cards[code].pk, period.start, period.end): Written(Decimal(value))
            for code, value in ((BATCHES, batches), (PASSED, passed))
        }
        day = sent + timedelta(days=2)
        person = actor(liaison, day)
        services.entries_save(request=request, cells=cells, version=None, actor=person, now=at(day, 9))
        requests.request_submit(request=request, version=None, actor=person, now=at(day))
        requests.request_accept(request=request, version=None, actor=actor(office, day), now=at(day, 15))
        services.metrics_collect(
            jurisdiction=home.jurisdiction, year=home.year, on=period.end, actor=actor(office, day), now=at(day, 17)
        )  # fmt: skip

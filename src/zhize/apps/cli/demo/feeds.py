"""来源系统 and a unit's own target: the export of a department's system read by a mapping kept once; a target of one bureau."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

from zhize.apps.cli.demo.registers import published
from zhize.apps.cli.demo.stage import Stage, actor, at, unit
from zhize.apps.metrics import services
from zhize.apps.metrics.models import Card
from zhize.apps.orgs.models import Membership
from zhize.core.metrics.attainment import Step
from zhize.kit.fields import specs

OFFICE = "gs-office"
POINTS, PASSED = "engineering.road.points", "engineering.road.points_passed"
PERIOD, READ, SET = "2012年第三季度", date(2012, 10, 16), date(2012, 2, 21)


def play(stage: Stage) -> None:
    """In February the target; in October one quarter's export of road works, read, looked at and published."""
    _target(stage)
    office, now = actor(OFFICE, READ), at(READ)
    feed = services.feed_create(
        jurisdiction=stage.jurisdiction,
        data={
            "name": "公路工程质量监督系统（演示）",
            "region_head": "市州",
            "skipped": "合计",
            "columns": f"抽检点数 = {POINTS}\n合格点数 = {PASSED}",
        },
        actor=office,
        now=now,
    )
    raw = _export(stage)
    published(
        lambda: services.feed_read(
            feed=feed,
            period=PERIOD,
            upload=BytesIO(raw),
            name="公路工程质量抽检.csv",
            size=len(raw),
            actor=office,
            now=now,
        ),
        specs()["metrics.observation"],
        office,
        READ,
    )


def _target(stage: Stage) -> None:
    """The bureau that leads most tasks is to settle more of what it owes than the province as a whole."""
    data = {
        "card": Card.objects.system("demonstration").get(code="foundation.duty.settled_rate"), "year": stage.year,
        "unit": unit("gs-zjj"), "value": Decimal(95), "base": Decimal(88), "base_label": "2011年（演示）",
        "document": "2012年质量振兴工作计划（演示）", "note": "演示数据", "is_demo": True,
    }  # fmt: skip
    services.target_set(
        jurisdiction=stage.jurisdiction, data=data, steps=[Step(date(2012, 6, 30), Decimal(60))],
        actor=actor(OFFICE, SET), now=at(SET),
    )  # fmt: skip


def _export(stage: Stage) -> bytes:
    rows = Membership.objects.system("demonstration").filter(
        jurisdiction=stage.jurisdiction, capacity=Membership.Capacity.ASSESSED
    )
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(["市州", "抽检点数", "合格点数"])
    total = [0, 0]
    for number, row in enumerate(rows.select_related("unit__region").order_by("order")):
        points = 120 + 17 * (number % 5)
        passed = points - 2 - number % 4
        total = [total[0] + points, total[1] + passed]
        writer.writerow([row.unit.region.name, points, passed])
    writer.writerow(["合计", *total])
    return text.getvalue().encode("utf-8-sig")

"""Figures of the year (演示数据): cards, targets, quarters asked of 兰州 and 天水, the other prefectures by file.

All values are made up from the official order of the prefectures, except those of reference/gansu/published.yaml.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from zhize.apps.cli.demo import metrics_alerts, metrics_counties
from zhize.apps.cli.demo.made_up import made_up
from zhize.apps.cli.demo.stage import Stage, actor, at
from zhize.apps.metrics import services
from zhize.apps.metrics.models import Card, CellKey, Entry, Observation
from zhize.apps.metrics.services import Written
from zhize.apps.orgs.models import Membership, Unit
from zhize.apps.requests import services as requests
from zhize.apps.requests.models import UnitRequest
from zhize.core.kernel.periods import Period
from zhize.core.metrics.attainment import Step
from zhize.core.metrics.spans import period_of
from zhize.kit.actor import system_actor

BATCHES, PASSED, RATE = (f"product.spot_check.{name}" for name in ("batches", "passed", "pass_rate"))
DAYS, GOOD, AIR = (f"environment.air.{name}" for name in ("monitored_days", "good_days", "good_share"))
ASKED = (BATCHES, PASSED)
PEOPLE = {"620100-gov": "lz-office", "620500-gov": "ts-office"}
QUARTERS = {
    "2012年第一季度": date(2012, 4, 5), "2012年第二季度": date(2012, 7, 5), "2012年第三季度": date(2012, 10, 9),
}  # fmt: skip
BEFORE = ("2011年第一季度", "2011年第二季度", "2011年第三季度", "2011年第四季度")
SOURCE = "演示数据：由演示程序生成"


@dataclass(frozen=True, slots=True)
class Scene:
    """What every step needs: cards by code, the assessed governments in order, those with people apart."""

    stage: Stage
    cards: Mapping[str, Card]
    places: tuple[Unit, ...]

    @property
    def asked(self) -> list[Unit]:
        return [unit for unit in self.places if unit.code in PEOPLE]


def play(stage: Stage) -> None:
    """From the cards in January to the last quarter, asked in December and still open on the demonstration's day."""
    scene = _scene(stage)
    _set_targets(scene)
    for label in BEFORE:
        _import(scene, label, scene.places, at(date(2012, 2, 21)))
    _load_published(stage)
    metrics_alerts.answer_the_base_year(stage)
    for label, sent in QUARTERS.items():
        period = period_of(label)
        others = [unit for unit in scene.places if unit.code not in PEOPLE]
        _import(scene, label, others, at(sent + timedelta(days=8)))
        _ask(scene, period, sent)
        _collect(scene, period.end, sent + timedelta(days=12))
    metrics_alerts.answer_some(stage)
    metrics_counties.play(stage)
    _lock_and_correct(scene)
    _ask_only(scene, period_of("2012年第四季度"), date(2012, 12, 17))
    _collect(scene, date(2012, 12, 20), date(2012, 12, 20))


def recount(stage: Stage) -> None:
    """Once the registers are filled: every quarter counted again, as each night would have done."""
    day = date(2012, 12, 20)
    for on in (date(2012, 3, 31), date(2012, 6, 30), date(2012, 9, 30), day):
        services.metrics_collect(
            jurisdiction=stage.jurisdiction,
            year=stage.year,
            on=on,
            actor=actor("gs-office", day),
            now=at(day, hour=19),
        )


def _scene(stage: Stage) -> Scene:
    now = at(date(2012, 1, 5))
    services.cards_load(actor=system_actor("装载演示数据"), now=now)
    cards = {card.code: card for card in Card.objects.system("demonstration")}
    rows = Membership.objects.system("demonstration").filter(
        jurisdiction=stage.jurisdiction, capacity=Membership.Capacity.ASSESSED
    )
    return Scene(
        stage, cards, tuple(row.unit for row in rows.select_related("unit__region").order_by("order"))
    )


def _load_published(stage: Stage) -> None:
    """What was printed elsewhere, in March: the last of it came out at the end of February."""
    now = at(date(2012, 3, 5))
    path, office = stage.folder / "published.yaml", actor("gs-office", now.date())
    services.published_load(jurisdiction=stage.jurisdiction, path=path, actor=office, now=now)


def _set_targets(scene: Scene) -> None:
    """The year's targets, on the way to those of the provincial outline for 2015."""
    now = at(date(2012, 2, 20))
    office = actor("gs-office", now.date())
    wanted: list[tuple[str, str, str, list[tuple[date, str]]]] = [
        (RATE, "92", "90.5", [(date(2012, 6, 30), "91"), (date(2012, 9, 30), "91.5")]),
        (AIR, "68", "66", [(date(2012, 6, 30), "64")]),
        ("environment.wastewater.urban", "72", "69", []),
        ("foundation.duty.settled_rate", "90", "85", [(date(2012, 6, 30), "60")]),
    ]
    for code, value, base, steps in wanted:
        data: dict[str, Any] = {
            "card": scene.cards[code],
            "year": scene.stage.year,
            "value": Decimal(value),
            "base": Decimal(base),
            "base_label": "2011年（演示）",
            "document": "2012年质量振兴工作计划（演示）",
            "note": "演示数据",
            "is_demo": True,
        }
        path = [Step(day, Decimal(number)) for day, number in steps]
        services.target_set(
            jurisdiction=scene.stage.jurisdiction, data=data, steps=path, actor=office, now=now
        )


def _import(scene: Scene, label: str, places: list[Unit] | tuple[Unit, ...], now: Any) -> None:
    """The office brings in a file: the air of all prefectures, the sampling of those without people here."""
    period = period_of(label)
    order = {unit.pk: number for number, unit in enumerate(scene.places)}
    air = [(code, unit) for code in (DAYS, GOOD) for unit in scene.places]
    rows = [
        {
            "card": scene.cards[code],
            "region": unit.region,
            "period_label": label,
            "value": made_up(code, order[unit.pk], period),
            "source_words": SOURCE,
            "note": "演示数据",
        }
        for code, unit in [*((code, unit) for code in ASKED for unit in places), *air]
    ]
    services.observations_import(rows=rows, actor=actor("gs-office", now.date()), now=now, digest="")


def _ask_only(scene: Scene, period: Period, sent: date) -> list[UnitRequest]:
    """A call to the prefectures that have people here: drafted, sent."""
    office = actor("gs-office", sent)
    collection = services.collection_create(
        jurisdiction=scene.stage.jurisdiction,
        year=scene.stage.year,
        title=f"{period.label}产品质量监督抽查数据",
        due_on=sent + timedelta(days=10),
        unit_ids=[unit.pk for unit in scene.asked],
        cards=[scene.cards[code] for code in ASKED],
        periods=[period],
        body="请按检验结论日期统计，复检改判合格的计入合格批次。（演示数据）",
        head={"table_no": "甘质振统1表（演示）", "authority": "领导小组办公室（演示）"},
        actor=office,
        now=at(sent),
    )
    requests.call_issue(call=collection.call, version=None, actor=office, now=at(sent, hour=11))
    rows = UnitRequest.objects.system("demonstration").filter(call=collection.call)
    return list(rows.select_related("call__year", "unit").order_by("unit__order", "pk"))


def _ask(scene: Scene, period: Period, sent: date) -> None:
    """兰州 answers at once; 天水's first answer of the second quarter is returned for one cell and mended."""
    order = {unit.pk: number for number, unit in enumerate(scene.places)}
    for number, request in enumerate(_ask_only(scene, period, sent), 1):
        day = sent + timedelta(days=2 * number)
        who = PEOPLE[request.unit.code]
        values = {code: made_up(code, order[request.unit_id], period) for code in ASKED}
        returned = who == "ts-office" and period.index == 2
        if returned:
            _fill(scene, request, period, who, values | {PASSED: values[PASSED] - 9}, day)
            cell = Entry.objects.system("demonstration").get(request=request, card=scene.cards[PASSED])
            services.entries_return(
                request=request,
                comments={cell.pk: "与市质监局台账相差 9 批，请核对是否漏计复检合格的批次。"},
                comment="",
                version=None,
                actor=actor("gs-office", day),
                now=at(day, hour=16),
            )
            day += timedelta(days=1)
        _fill(scene, request, period, who, values, day)
        requests.request_accept(
            request=request, version=None, actor=actor("gs-office", day), now=at(day, hour=17)
        )


def _fill(
    scene: Scene, request: UnitRequest, period: Period, who: str, values: Mapping[str, Decimal], day: date
) -> None:
    cells = {
        CellKey(scene.cards[code].pk, period.start, period.end): Written(value)
        for code, value in values.items()
    }
    person = actor(who, day)
    services.entries_save(request=request, cells=cells, version=None, actor=person, now=at(day, hour=9))
    requests.request_submit(request=request, version=None, actor=person, now=at(day))


def _collect(scene: Scene, on: date, day: date) -> None:
    services.metrics_collect(
        jurisdiction=scene.stage.jurisdiction,
        year=scene.stage.year,
        on=on,
        actor=actor("gs-office", day),
        now=at(day, hour=18),
    )


def _lock_and_correct(scene: Scene) -> None:
    """In October the first half is locked; in November one of 天水's figures is corrected, with its reason."""
    locked, corrected = date(2012, 10, 25), date(2012, 11, 14)
    services.observations_lock(
        jurisdiction=scene.stage.jurisdiction,
        start=date(2012, 1, 1),
        end=date(2012, 6, 30),
        actor=actor("gs-office-director", locked),
        now=at(locked),
    )
    row = Observation.objects.system("demonstration").get(
        jurisdiction=scene.stage.jurisdiction,
        card=scene.cards[BATCHES],
        region__code="620500",
        period_start=date(2012, 1, 1),
        period_end=date(2012, 3, 31),
    )
    assert row.value is not None  # nosec B101 - the quarter was accepted in April
    services.observation_correct(
        observation=row,
        value=row.value - 2,
        numerator=None,
        denominator=None,
        reason="两个批次在两个县重复计数（演示）",
        document="领导小组办公室2012年第6次办公会议纪要（演示）",
        version=None,
        actor=actor("gs-office-director", corrected),
        now=at(corrected),
    )

"""Who marks what of the year's assessment: two groups, the bureaux, the office; and the points of the ledger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from zhize.apps.assessment import selectors, services
from zhize.apps.assessment.models import Entry, Round
from zhize.apps.cli.demo.stage import Stage, actor, at
from zhize.apps.orgs.models import Unit, User

OFFICE = "gs-office"


def ledger(stage: Stage, objects: dict[str, Any]) -> None:
    """What was taken off during the year, on its day."""
    for region, facts in objects.items():
        if "ledger" not in facts:
            continue
        day, title, points = facts["ledger"]
        government = Unit.objects.system("demonstration").get(region__code=region, kind=Unit.Kind.GOVERNMENT)
        services.ledger_record(
            year=stage.year,
            unit=government,
            data={
                "dated_on": day,
                "title": title,
                "points": Decimal(points),
                "category": "",
                "basis": "省级督查通报（演示）",
            },
            actor=actor(OFFICE, day),
            now=at(day, 15),
        )


def groups(round_: Round, shared: list[dict[str, Any]], day: date) -> None:
    """Two groups of assessors share the prefectures."""
    rows = {row.unit.region.code: row.pk for row in selectors.objects_of(round_)}
    for one in shared:
        services.scoring_group_set(
            round_=round_,
            name=one["label"],
            people=list(User.objects.filter(username__in=one["people"]).values_list("pk", flat=True)),
            objects=[rows[code] for code in one["objects"]],
            codes=one["codes"],
            actor=actor(OFFICE, day),
            now=at(day, 15),
        )


def marks(round_: Round, data: dict[str, Any], day: date) -> None:
    """The office, the quality bureau, the inspection bureau and the groups each mark what is theirs."""
    objects = data["objects"]
    everywhere = set(objects)
    turns = [(code, OFFICE, everywhere) for code in ("pass_rate", "tasks", "public")]
    turns += [("incidents", "gs-zjj-head", everywhere), ("campaign", "gs-zjj-head", everywhere), ("port", "gs-ciq-head", everywhere)]  # fmt: skip
    turns += [
        (code, one["people"][0], set(one["objects"])) for one in data["groups"] for code in one["codes"]
    ]
    rows = {row.pk: row.unit.region.code for row in selectors.objects_of(round_)}
    for code, username, theirs in turns:
        given = []
        for entry in selectors.entries_of_code(round_, code):
            region = rows[entry.assessed_id]
            if region not in theirs:
                continue
            facts, reason = _facts(entry, objects[region])
            if facts:
                given.append(services.Mark(entry.pk, facts, reason))
        if given:
            services.marks_save(round_=round_, marks=given, actor=actor(username, day), now=at(day, 10))


def _facts(entry: Entry, data: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """What the entry is scored by; nothing where the house has collected it already, or there is nothing."""
    if entry.facts:
        return {}, ""
    match entry.code:
        case "pass_rate":
            return {"actual": data["rate"]}, "省质监局汇总的抽查结果（演示数据）"
        case "tasks":
            return {"actual": data["tasks"][0], "target": data["tasks"][1]}, "任务台账（演示数据）"
        case "incidents":
            return {"count": data["incidents"]}, ""
        case "system":
            return {"level": data["system"]}, ""
        case "campaign":
            return {"value": data["campaign"]}, "整治台账与现场核查不完全一致"
        case "port":
            port = data["port"]
            return ({"met": port}, "") if isinstance(port, bool) else ({"not_applicable": port}, "")
        case "public":
            groups = ("enterprises", "consumers")
            return {
                "answers": {one: {"mean": data[one][0], "count": data[one][1]} for one in groups}
            }, "第三方测评（演示数据）"
        case "honours" if "honours" in data:
            title, level = data["honours"]
            return {"items": [{"title": title, "level": level}]}, ""
    return {}, ""

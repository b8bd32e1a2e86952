"""The assessment of the year: fourteen prefectures from self-evaluation to the circular, one veto, one objection."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from zhize.apps.assessment import selectors, services
from zhize.apps.assessment.models import Assessed, Round
from zhize.apps.cli.demo import assessment_marks
from zhize.apps.cli.demo.stage import Stage, actor, at, paper, read_yaml, sign_the_log
from zhize.apps.documents import services as papers
from zhize.apps.documents.models import OfficialDocument
from zhize.kit.actor import Actor

OFFICE, DIRECTOR = "gs-office", "gs-office-director"
OWN_PEOPLE = {"620100": "lz-office", "620500": "ts-office"}
"""Prefectures whose own people are in the demonstration; for the others the office enters what came on paper."""
SIGNED_BY = "省质量办主任（演示）"


def play(stage: Stage) -> None:
    """From 20 November to 18 December 2012."""
    data = read_yaml(stage.folder / "assessment.yaml")
    days: dict[str, Any] = data["round"]
    assessment_marks.ledger(stage, data["objects"])
    round_ = _opened(stage, days)
    for row in selectors.objects_of(round_):
        _self_evaluation(row, data["objects"][row.unit.region.code], days)
    assessment_marks.groups(round_, data["groups"], days["created"])
    _move(round_, "check", days["checked"])
    services.inputs_collect(round_=round_, actor=actor(OFFICE, days["checked"]), now=at(days["checked"], 15))
    assessment_marks.marks(round_, data, days["marked"])
    _veto(round_, data["veto"], days["marked"])
    _compute(round_, days["concluded"], 9)
    _move(round_, "conclude", days["concluded"], 10)
    _move(round_, "feed_back", days["concluded"], 11)
    _appeal(round_, data["appeal"], days)
    _compute(round_, days["answered"], 16)
    services.round_approve(
        round_=round_,
        by_name="领导小组组长（演示）",
        by_title="组长",
        on=days["approved"],
        opinion="同意，按程序通报。",
        scan=paper("考核结果审定件", "同意，按程序通报。"),
        version=None,
        actor=actor(DIRECTOR, days["approved"]),
        now=at(days["approved"], 16),
    )
    _publish(round_, days)


def _opened(stage: Stage, days: dict[str, Any]) -> Round:
    edition = selectors.scheme_in_force(stage.jurisdiction, days["scheme"], days["created"])
    assert edition is not None  # nosec B101 - shipped
    round_ = services.round_create(
        year=stage.year,
        title=days["title"],
        edition=edition,
        basis=days["basis"],
        cut_off_on=days["cut_off"],
        goals_due_on=days["goals_due"],
        self_due_on=days["self_due"],
        actor=actor(OFFICE, days["created"]),
        now=at(days["created"]),
    )
    drafted = services.opening_draft(
        round_=round_,
        contact="领导小组办公室（演示）",
        actor=actor(OFFICE, days["created"]),
        now=at(days["created"], 15),
    )
    _issue(drafted, days["created"], days["opened"])
    return selectors.round_by_pk(actor(OFFICE, days["opened"]), round_.pk) or round_


def _issue(document: OfficialDocument, drafted: date, issued: date) -> None:
    """Checked on the day it was drafted, signed and sent on another."""
    director, on_the_day = actor(DIRECTOR, drafted), actor(DIRECTOR, issued)
    document = papers.official_check(document=document, version=None, actor=director, now=at(drafted, 16))
    document = papers.official_sign(
        document=document,
        signed_by=SIGNED_BY,
        signed_on=issued,
        version=None,
        actor=on_the_day,
        now=at(issued, 9),
    )
    papers.official_issue(document=document, dated_on=issued, version=None, actor=on_the_day, now=at(issued))


def _move(round_: Round, action: str, day: date, hour: int = 10) -> None:
    services.round_move(
        round_=round_, action=action, version=None, actor=actor(OFFICE, day), now=at(day, hour)
    )


def _self_evaluation(row: Assessed, facts: dict[str, Any], days: dict[str, Any]) -> None:
    """Goals as the plan has them, own marks a little above what they will get; two hand in themselves, the others on paper."""
    own = OWN_PEOPLE.get(row.unit.region.code)
    filed: date = days["goals_due"]
    services.goals_file(assessed=row, asks={}, version=None, actor=actor(own or OFFICE, filed), now=at(filed))
    day = date(2012, 11, 28) if own else date(2012, 12, 3)
    who = actor(own or OFFICE, day)
    ledger = paper(f"{row.name}质量整治台账", "整治台账（演示数据）") if own else None
    rows = [
        services.SelfRow("pass_rate", Decimal(15 if Decimal(facts["rate"]) > 93 else 14), f"1—11月本地区抽查合格率约{facts['rate']}%。"),
        services.SelfRow("tasks", Decimal(15), f"承担年度任务{facts['tasks'][1]}项，均按计划推进。"),
        services.SelfRow("incidents", Decimal(10), "未发生较大质量安全事件。" if not facts["incidents"] else "发生1起，已妥善处置。"),
        services.SelfRow("system", Decimal(10), "领导小组、办公室和经费均已落实。"),
        services.SelfRow(
            "campaign", min(Decimal(facts["campaign"]) + 1, Decimal(20)), "按整治方案完成，建立了长效机制。", uploads=[ledger] if ledger else []
        ),
    ]  # fmt: skip
    if facts["port"] is True:
        rows.append(services.SelfRow("port", Decimal(4), "与检验检疫机构建立了协作机制。"))
    else:
        rows.append(services.SelfRow("port", Decimal(0), "本地区情况见说明。"))
    if "honours" in facts:
        rows.append(services.SelfRow("honours", Decimal(2), f"获{facts['honours'][0]}。"))
    summary = f"{row.name}2012年质量工作自评报告（演示数据）。"
    saved = services.self_save(
        assessed=row, rows=rows, summary=summary, dated_on=day, version=None, actor=who, now=at(day, 11)
    )
    services.self_submit(assessed=saved, version=None, actor=who, now=at(day, 11))


def _object(round_: Round, region: str) -> Assessed:
    return next(row for row in selectors.objects_of(round_) if row.unit.region.code == region)


def _veto(round_: Round, data: dict[str, Any], day: date) -> None:
    services.veto_record(
        assessed=_object(round_, data["object"]),
        code=data["code"],
        reason=data["reason"],
        basis=data["basis"],
        happened_on=data["happened"],
        actor=actor(DIRECTOR, day),
        now=at(day, 16),
    )


def _compute(round_: Round, day: date, hour: int) -> None:
    services.round_compute(round_=round_, actor=actor(OFFICE, day), now=at(day, hour))


def _appeal(round_: Round, data: dict[str, Any], days: dict[str, Any]) -> None:
    """One prefecture objects to a mark of the quality bureau; the director answers, the bureau marks anew."""
    row = _object(round_, data["object"])
    appeal = services.appeal_file(
        assessed=row,
        code=data["code"],
        text=data["text"],
        actor=actor(OWN_PEOPLE[data["object"]], days["objected"]),
        now=at(days["objected"]),
    )
    services.appeal_answer(
        appeal=appeal,
        action=data["action"],
        answer=data["answer"],
        version=None,
        actor=actor(DIRECTOR, days["answered"]),
        now=at(days["answered"]),
    )
    entry = selectors.entry_of(row, data["code"])
    assert entry is not None  # nosec B101 - a criterion of the scheme
    services.entry_check(
        entry=entry,
        facts={"value": data["mark"]},
        reason="申辩部分采纳，核减两家停产企业",
        version=None,
        actor=actor("gs-zjj-head", days["answered"]),
        now=at(days["answered"], 15),
    )


def _publish(round_: Round, days: dict[str, Any]) -> None:
    """The log is signed, as the product does every night; the circular prints that, then to each its own sheet."""
    sign_the_log(days["drafted"])
    director, drafted = actor(DIRECTOR, days["drafted"]), at(days["drafted"])
    document = services.notice_draft(round_=round_, actor=director, now=drafted)
    issued: date = days["issued"]
    _issue(document, days["drafted"], issued)
    office: Actor = actor(DIRECTOR, issued)
    services.sheets_issue(
        round_=round_, signed_by=SIGNED_BY, signed_on=issued, actor=office, now=at(issued, 11)
    )

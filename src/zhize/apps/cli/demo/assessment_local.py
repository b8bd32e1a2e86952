"""A prefecture assesses its own departments and county, circulates the result and reports it upwards (四（四）)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from zhize.apps.assessment import selectors, services
from zhize.apps.assessment.models import Assessed, Entry, Round
from zhize.apps.cli.demo.stage import Stage, actor, at, read_yaml, sign_the_log, unit
from zhize.apps.documents import services as papers
from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.years import services as years
from zhize.apps.years.models import WorkYear


def play(stage: Stage) -> None:
    """From 15 November to 7 December 2012, all by the prefecture's own people; the province sees only the report."""
    of_place(stage, "local")


def of_place(stage: Stage, name: str) -> None:
    """The round of one place below (`name` in assessment.yaml)."""
    data: dict[str, Any] = read_yaml(stage.folder / "assessment.yaml")[name]
    office, director = data["people"]["office"], data["people"]["director"]
    year = _year(data["jurisdiction"], office)
    edition = selectors.scheme_in_force(year.jurisdiction, data["scheme"], data["created"])
    assert edition is not None  # nosec B101 - shipped
    round_ = services.round_create(
        year=year,
        title=data["title"],
        edition=edition,
        basis=data["basis"],
        cut_off_on=data["cut_off"],
        self_due_on=data["self_due"],
        unit_ids=[unit(code).pk for code in data["objects"]],
        actor=actor(office, data["created"]),
        now=at(data["created"]),
    )
    _move(round_, "open", office, data["opened"])
    for row in selectors.objects_of(round_):
        _self_evaluation(row, data["objects"][row.unit.code], office, data["self"])
    _move(round_, "check", office, data["checked"])
    _marks(round_, data["objects"], office, data["marked"])
    services.round_compute(
        round_=round_, actor=actor(office, data["concluded"]), now=at(data["concluded"], 9)
    )
    _move(round_, "conclude", office, data["concluded"])
    _move(round_, "feed_back", office, data["concluded"], 14)
    _finish(round_, data, director)


def _year(code: str, office: str) -> WorkYear:
    """The prefecture's own year, opened by its office where nobody has yet."""
    jurisdiction = Jurisdiction.objects.system("demonstration").select_related("region").get(code=code)
    rows = WorkYear.objects.system("demonstration").filter(jurisdiction=jurisdiction)
    if (year := rows.select_related("jurisdiction__region").first()) is not None:
        return year
    day = date(2012, 1, 9)
    year = years.work_year_create(
        jurisdiction=jurisdiction,
        starts_on=date(2012, 1, 1),
        actor=actor(office, day),
        now=at(day),
        is_demo=True,
    )
    return years.work_year_move(year=year, action="open", version=None, actor=actor(office, day), now=at(day))


def _move(round_: Round, action: str, who: str, day: date, hour: int = 10) -> None:
    services.round_move(round_=round_, action=action, version=None, actor=actor(who, day), now=at(day, hour))


def _self_evaluation(row: Assessed, facts: list[Any], office: str, day: date) -> None:
    """What came on paper, entered by the office."""
    rows = [
        services.SelfRow("plan", Decimal(25), f"年度计划{facts[1]}项，完成{facts[0]}项。"),
        services.SelfRow("sampling", Decimal(15), "抽查不合格产品均已跟踪处理。"),
        services.SelfRow("work", min(Decimal(facts[6]) + 2, Decimal(40)), "重点工作按计划完成。"),
    ]
    who = actor(office, day)
    saved = services.self_save(assessed=row, rows=rows, summary="", version=None, actor=who, now=at(day))
    services.self_submit(assessed=saved, version=None, actor=who, now=at(day))


def _marks(round_: Round, objects: dict[str, list[Any]], office: str, day: date) -> None:
    rows = {row.pk: objects[row.unit.code] for row in selectors.objects_of(round_)}
    marks = [
        services.Mark(entry.pk, _facts(entry, rows[entry.assessed_id]))
        for code in ("plan", "sampling", "duties", "work")
        for entry in selectors.entries_of_code(round_, code)
    ]
    services.marks_save(round_=round_, marks=marks, actor=actor(office, day), now=at(day))


def _facts(entry: Entry, data: list[Any]) -> dict[str, Any]:
    match entry.code:
        case "plan":
            return {"actual": data[0], "target": data[1]}
        case "sampling":
            return {"count": data[2]} if isinstance(data[2], int) else {"not_applicable": data[2]}
        case "duties":
            return {"due": data[3], "on_time": data[4], "late": data[5]}
    return {"value": data[6]}


def _finish(round_: Round, data: dict[str, Any], director: str) -> None:
    """Approved by the city's leading group, circulated, reported upwards."""
    services.round_approve(
        round_=round_,
        by_name=data["people"]["leader"],
        on=data["approved"],
        opinion="同意",
        version=None,
        actor=actor(director, data["approved"]),
        now=at(data["approved"]),
    )
    sign_the_log(data["issued"])
    who, issued = actor(director, data["issued"]), at(data["issued"])
    document = services.notice_draft(round_=round_, actor=who, now=issued)
    document = papers.official_check(document=document, version=None, actor=who, now=issued)
    document = papers.official_sign(
        document=document, signed_by=data["people"]["signer"], signed_on=data["issued"], version=None, actor=who,
        now=issued,
    )  # fmt: skip
    papers.official_issue(document=document, dated_on=data["issued"], version=None, actor=who, now=issued)
    services.local_report(
        round_=round_,
        statement=data["statement"],
        paper=None,
        actor=actor(director, data["reported"]),
        now=at(data["reported"]),
    )

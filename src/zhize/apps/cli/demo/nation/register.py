"""The document in force of each place, its duties and what is owed in 2012 (演示数据)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model

from zhize.apps.cli.demo.nation.frame import SINCE
from zhize.apps.cli.demo.nation.shape import Place
from zhize.apps.cli.demo.stage import at
from zhize.apps.orgs.models import Region, Unit
from zhize.apps.regulations import mapping
from zhize.apps.regulations.models import (
    Clause,
    Duty,
    DutyClause,
    DutyHolder,
    Obligation,
    Regulation,
    RegulationVersion,
)
from zhize.core.duties.discharge import Outcome, evaluate
from zhize.core.duties.recurrence import Recurrence
from zhize.core.duties.schedule import schedule
from zhize.core.kernel.periods import Every, Period
from zhize.core.kernel.periods import WorkYear as CoreYear
from zhize.core.kernel.workdays import WorkCalendar

YEAR = CoreYear(date(2012, 1, 1))
PLAN, SUMMARY = "work.plan.accepted", "work.summary.accepted"
CHAPTERS = {
    "1": ("一", "领导小组"),
    "2": ("二", "领导小组办公室"),
    "3": ("三", "成员单位"),
    "4": ("四", "下级政府"),
}
MARKS = "一二三四"


@dataclass(frozen=True, slots=True)
class Said:
    """One clause and the duty in it: who holds it (group, office, members, locals), how often, by when."""

    path: str
    title: str
    kind: str
    nature: str
    holder: str
    recurrence: dict[str, Any] = field(default_factory=dict)
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation with its period and the clause it comes from."""

    row: Obligation
    period: Period
    said: Said


SAID = (
    Said("1.1", "召开联席会议", "meet", "periodic", "group", {"every": "year", "due": {"fixed": {"month": 12, "day": 15}}}),
    Said("2.1", "汇总工作进展", "report", "periodic", "office", {"every": "half", "due": {"after_end": {"days": 30}}}),
    Said("2.2", "拟定年度工作计划", "plan", "periodic", "office", {"every": "year", "due": {"fixed": {"month": 4, "day": 30}}}),
    Said("2.3", "组织年度考核", "assess", "periodic", "office", {"every": "year", "due": {"fixed": {"month": 12, "day": 31}}}),
    Said("3.1", "制定本单位工作计划", "plan", "once", "members", {"every": "once", "due": {"date": "2012-03-31"}}, (PLAN,)),
    Said("3.2", "报送季度工作总结", "report", "periodic", "members", {"every": "quarter", "due": {"after_end": {"days": 10}}}, (SUMMARY,)),
    Said("3.3", "落实本单位质量职责", "supervise", "standing", "members"),
    Said("4.1", "制定本地区工作方案", "plan", "once", "locals", {"every": "once", "due": {"date": "2012-03-31"}}, (PLAN,)),
    Said("4.2", "开展年度考核并报告", "report", "periodic", "locals", {"every": "year", "due": {"fixed": {"month": 12, "day": 20}}}),
)  # fmt: skip


def register(places: Sequence[Place], calendar: WorkCalendar) -> Iterator[Sequence[Model]]:
    """Documents, clauses, duties and holders; the year's obligations are put on each place, still to be written."""
    texts = {place.code: _text(place) for place in places}
    yield [version.regulation for version in texts.values()]
    yield list(texts.values())
    chapters = {p.code: {n: _chapter(texts[p.code], n) for n in _chapters(p)} for p in places}
    yield [clause for own in chapters.values() for clause in own.values()]
    clauses = [
        (place, said, _clause(texts[place.code], chapters[place.code][said.path[0]], said))
        for place in places
        for said in said_of(place)
    ]
    yield [clause for _place, _said, clause in clauses]
    duties = [(place, said, clause, _duty(place, said, clause)) for place, said, clause in clauses]
    yield [duty for *_rest, duty in duties]
    yield [DutyClause(duty=duty, clause=clause) for _place, _said, clause, duty in duties]
    yield [_holder(place, said, duty) for place, said, _clause, duty in duties]
    for place in places:
        own = [(said, duty) for there, said, _clause, duty in duties if there is place]
        place.owed = [one for said, duty in own for one in _owed(place, said, duty, calendar)]


def said_of(place: Place) -> Iterator[Said]:
    """Nobody lies below a county: it assesses no government and hears none."""
    lowest = place.level == Region.Level.COUNTY
    return (said for said in SAID if not (lowest and (said.holder == "locals" or said.path == "2.3")))


def holders_of(place: Place, said: Said) -> list[Unit]:
    if said.holder == "locals":
        return [below.government for below in place.below]
    return (
        place.members
        if said.holder == "members"
        else [place.group if said.holder == "group" else place.office]
    )


def _chapters(place: Place) -> list[str]:
    return sorted({said.path[0] for said in said_of(place)})


def _words(said: Said) -> str:
    return f"{CHAPTERS[said.path[0]][1]}{said.title}。"


def _text(place: Place) -> RegulationVersion:
    title = f"{place.name}质量工作责任制度"
    lines = [title]
    for number in _chapters(place):
        lines.append(f"{CHAPTERS[number][0]}、{CHAPTERS[number][1]}")
        lines += [
            f"（{MARKS[int(s.path[2]) - 1]}）{_words(s)}" for s in said_of(place) if s.path[0] == number
        ]
    text = "\n".join(lines)
    regulation = Regulation(
        jurisdiction=place.jurisdiction, code="main", title=title, doc_no=f"演示〔2011〕{int(place.code[1:]) % 1000}号",
        issuer=place.government.name, issued_on=SINCE, in_force_from=SINCE, note="演示数据",
    )  # fmt: skip
    return RegulationVersion(
        regulation=regulation, text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), in_force_on=SINCE,
        state=RegulationVersion.State.IN_FORCE, confirmed_at=at(SINCE), confirmed_by="演示程序",
    )  # fmt: skip


def _chapter(version: RegulationVersion, number: str) -> Clause:
    label, heading = CHAPTERS[number]
    return Clause(
        version=version,
        path=number,
        label=label,
        marker=label,
        level=1,
        heading=heading,
        order=int(number) * 10,
    )


def _clause(version: RegulationVersion, parent: Clause, said: Said) -> Clause:
    marker = f"（{MARKS[int(said.path[2]) - 1]}）"
    return Clause(
        version=version, parent=parent, path=said.path, label=f"{parent.label}{marker}", marker=marker, level=2,
        text=_words(said), order=parent.order + int(said.path[2]),
    )  # fmt: skip


def _duty(place: Place, said: Said, clause: Clause) -> Duty:
    return Duty(
        jurisdiction=place.jurisdiction, code=said.path, title=said.title, text=clause.text, kind=said.kind,
        nature=said.nature, recurrence=said.recurrence, sources=list(said.sources), order=clause.order,
        is_common=said.holder in ("members", "locals"), valid_from=SINCE,
    )  # fmt: skip


def _holder(place: Place, said: Said, duty: Duty) -> DutyHolder:
    if said.holder in ("members", "locals"):
        printed = "各成员单位" if said.holder == "members" else "各地政府"
        return DutyHolder(duty=duty, collective=said.holder, printed=printed)
    unit = holders_of(place, said)[0]
    return DutyHolder(duty=duty, unit=unit, printed=unit.name[:80])


def _owed(place: Place, said: Said, duty: Duty, calendar: WorkCalendar) -> Iterator[Owed]:
    """Before anything is handed in the state of all holders of a duty is the same: it is judged once a period."""
    units = holders_of(place, said)
    for period, due in _dated(said, calendar):
        label = "一次性" if period.every is Every.ONCE else period.label
        outcome = None
        for unit in units:
            row = Obligation(
                jurisdiction=place.jurisdiction, year=place.year, duty=duty, unit=unit, role=DutyHolder.Role.JOINT,
                period_label=label, period_start=period.start, period_end=period.end, due_on=due,
            )  # fmt: skip
            outcome = outcome or judged(row, period)
            mapping.put_outcome(row, outcome)
            yield Owed(row, period, said)


def _dated(said: Said, calendar: WorkCalendar) -> list[tuple[Period, date | None]]:
    if not said.recurrence:
        return [(Period(YEAR, Every.YEAR), None)]
    found = schedule(Recurrence.from_mapping(said.recurrence), YEAR, calendar, in_force=SINCE)
    return [(one.period, one.due) for one in found.occurrences]


def judged(row: Obligation, period: Period, *discharges: Any, today: date | None = None) -> Outcome:
    """The state the core derives from what was handed in."""
    return evaluate(
        mapping.rule_for(row), mapping.facts_of(discharges, ()), period=period, due=row.due_on,
        today=today or row.period_start,
    )  # fmt: skip

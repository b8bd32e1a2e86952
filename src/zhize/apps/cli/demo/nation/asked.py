"""Calls of each place, what came back, and what it discharged (演示数据)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Model

from zhize.apps.cli.demo.nation.chance import Chance
from zhize.apps.cli.demo.nation.register import PLAN, SUMMARY, Owed, judged
from zhize.apps.cli.demo.nation.shape import Place
from zhize.apps.cli.demo.stage import at
from zhize.apps.orgs.models import Jurisdiction, Todo, Unit
from zhize.apps.orgs.services.todos import NewTodo
from zhize.apps.regulations import mapping
from zhize.apps.regulations.models import Discharge
from zhize.apps.regulations.services.by_source import BY_ITSELF
from zhize.apps.regulations.services.common import awaits_unit, due_todo, words_of
from zhize.apps.requests.models import Call, CallUnit, UnitRequest
from zhize.apps.requests.services import common as asking
from zhize.core.kernel.workdays import WorkCalendar
from zhize.kit.clock import local_day
from zhize.kit.rules import rule

STATE = UnitRequest.State
# Of twenty units, a fortnight after the day: what an office sees in the middle of April.
STATES = (
    *(STATE.ACCEPTED,) * 12,
    *(STATE.SUBMITTED,) * 3,
    STATE.RETURNED,
    *(STATE.DRAFTING,) * 2,
    *(STATE.WAITING,) * 2,
)
FIELD = {"label": "本期主要工作", "label_en": "Main work", "kind": "long", "required": True}
NUMBER = {
    "name": "number",
    "label": "检查企业数",
    "label_en": "Enterprises checked",
    "kind": "integer",
    "required": True,
    "minimum": 0,
}
SENT = date(2012, 3, 1)


@dataclass(frozen=True, slots=True)
class Question:
    title: str
    due: date
    source: str
    whom: tuple[str, ...]
    form: tuple[dict[str, Any], ...]
    period: tuple[date, date]


YEAR, QUARTER = (date(2012, 1, 1), date(2012, 12, 31)), (date(2012, 1, 1), date(2012, 3, 31))
QUESTIONS = (
    Question("2012年度质量工作计划", date(2012, 3, 30), PLAN, ("members", "below"), ({**FIELD, "name": "done"},), YEAR),
    Question("2012年第一季度质量工作总结", date(2012, 4, 10), SUMMARY, ("members",), ({**FIELD, "name": "done"},), QUARTER),
    Question("2012年第一季度质量工作数据", date(2012, 4, 12), "", ("members",), (NUMBER,), QUARTER),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answered:
    """One unit's request with the obligations it discharges, if it was accepted."""

    request: UnitRequest
    discharges: tuple[Discharge, ...]


def asked(
    places: Sequence[Place], chance: Chance, today: date, days: WorkCalendar
) -> Iterator[Sequence[Model]]:
    """Calls and what became of them; then the obligations as that leaves them, what discharged them, and the to-dos."""
    calls = [_call(place, question) for place in places for question in QUESTIONS]
    yield calls
    units = [
        (call, q, unit) for call, (p, q) in zip(calls, _pairs(places), strict=True) for unit in _whom(p, q)
    ]
    yield [CallUnit(call=call, unit=unit) for call, _question, unit in units]
    owed: dict[tuple[Unit, str], list[Owed]] = {}
    for one in (one for place in places for one in place.owed):
        for source in one.said.sources:
            owed.setdefault((one.row.unit, source), []).append(one)
    answers = [
        _answered(call, unit, _met(question, owed.get((unit, question.source), ())), chance, today)
        for call, question, unit in units
    ]
    yield [answer.request for answer in answers]
    yield [one.row for place in places for one in place.owed]
    for answer in answers:
        for discharge in answer.discharges:
            discharge.source_id = answer.request.pk
    yield [discharge for answer in answers for discharge in answer.discharges]
    within = {p.jurisdiction.pk: _confirm_days(p.jurisdiction) for p in places}
    yield [
        *(
            todo_row(due_todo(o.row, words_of(o.row)), SENT)
            for p in places
            for o in p.owed
            if awaits_unit(o.row)
        ),
        *(
            todo
            for answer in answers
            if (todo := _todo(answer.request, days, within[answer.request.jurisdiction_id]))
        ),
    ]


def _pairs(places: Sequence[Place]) -> Iterator[tuple[Place, Question]]:
    return ((place, question) for place in places for question in QUESTIONS)


def _whom(place: Place, question: Question) -> list[Unit]:
    members = place.members if "members" in question.whom else []
    return [*members, *(p.government for p in place.below if "below" in question.whom)]


def _call(place: Place, question: Question) -> Call:
    return Call(
        jurisdiction=place.jurisdiction, year=place.year, title=question.title, body="请按填报项报送。（演示数据）",
        form=list(question.form), due_on=question.due, period_start=question.period[0], period_end=question.period[1],
        source_code=question.source, state=Call.State.ISSUED, issued_at=at(SENT), issued_by=f"{place.name}办公室（演示）",
    )  # fmt: skip


def _met(question: Question, owed: Sequence[Owed]) -> list[Owed]:
    """What an accepted answer discharges: of the period that contains the call's, as `discharge_by_source` finds it."""
    first, last = question.period
    return [one for one in owed if one.period.start <= first and one.period.end >= last]


def _answered(call: Call, unit: Unit, met: Sequence[Owed], chance: Chance, today: date) -> Answered:
    words = (unit.code, call.title)
    state = chance.of(STATES, *words)
    row = UnitRequest(
        call=call, jurisdiction_id=call.jurisdiction_id, unit=unit, due_on=call.due_on, state=state
    )
    if state != STATE.WAITING:
        (field,) = call.form
        row.answers = {field["name"]: _answer(field, unit, chance)}
    if state not in (STATE.SUBMITTED, STATE.RETURNED, STATE.ACCEPTED):
        return Answered(row, ())
    given = min(call.due_on + timedelta(days=chance.below(12, "day", *words) - 8), today - timedelta(days=1))
    row.submitted_at, row.submitted_by = at(given), f"{unit.name[:60]}联络员（演示）"
    row.handed_in = {"answers": row.answers, "statement": "", "nil_report": False}
    if state == STATE.SUBMITTED:
        return Answered(row, ())
    row.decided_at, row.decided_by = at(min(given + timedelta(days=2), today), 15), call.issued_by
    if state == STATE.RETURNED:
        row.comment = "内容过于笼统，请写明数量和时限后重报。（演示）"
        return Answered(row, ())
    return Answered(row, tuple(_discharge(one, row, given, today) for one in met))


def _answer(field: dict[str, Any], unit: Unit, chance: Chance) -> object:
    number = 20 + chance.below(180, unit.code, "checked")
    return (
        number if field["kind"] == "integer" else f"检查企业{number}家，整改问题{number // 9}个。（演示数据）"
    )


def _discharge(one: Owed, request: UnitRequest, given: date, today: date) -> Discharge:
    discharge = Discharge(
        obligation=one.row, jurisdiction_id=one.row.jurisdiction_id, unit_id=one.row.unit_id,
        state=Discharge.State.CONFIRMED, statement=f"已接收报送：{request.call.title}", source_kind=asking.REQUEST,
        submitted_at=at(given, 12), submitted_by=request.decided_by, decided_at=request.decided_at,
        decided_by=BY_ITSELF,
    )  # fmt: skip
    mapping.put_outcome(one.row, judged(one.row, one.period, discharge, today=today))
    return discharge


def _todo(request: UnitRequest, days: WorkCalendar, within: int) -> Todo | None:
    call = request.call
    if request.state in (STATE.WAITING, STATE.DRAFTING):
        return todo_row(asking.due_todo(request), SENT)
    if request.state == STATE.RETURNED and request.decided_at:
        return todo_row(
            _new(
                request,
                asking.TODO_RETURNED,
                request.unit_id,
                f"补正后重新报送：{call.title}",
                request.due_on,
            ),
            local_day(request.decided_at),
        )
    office = call.jurisdiction.office_unit_id
    if request.state == STATE.SUBMITTED and request.submitted_at and office:
        given = local_day(request.submitted_at)
        title = f"审核报送：{request.unit.name} {call.title}"
        return todo_row(_new(request, asking.TODO_REVIEW, office, title, days.add(given, within)), given)
    return None


def _confirm_days(own: Jurisdiction) -> int:
    """Workdays within which an office answers what was handed in."""
    return int(rule("years/lights", on=SENT, jurisdiction=own.code)["confirm_days"])


def _new(request: UnitRequest, kind: str, unit_id: int, title: str, due: date) -> NewTodo:
    return NewTodo(request.jurisdiction_id, unit_id, kind, asking.ref_of(request), title, due)


def todo_row(todo: NewTodo, opened: date) -> Todo:
    """A to-do as `todos_open` would write it."""
    return Todo(
        jurisdiction_id=todo.jurisdiction_id, unit_id=todo.unit_id, kind=todo.kind, ref_kind=todo.ref.kind,
        ref_id=todo.ref.id, title=todo.title[:200], due_on=todo.due_on, created_at=at(opened),
    )  # fmt: skip

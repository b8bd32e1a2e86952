"""What every step of asking and answering shares: locks, refusals, to-dos, messages, the log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.services.todos import NewTodo, notice_send_to_units, todo_close, todo_open
from zhize.apps.requests import policies
from zhize.apps.requests.models import Call, UnitRequest
from zhize.apps.years.models import WorkYear
from zhize.apps.years.selectors import confirm_by
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record
from zhize.kit.clock import local_day
from zhize.kit.errors import NotAllowed, StateConflict
from zhize.kit.things import ThingRef

CALL = "requests.call"
REQUEST = "requests.unit_request"
TODO_DUE = "call.due"
TODO_REVIEW = "request.review"
TODO_RETURNED = "request.returned"
TODO_CHASE = "call.chase"
LOGGED = [
    "state", "answers", "statement", "nil_report", "handed_in", "submitted_at", "decided_at", "comment", "field_comments",
]  # fmt: skip


def locked_call(call: Call) -> Call:
    return (
        Call.objects.system("locked for a write")
        .select_for_update(of=("self",))
        .select_related("jurisdiction", "year")
        .get(pk=call.pk)
    )


def locked_request(request: UnitRequest) -> UnitRequest:
    return (
        UnitRequest.objects.system("locked for a write")
        .select_for_update(of=("self",))
        .select_related("call__jurisdiction", "call__year", "unit__answers_through", "jurisdiction")
        .get(pk=request.pk)
    )


def ref_of(request: UnitRequest) -> ThingRef:
    return ThingRef(REQUEST, request.pk)


def refuse_outsider(actor: Actor, call: Call) -> None:
    if not policies.may_change_call(actor, call):
        raise NotAllowed(_("只有本辖区办公室可以拟定、发出和结束征集"), remedy=_("请切换到办公室的身份"))


def refuse_others(actor: Actor, request: UnitRequest) -> None:
    if not policies.may_answer(actor, request):
        raise NotAllowed(
            _("只有被征集单位的人员可以填报"), remedy=_("请切换到该单位的身份，或联系该单位联络员")
        )


def refuse_closed_year(year: WorkYear) -> None:
    if year.state == WorkYear.State.CLOSED:
        raise StateConflict(
            _("%(year)s已关账，不能再征集或报送") % {"year": year.label},
            remedy=_("如确需办理，请联系办公室重新开启该年度"),
        )


def refuse_ended(request: UnitRequest) -> None:
    """What is answered to a call that is over goes nowhere."""
    refuse_closed_year(request.call.year)
    if request.call.state != Call.State.ISSUED:
        raise StateConflict(
            _("这次征集%(state)s，不能再报送") % {"state": request.call.get_state_display()},
            where=request.call.title,
            remedy=_("如确需补报，请联系办公室"),
        )


def reached(unit: Unit) -> list[int]:
    """Whose people a message to this unit must reach: its own, and those of the unit that answers for it."""
    return [pk for pk in (unit.pk, unit.answers_through_id) if pk]


def tell(units: Iterable[Unit], text: str, ref: ThingRef, now: datetime) -> None:
    """A message to the people of these units who answer for them. Two statements."""
    texts = {pk: text for unit in units for pk in reached(unit)}
    notice_send_to_units(texts=texts, roles=policies.UNIT, ref=ref, now=now)


def due_todo(request: UnitRequest) -> NewTodo:
    """What awaits the unit: answer by the due date."""
    return NewTodo(
        jurisdiction_id=request.jurisdiction_id,
        unit_id=request.unit_id,
        kind=TODO_DUE,
        ref=ref_of(request),
        title=f"报送：{request.call.title}",
        due_on=request.due_on,
    )


def ask_office(request: UnitRequest, actor: Actor, now: datetime) -> None:
    """The unit's to-dos done, one for the office; it owes its word within `confirm_days` working days."""
    ref = ref_of(request)
    todo_close(ref=ref, actor=actor, now=now)
    if office := request.jurisdiction.office_unit_id:
        todo_open(
            todo=NewTodo(
                jurisdiction_id=request.jurisdiction_id,
                unit_id=office,
                kind=TODO_REVIEW,
                ref=ref,
                title=f"审核报送：{request.unit.name} {request.call.title}",
                due_on=confirm_by(request.jurisdiction.code, local_day(now)),
            ),
            now=now,
        )


def save(request: UnitRequest) -> None:
    request.version += 1
    request.full_clean()
    request.save()


def log(log_type: LogType, request: UnitRequest, actor: Actor, now: datetime, **values: Any) -> None:
    record(
        log_type,
        actor=actor,
        thing=ref_of(request),
        now=now,
        jurisdiction_code=request.jurisdiction.code,
        **values,
    )

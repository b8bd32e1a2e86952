"""Answering a call and deciding on answers, over the same services as the pages."""

# No `from __future__ import annotations` here: ninja reads the signatures.
from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Router, Status
from pydantic import Field

from zhize.apps.api.schemas import AnswerIn, AnswerOut, Decision, ReturnIn, Step
from zhize.apps.requests import mapping, policies, selectors, services
from zhize.apps.requests.models import UnitRequest
from zhize.kit.actor import Actor
from zhize.kit.api import ConflictOut, ErrorOut
from zhize.kit.errors import EditConflict
from zhize.kit.views import found

router = Router(tags=["requests"])
REFUSALS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422), ErrorOut)
_WITH_CONFLICT = REFUSALS | {409: ConflictOut | ErrorOut}
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]


@router.get(
    "/unit-requests/{int:pk}/answer", response={200: AnswerOut, **REFUSALS}, operation_id="answer_get"
)
def answer_get(request: HttpRequest, pk: Path[Id]) -> Any:
    """What is asked, and the draft for the unit itself; for the office what was handed in."""
    return answer_of(acting(request), pk)


@router.put(
    "/unit-requests/{int:pk}/answer", response={200: AnswerOut, **_WITH_CONFLICT}, operation_id="answer_save"
)
def answer_save(request: HttpRequest, pk: Path[Id], data: AnswerIn) -> Any:
    """Keeps a draft; nobody else sees it before it is handed in."""
    return _step(
        request,
        pk,
        data,
        services.request_save,
        answers=data.answers,
        statement=data.statement,
        nil_report=data.nil_report,
    )


@router.post(
    "/unit-requests/{int:pk}/submit",
    response={200: AnswerOut, **_WITH_CONFLICT},
    operation_id="answer_submit",
)
def answer_submit(request: HttpRequest, pk: Path[Id], data: Step) -> Any:
    """报送: the day of this call decides lateness."""
    return _step(request, pk, data, services.request_submit)


@router.post(
    "/unit-requests/{int:pk}/withdraw",
    response={200: AnswerOut, **_WITH_CONFLICT},
    operation_id="answer_withdraw",
)
def answer_withdraw(request: HttpRequest, pk: Path[Id], data: Step) -> Any:
    """撤回 what the office has not decided on."""
    return _step(request, pk, data, services.request_withdraw)


@router.post(
    "/unit-requests/{int:pk}/accept",
    response={200: AnswerOut, **_WITH_CONFLICT},
    operation_id="answer_accept",
)
def answer_accept(request: HttpRequest, pk: Path[Id], data: Decision) -> Any:
    """接收: it counts from the day it was handed in."""
    return _step(request, pk, data, services.request_accept, comment=data.comment)


@router.post(
    "/unit-requests/{int:pk}/return",
    response={200: AnswerOut, **_WITH_CONFLICT},
    operation_id="answer_return",
)
def answer_return(request: HttpRequest, pk: Path[Id], data: ReturnIn) -> Any:
    """退回: `comment` or `field_comments` say what is to be mended."""
    return _step(
        request, pk, data, services.request_return, comment=data.comment, field_comments=data.field_comments
    )


def _step(request: HttpRequest, pk: int, data: Any, act: Callable[..., Any], **given: Any) -> Any:
    actor = acting(request)
    row = found(selectors.request_by_pk(actor, pk))
    try:
        act(request=row, version=data.version, actor=actor, now=now_of(request), **given)
    except EditConflict as error:
        problem = {"what": error.problem.what, "remedy": error.problem.remedy}
        return Status(409, {"error": problem, "theirs": answer_of(actor, pk).dict(), "mine": data.dict()})
    return answer_of(actor, pk)


def answer_of(actor: Actor, pk: int) -> AnswerOut:
    row: UnitRequest = found(selectors.request_by_pk(actor, pk))
    own = policies.may_read_draft(actor, row)
    handed = row.handed_in or {}
    shown = (
        {"answers": row.answers, "statement": row.statement, "nil_report": row.nil_report} if own else handed
    )
    return AnswerOut.model_validate(
        {
            "id": row.pk,
            "call": row.call_id,
            "call_title": row.call.title,
            "unit": row.unit.name,
            "unit_code": row.unit.code,
            "state": row.state,
            "due_on": row.due_on,
            "version": row.version,
            "nil_allowed": row.call.nil_allowed,
            "fields": [
                {
                    "name": one.name,
                    "label": str(one.label),
                    "kind": one.kind.value,
                    "required": one.required,
                    "help": str(one.help or ""),
                    "choices": [str(value) for value, _label in one.choices.choices] if one.choices else [],
                }
                for one in mapping.fields_of(row.call)
            ],
            "answers": shown.get("answers", {}),
            "statement": shown.get("statement", ""),
            "nil_report": shown.get("nil_report", False),
            "comment": row.comment,
            "field_comments": row.field_comments or {},
        }
    )


def now_of(request: HttpRequest) -> Any:
    return request.now  # type: ignore[attr-defined]


def acting(request: HttpRequest) -> Actor:
    return request.auth  # type: ignore[attr-defined,no-any-return]

"""Answering a call, deciding on answers, and 报送包, over the same services as the pages."""

# No `from __future__ import annotations` here: ninja reads the signatures.
import tempfile
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import File, Form, Path, Router, Status
from ninja.files import UploadedFile
from pydantic import Field

from zhize.apps.api.schemas import AnswerIn, AnswerOut, Decision, PackRunOut, ReturnIn, Step, TakeIn
from zhize.apps.requests import mapping, policies, selectors, services
from zhize.apps.requests.models import Call, PackRun, UnitRequest
from zhize.apps.requests.selectors.pack_books import XLSX
from zhize.apps.requests.tasks import PACKS_READ, PACKS_TAKE, packs_go_on
from zhize.kit.actor import Actor
from zhize.kit.api import ConflictOut, ErrorOut
from zhize.kit.clock import local_day
from zhize.kit.errors import EditConflict, NotAllowed, StateConflict
from zhize.kit.files.answers import named, send_bytes
from zhize.kit.views import found

MOST_SHOWN = 500
router = Router(tags=["requests"])
_REFUSALS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422), ErrorOut)
_WITH_CONFLICT = _REFUSALS | {409: ConflictOut | ErrorOut}
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]


@router.get(
    "/unit-requests/{int:pk}/answer", response={200: AnswerOut, **_REFUSALS}, operation_id="answer_get"
)
def answer_get(request: HttpRequest, pk: Path[Id]) -> Any:
    """What is asked, and the draft for the unit itself; for the office what was handed in."""
    return _answer(_actor(request), pk)


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


@router.get("/unit-requests/{int:pk}/pack", response={200: bytes, **_REFUSALS}, operation_id="pack_get")
def pack_get(request: HttpRequest, pk: Path[Id]) -> HttpResponse:
    """The unit's workbook (.xlsx), what the product knows filled in."""
    row = _own(_actor(request), pk)
    return send_bytes(selectors.pack_book(_actor(request), row), selectors.pack_name(row), XLSX)


@router.post("/unit-requests/{int:pk}/pack", response={200: AnswerOut, **_REFUSALS}, operation_id="pack_fill")
def pack_fill(request: HttpRequest, pk: Path[Id], file: File[UploadedFile]) -> Any:
    """The workbook becomes the unit's draft: looked at and handed in with `submit`."""
    row = _own(_actor(request), pk)
    services.pack_fill(request=row, upload=file, actor=_actor(request), now=_now(request))
    return _answer(_actor(request), pk)


@router.get("/calls/{int:pk}/packs", response={200: bytes, **_REFUSALS}, operation_id="packs_get")
def packs_get(request: HttpRequest, pk: Path[Id]) -> HttpResponse:
    """A workbook for each unit that has not handed in, as one zip."""
    call = _asking(_actor(request), pk)
    if call.state != Call.State.ISSUED:
        raise StateConflict(_("还没有发出或已经结束，没有报送包"), where=call.title)
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    selectors.packs_archive(_actor(request), call, target)
    target.seek(0)
    response = FileResponse(target, content_type="application/zip")
    return named(response, "attachment", f"{call.title[:60]}-报送包.zip")  # type: ignore[return-value]


@router.post("/calls/{int:pk}/packs", response={201: PackRunOut, **_REFUSALS}, operation_id="packs_drop")
def packs_drop(
    request: HttpRequest,
    pk: Path[Id],
    files: File[list[UploadedFile]],
    received_on: Form[date | None] = None,
) -> Any:
    """Returned workbooks (.xlsx, or .zip of them): read, nothing taken in yet. `received_on` decides lateness."""
    actor = _actor(request)
    run = services.packs_open(
        call=_asking(actor, pk),
        uploads=files,
        received_on=received_on or local_day(_now(request)),
        actor=actor,
        now=_now(request),
    )
    job = packs_go_on(run=run, kind=PACKS_READ, payload={}, actor=actor, now=_now(request))
    return Status(201, _run(actor, run.pk, job.pk if job else None))


@router.get("/pack-runs/{int:pk}", response={200: PackRunOut, **_REFUSALS}, operation_id="pack_run_get")
def pack_run_get(request: HttpRequest, pk: Path[Id]) -> Any:
    """What would be taken, what is refused and why, what a person must decide; the first 500 files."""
    return _run(_actor(request), pk)


@router.post(
    "/pack-runs/{int:pk}/take", response={200: PackRunOut, **_REFUSALS}, operation_id="pack_run_take"
)
def pack_run_take(request: HttpRequest, pk: Path[Id], data: TakeIn) -> Any:
    """收取: each file whole or not at all."""
    actor = _actor(request)
    run: PackRun = found(selectors.pack_run_by_pk(actor, pk))
    payload = {"replace": sorted(set(data.replace)), "version": data.version}
    job = packs_go_on(run=run, kind=PACKS_TAKE, payload=payload, actor=actor, now=_now(request))
    return _run(actor, pk, job.pk if job else None)


def _step(request: HttpRequest, pk: int, data: Any, act: Callable[..., Any], **given: Any) -> Any:
    actor = _actor(request)
    row = found(selectors.request_by_pk(actor, pk))
    try:
        act(request=row, version=data.version, actor=actor, now=_now(request), **given)
    except EditConflict as error:
        problem = {"what": error.problem.what, "remedy": error.problem.remedy}
        return Status(409, {"error": problem, "theirs": _answer(actor, pk).dict(), "mine": data.dict()})
    return _answer(actor, pk)


def _answer(actor: Actor, pk: int) -> AnswerOut:
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


def _run(actor: Actor, pk: int, job: int | None = None) -> PackRunOut:
    run: PackRun = found(selectors.pack_run_by_pk(actor, pk))
    files = selectors.pack_files_listed(actor).filter(run=run).order_by("pk")[:MOST_SHOWN]
    return PackRunOut.model_validate(
        {
            "id": run.pk,
            "call": run.call_id,
            "state": run.state,
            "received_on": run.received_on,
            "version": run.version,
            "counts": {str(verdict): number for verdict, number in selectors.pack_counts(actor, run).items()},
            "files": [
                {
                    "id": one.pk,
                    "name": one.name,
                    "unit": one.request.unit.name if one.request else "",
                    "verdict": one.verdict,
                    "problems": one.problems,
                    "changed": one.changed,
                }
                for one in files
            ],
            "job": job,
        }
    )


def _asking(actor: Actor, pk: int) -> Call:
    call: Call = found(selectors.call_by_pk(actor, pk))
    if not policies.may_change_call(actor, call):
        raise NotAllowed(_("只有本辖区办公室可以收发报送包"), remedy=_("请使用办公室岗位的令牌"))
    if not selectors.has_packs(call):
        raise StateConflict(_("“%(title)s”要求在专门页面填报，没有报送包") % {"title": call.title})
    return call


def _own(actor: Actor, pk: int) -> UnitRequest:
    row: UnitRequest = found(selectors.request_by_pk(actor, pk))
    if not policies.may_answer(actor, row):
        raise NotAllowed(_("只有被征集单位的人员可以填报"), remedy=_("请使用该单位岗位的令牌"))
    if not selectors.has_packs(row.call):
        raise StateConflict(_("这次征集要求在专门页面填报，没有报送包"), where=row.call.title)
    return row


def _now(request: HttpRequest) -> Any:
    return request.now  # type: ignore[attr-defined]


def _actor(request: HttpRequest) -> Actor:
    return request.auth  # type: ignore[attr-defined,no-any-return]

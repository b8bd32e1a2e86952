"""报送包 by API: the unit's own workbook, all workbooks of a call, what came back, over the same services as the pages."""

# No `from __future__ import annotations` here: ninja reads the signatures.
import tempfile
from datetime import date
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import File, Form, Path, Router, Status
from ninja.files import UploadedFile

from zhize.apps.api.requests import REFUSALS, Id, acting, answer_of, now_of
from zhize.apps.api.schemas import AnswerOut, PackRunOut, TakeIn
from zhize.apps.requests import policies, selectors, services
from zhize.apps.requests.models import Call, PackRun, UnitRequest
from zhize.apps.requests.selectors.pack_books import XLSX
from zhize.apps.requests.tasks import PACKS_READ, PACKS_TAKE, packs_go_on
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import NotAllowed, StateConflict
from zhize.kit.files.answers import named, send_bytes
from zhize.kit.views import found

MOST_SHOWN = 500
router = Router(tags=["packs"])


def _file(content_type: str) -> dict[str, Any]:
    """What the description says of an answer that is a file; ninja knows JSON alone."""
    content = {content_type: {"schema": {"type": "string", "format": "binary"}}}
    return {"responses": {200: {"content": content}}}


@router.get(
    "/unit-requests/{int:pk}/pack",
    response={200: None, **REFUSALS},
    operation_id="pack_get",
    openapi_extra=_file(XLSX),
)
def pack_get(request: HttpRequest, pk: Path[Id]) -> HttpResponse:
    """The unit's workbook (.xlsx), what the product knows filled in."""
    row = _own(acting(request), pk)
    return send_bytes(selectors.pack_book(acting(request), row), selectors.pack_name(row), XLSX)


@router.post("/unit-requests/{int:pk}/pack", response={200: AnswerOut, **REFUSALS}, operation_id="pack_fill")
def pack_fill(request: HttpRequest, pk: Path[Id], file: File[UploadedFile]) -> Any:
    """The workbook becomes the unit's draft: looked at and handed in with `submit`."""
    row = _own(acting(request), pk)
    services.pack_fill(request=row, upload=file, actor=acting(request), now=now_of(request))
    return answer_of(acting(request), pk)


@router.get(
    "/calls/{int:pk}/packs",
    response={200: None, **REFUSALS},
    operation_id="packs_get",
    openapi_extra=_file("application/zip"),
)
def packs_get(request: HttpRequest, pk: Path[Id]) -> HttpResponse:
    """A workbook for each unit that has not handed in, as one zip."""
    call = _asking(acting(request), pk)
    if call.state != Call.State.ISSUED:
        raise StateConflict(_("还没有发出或已经结束，没有报送包"), where=call.title)
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    selectors.packs_archive(acting(request), call, target)
    target.seek(0)
    response = FileResponse(target, content_type="application/zip")
    return named(response, "attachment", f"{call.title[:60]}-报送包.zip")  # type: ignore[return-value]


@router.post("/calls/{int:pk}/packs", response={201: PackRunOut, **REFUSALS}, operation_id="packs_drop")
def packs_drop(
    request: HttpRequest,
    pk: Path[Id],
    files: File[list[UploadedFile]],
    received_on: Form[date | None] = None,
) -> Any:
    """Returned workbooks (.xlsx, or .zip of them): read, nothing taken in yet. `received_on` decides lateness."""
    actor = acting(request)
    run = services.packs_open(
        call=_asking(actor, pk),
        uploads=files,
        received_on=received_on or local_day(now_of(request)),
        actor=actor,
        now=now_of(request),
    )
    job = packs_go_on(run=run, kind=PACKS_READ, payload={}, actor=actor, now=now_of(request))
    return Status(201, _run(actor, run.pk, job.pk if job else None))


@router.get("/pack-runs/{int:pk}", response={200: PackRunOut, **REFUSALS}, operation_id="pack_run_get")
def pack_run_get(request: HttpRequest, pk: Path[Id]) -> Any:
    """What would be taken, what is refused and why, what a person must decide; the first 500 files."""
    return _run(acting(request), pk)


@router.post("/pack-runs/{int:pk}/take", response={200: PackRunOut, **REFUSALS}, operation_id="pack_run_take")
def pack_run_take(request: HttpRequest, pk: Path[Id], data: TakeIn) -> Any:
    """收取: each file whole or not at all."""
    actor = acting(request)
    run: PackRun = found(selectors.pack_run_by_pk(actor, pk))
    payload = {"replace": sorted(set(data.replace)), "version": data.version}
    job = packs_go_on(run=run, kind=PACKS_TAKE, payload=payload, actor=actor, now=now_of(request))
    return _run(actor, pk, job.pk if job else None)


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

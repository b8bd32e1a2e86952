"""What a unit hands in and the office decides, over the same services as the pages."""

# No `from __future__ import annotations` here: ninja reads the signatures.
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import File, Form, Path, Router, Status
from ninja.files import UploadedFile
from pydantic import Field

from zhize.apps.api.schemas import Decision, DischargeOut, HandIn
from zhize.apps.documents.selectors import evidence_of
from zhize.apps.regulations import policies, selectors, services
from zhize.apps.regulations.models import Discharge
from zhize.kit.actor import Actor
from zhize.kit.api import ConflictOut, ErrorOut
from zhize.kit.errors import BadInput, EditConflict, NotAllowed
from zhize.kit.views import found

MOST_FILES = 20
router = Router(tags=["discharges"])
_REFUSALS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422), ErrorOut)
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]


@router.get(
    "/obligations/{int:pk}/discharges",
    response={200: list[DischargeOut], **_REFUSALS},
    operation_id="discharge_list",
)
def discharge_list(request: HttpRequest, pk: Path[Id]) -> Any:
    """履行记录: everything handed in for an obligation, newest first."""
    obligation = found(selectors.obligation_by_pk(_actor(request), pk))
    return [_out(row) for row in selectors.discharges_of(obligation)]


@router.post(
    "/obligations/{int:pk}/discharges",
    response={201: DischargeOut, **_REFUSALS},
    operation_id="discharge_hand_in",
)
def discharge_hand_in(
    request: HttpRequest,
    pk: Path[Id],
    data: Form[HandIn],
    files: File[list[UploadedFile] | None] = None,
) -> Any:
    """报送: files (multipart) and ids of evidence registered before, with a statement; all or nothing.

    `dated_on` is the date of the new files themselves, today where it is missing.
    """
    actor = _actor(request)
    obligation = found(selectors.obligation_by_pk(actor, pk))
    if not policies.may_discharge(actor, obligation):
        raise NotAllowed(_("只有责任单位的人员可以报送履行材料"), remedy=_("请使用该单位岗位的令牌"))
    uploads = files or []
    if len(uploads) > MOST_FILES or len(data.evidence) > MOST_FILES:
        raise BadInput(_("一次最多 %(n)s 个文件") % {"n": MOST_FILES}, remedy=_("请合并后再报送"))
    existing = []
    for one in dict.fromkeys(data.evidence):
        row = evidence_of(actor, one) if 0 < one < 2**63 else None
        if row is None:
            raise BadInput(_("没有编号为 %(pk)s 的材料") % {"pk": one}, where="evidence")
        existing.append(row)
    made = services.discharge_hand_in(
        obligation=obligation,
        statement=data.statement,
        uploads=uploads,
        dated_on=data.dated_on or request.now.date(),  # type: ignore[attr-defined]
        existing=existing,
        actor=actor,
        now=request.now,  # type: ignore[attr-defined]
    )
    return Status(201, _out(made))


@router.post(
    "/discharges/{int:pk}/confirm",
    response={200: DischargeOut, **_REFUSALS, 409: ConflictOut | ErrorOut},
    operation_id="discharge_confirm",
)
def discharge_confirm(request: HttpRequest, pk: Path[Id], data: Decision) -> Any:
    """确认: the obligation counts as done on the day it was handed in."""
    return _decide(request, services.discharge_confirm, data, pk)


@router.post(
    "/discharges/{int:pk}/return",
    response={200: DischargeOut, **_REFUSALS, 409: ConflictOut | ErrorOut},
    operation_id="discharge_return",
)
def discharge_return(request: HttpRequest, pk: Path[Id], data: Decision) -> Any:
    """退回: `comment` says what is to be mended."""
    return _decide(request, services.discharge_return, data, pk)


def _decide(request: HttpRequest, act: Any, data: Decision, pk: int) -> Any:
    actor = _actor(request)
    row = found(selectors.discharge_by_pk(actor, pk))
    try:
        done = act(
            discharge=row,
            comment=data.comment,
            version=data.version,
            actor=actor,
            now=request.now,  # type: ignore[attr-defined]
        )
    except EditConflict as error:
        problem = {"what": error.problem.what, "remedy": error.problem.remedy}
        theirs = _out(found(selectors.discharge_by_pk(actor, pk))).dict()
        return Status(409, {"error": problem, "theirs": theirs, "mine": data.dict()})
    return _out(done)


def _out(row: Discharge) -> DischargeOut:
    return DischargeOut.model_validate(
        {
            "id": row.pk,
            "obligation": row.obligation_id,
            "state": row.state,
            "statement": row.statement,
            "unit": row.unit.name,
            "submitted_at": row.submitted_at,
            "submitted_by": row.submitted_by,
            "comment": row.comment,
            "decided_by": row.decided_by,
            "decided_at": row.decided_at,
            "version": row.version,
            "evidence": [
                {"id": one.pk, "title": one.title, "dated_on": one.dated_on, "sha256": one.file.sha256}
                for one in selectors.evidence_of_discharge(row)
            ],
        }
    )


def _actor(request: HttpRequest) -> Actor:
    return request.auth  # type: ignore[attr-defined,no-any-return]

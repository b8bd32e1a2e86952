"""Numbers: given at signing, made void with the reason, never given again."""

from __future__ import annotations

from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction

from zhize.apps.documents.events import OfficialVoided
from zhize.apps.documents.log_types import (
    OFFICIAL_VOIDED,
)
from zhize.apps.documents.models import OfficialDocument, StoredFile
from zhize.apps.documents.selectors import kind_rule
from zhize.apps.documents.services.common import (
    LOGGED,
    demand_handling,
    locked,
    log,
    need,
    ref_of,
    save,
    step_of,
    step_take,
)
from zhize.apps.orgs.services.todos import todo_close
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput
from zhize.kit.events import emit
from zhize.kit.models import NumberGiven
from zhize.kit.numbering import number_give, number_void
from zhize.kit.versioned import check_version, snapshot

SIGNING = "签发"
Scan = File[bytes] | StoredFile | None


@transaction.atomic
def official_void(
    *, document: OfficialDocument, reason: str, version: int | None, actor: Actor, now: datetime
) -> OfficialDocument:
    """作废: before it is sent. A number already given stays used and is entered as void (作废登记).

    What was sent is withdrawn by another document (撤销), never made void here.
    """
    current = locked(document)
    demand_handling(actor, current)
    check_version(current, version, mine={"reason": reason})
    step_of(current, "void")
    need(reason, "请写明作废原因", "作废原因")
    before = snapshot(current, LOGGED)
    if current.given is not None:
        number_void(given=current.given, reason=reason[:200], actor=actor, now=now)
    step_take(current, "void", actor, now, reason)
    save(current)
    todo_close(ref=ref_of(current), actor=actor, now=now)
    emit(OfficialVoided(current, reason, actor, now))
    log(OFFICIAL_VOIDED, current, actor, now, before=before, note=reason)
    return current


def number_of_signing(document: OfficialDocument, on: date, actor: Actor, now: datetime) -> NumberGiven:
    issuer = document.issuer
    assert issuer is not None  # official_sign has looked
    if kind_rule(document, on).serial:
        series, form = f"issuer:{issuer.pk}:{document.kind}:{on.year}", "第{number}期"
    elif issuer.agency_code:
        series = f"{issuer.agency_code}〔{on.year}〕"
        form = series + "{number}号"
    else:
        raise BadInput(
            "发文主体没有机关代字",
            where=issuer.name,
            why="没有机关代字不能编文号",
            remedy="请在“发文主体”中补上",
        )
    return number_give(series=series, form=form, ref=ref_of(document), actor=actor, now=now)

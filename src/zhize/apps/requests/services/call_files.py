"""Files sent along with a call, while it is a draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from zhize.apps.documents.services import evidence_register
from zhize.apps.requests import log_types
from zhize.apps.requests.models import Call, CallFile
from zhize.apps.requests.services.common import CALL, locked_call, refuse_outsider
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.things import ThingRef


@transaction.atomic
def call_files_add(*, call: Call, uploads: Sequence[File[bytes]], actor: Actor, now: datetime) -> Call:
    """Adds files to a call that is not sent: the draft on which comments are asked, an annex, a model to follow."""
    current = _draft(call, actor)
    if not uploads:
        raise BadInput(_("没有选择文件"), where=_("随附文件"), remedy=_("请选择一个或多个文件"))
    new = [
        evidence_register(
            upload=upload,
            jurisdiction=current.jurisdiction,
            title=upload.name or "",
            dated_on=local_day(now),
            actor=actor,
            now=now,
        )
        for upload in uploads
    ]
    CallFile.objects.bulk_create(CallFile(call=current, evidence=one) for one in new)
    _log(current, actor, now, {"added": [one.pk for one in new]})
    return current


@transaction.atomic
def call_file_drop(*, call: Call, link: CallFile, actor: Actor, now: datetime) -> Call:
    """Takes a file out of a call that is not sent; the file itself stays registered."""
    current = _draft(call, actor)
    CallFile.objects.filter(call=current, pk=link.pk).delete()
    _log(current, actor, now, {"dropped": link.evidence_id})
    return current


def _draft(call: Call, actor: Actor) -> Call:
    current = locked_call(call)
    refuse_outsider(actor, current)
    if current.state != Call.State.DRAFT:
        raise StateConflict(
            _("已发出的征集不能增减随附文件"),
            where=current.title,
            why=_("各单位已按发出的文件填报"),
            remedy=_("请取消后重新拟定，或另发一次"),
        )
    return current


def _log(call: Call, actor: Actor, now: datetime, after: dict[str, object]) -> None:
    record(
        log_types.CALL_FILES,
        actor=actor,
        thing=ThingRef(CALL, call.pk),
        now=now,
        after=after,
        jurisdiction_code=call.jurisdiction.code,
    )

"""Materials of a row of 任务进展填报: registered with their own date, or registered before and used again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction

from zhize.apps.documents.models import Evidence
from zhize.apps.documents.services import evidence_register
from zhize.apps.requests.models import UnitRequest
from zhize.apps.requests.policies import may_answer
from zhize.apps.work.log_types import tasks as log_types
from zhize.apps.work.models import TaskReply, TaskReplyFile
from zhize.apps.work.selectors.task_replies import sheet_of
from zhize.apps.work.services.task_replies import log_reply
from zhize.core.workflow.unit_request import TABLE
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict


@transaction.atomic
def task_reply_files(
    *,
    request: UnitRequest,
    task_id: int,
    uploads: Sequence[File[bytes]] = (),
    existing: Sequence[Evidence] = (),
    drop: Sequence[int] = (),
    dated_on: date | None = None,
    actor: Actor,
    now: datetime,
) -> TaskReply:
    """Adds materials to the row of one task, or takes some out (`drop`, ids of evidence); nobody else sees them before the
    answer is handed in."""
    rows = UnitRequest.objects.system("locked for a write").select_for_update(of=("self",))
    current = rows.select_related("call__year", "unit", "jurisdiction").get(pk=request.pk)
    if not may_answer(actor, current):
        raise NotAllowed("只有被征集单位的人员可以填报", remedy="请切换到该单位的身份")
    if TABLE.status(current.state).locked or current.call.state != "issued":
        raise StateConflict("已报送或已结束，不能再改材料", where=current.call.title, remedy="请先撤回报送")
    row = next(
        (one for one in sheet_of(current, local_day(now), handed=False).rows if one.task.pk == task_id),
        None,
    )
    if row is None:
        raise BadInput("这项任务现在不用报进展", remedy="请刷新页面后重试")
    strangers = [one for one in existing if one.unit_id != actor.unit_id]
    if strangers:
        raise BadInput(
            f"“{strangers[0].title}”不是本单位的材料",
            where="选用已登记的材料",
            remedy="请选用本单位登记的材料",
        )
    reply = row.reply or TaskReply.objects.create(request=current, task=row.task, **row.said)
    new = [
        evidence_register(
            upload=one, jurisdiction=current.jurisdiction, title=one.name or "", dated_on=dated_on or local_day(now),
            actor=actor, now=now,
        )
        for one in uploads
    ]  # fmt: skip
    here = {one.pk for one in row.files}
    added = [one for one in dict.fromkeys((*new, *existing)) if one.pk not in here]
    TaskReplyFile.objects.bulk_create(TaskReplyFile(reply=reply, evidence=one) for one in added)
    TaskReplyFile.objects.filter(reply=reply, evidence__in=drop).delete()
    log_reply(
        log_types.REPLY_FILES, current, actor, now, task=task_id, added=[one.pk for one in added], dropped=list(drop)
    )  # fmt: skip
    return reply

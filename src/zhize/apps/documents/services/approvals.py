"""审批记录: what was approved on paper, entered by whoever holds the paper."""

from __future__ import annotations

from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction

from zhize.apps.documents.events import ApprovalRecorded
from zhize.apps.documents.log_types import APPROVAL_RECORDED
from zhize.apps.documents.models import Approval, StoredFile
from zhize.apps.documents.policies import may_record_approval
from zhize.apps.documents.services.common import checked
from zhize.apps.documents.services.files import file_store
from zhize.apps.orgs.models import Jurisdiction
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.events import emit
from zhize.kit.things import ThingRef
from zhize.kit.versioned import snapshot


@transaction.atomic
def approval_record(
    *,
    ref: ThingRef,
    jurisdiction: Jurisdiction,
    step: str,
    by_name: str,
    on: date,
    decision: str = Approval.Decision.AGREED,
    by_title: str = "",
    opinion: str = "",
    scan: File[bytes] | StoredFile | None = None,
    actor: Actor,
    now: datetime,
) -> Approval:
    """Records who approved `ref` on paper, on which day, in which words; `scan` is an upload or a file already kept.

    The app of the thing asks its own policy first. Raises `BadInput` for a day in the future or a missing name.
    """
    if not may_record_approval(actor, jurisdiction):
        raise NotAllowed("您当前的岗位不能登记审批", remedy="请由本辖区的工作人员登记")
    if on > local_day(now):
        raise BadInput(f"审批日期 {on} 晚于今天", where="审批日期", remedy="请按批示件上的日期填写")
    if isinstance(scan, File):
        scan = file_store(upload=scan, jurisdiction=jurisdiction, actor=actor, now=now)
    approval = Approval(
        jurisdiction=jurisdiction,
        ref_kind=ref.kind,
        ref_id=ref.id,
        step=step.strip(),
        decision=decision,
        by_name=by_name.strip(),
        by_title=by_title.strip(),
        on=on,
        opinion=opinion.strip(),
        scan=scan,
        entered_by=actor.name,
        entered_hat=actor.hat[:160],
        entered_at=now,
    )
    checked(approval, "审批记录")
    approval.save()
    emit(ApprovalRecorded(approval, actor, now))
    record(
        APPROVAL_RECORDED,
        actor=actor,
        thing=ref,
        now=now,
        after={**snapshot(approval), "sha256": scan.sha256 if scan else ""},
        jurisdiction_code=jurisdiction.code,
    )
    return approval

"""Background work of this app."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse

from zhize.apps.assessment import selectors
from zhize.apps.assessment.services import sheets_issue
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput
from zhize.kit.jobs import JobResult, Progress

SHEETS = "assessment.sheets"


def sheets_job(*, progress: Progress, payload: dict[str, Any], actor: Actor, now: datetime) -> JobResult:
    """Sends each object its sheet; cancelled between two, what was sent stays sent."""
    round_ = selectors.round_by_pk(actor, int(payload["round"]))
    if round_ is None:
        raise BadInput("找不到这次考核", remedy="请从考核页面重新提交")
    sent = sheets_issue(
        round_=round_,
        signed_by=payload["signed_by"],
        signed_title=payload["signed_title"],
        signed_on=date.fromisoformat(payload["signed_on"]),
        actor=actor,
        now=now,
        tell=progress.step,
    )
    return JobResult(f"已印发 {sent} 份考核结果单", reverse("assessment:round", args=[round_.pk]))

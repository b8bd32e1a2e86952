"""What this app does when something happens below it."""

from __future__ import annotations

from zhize.apps.regulations.services import discharge_by_source, obligations_make
from zhize.apps.requests import selectors as requests
from zhize.apps.requests.events import CallIssued, RequestAccepted
from zhize.apps.years.events import YearOpened
from zhize.kit.clock import local_day
from zhize.kit.things import ThingRef

CALL_ISSUED = "requests.call.issued"


def on_year_opened(event: YearOpened) -> None:
    """Opening a year makes its obligations, in the same transaction."""
    obligations_make(year=event.year, actor=event.actor, now=event.now)


def on_request_accepted(event: RequestAccepted) -> None:
    """An accepted answer discharges what its call says it counts as, from the day it was handed in."""
    request, call = event.request, event.request.call
    if not call.source_code or request.submitted_at is None:
        return
    period = (call.period_start, call.period_end) if call.period_start and call.period_end else None
    words = f"零报告：{call.title}" if request.nil_report else f"已接收报送：{call.title}"
    discharge_by_source(
        code=call.source_code,
        ref=ThingRef("requests.unit_request", request.pk),
        jurisdiction=request.jurisdiction,
        unit_ids=[request.unit_id],
        on=local_day(request.submitted_at),
        period=period,
        statement=words,
        evidence=requests.evidence_of(request),
        actor=event.actor,
        now=event.now,
    )


def on_call_issued(event: CallIssued) -> None:
    """A call that comes from a duty discharges this one duty of the office, where it names calls among its sources."""
    call = event.call
    office = call.jurisdiction.office_unit_id
    if call.source_kind != "regulations.duty" or call.source_id is None or office is None:
        return
    discharge_by_source(
        code=CALL_ISSUED,
        ref=ThingRef("requests.call", call.pk),
        jurisdiction=call.jurisdiction,
        unit_ids=[office],
        on=local_day(event.now),
        statement=f"已发出征集：{call.title}",
        duty_ids=[call.source_id],
        actor=event.actor,
        now=event.now,
    )

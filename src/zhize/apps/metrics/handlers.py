"""What this app does when something happens to a call for figures, in the same transaction."""

from __future__ import annotations

from zhize.apps.metrics.services.collecting import CONTENT, refuse_without_grid
from zhize.apps.metrics.services.entering import accept, hand_over, take_back
from zhize.apps.requests.events import CallIssued, RequestAccepted, RequestSubmitted, RequestWithdrawn


def on_call_issued(event: CallIssued) -> None:
    refuse_without_grid(event.call)


def on_request_submitted(event: RequestSubmitted) -> None:
    if event.request.call.content == CONTENT:
        hand_over(event.request, event.now)


def on_request_withdrawn(event: RequestWithdrawn) -> None:
    if event.request.call.content == CONTENT:
        take_back(event.request)


def on_request_accepted(event: RequestAccepted) -> None:
    if event.request.call.content == CONTENT:
        accept(event.request, event.actor, event.now)

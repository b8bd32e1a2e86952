"""What this app does when something happens below it."""

from __future__ import annotations

from zhize.apps.documents.events import OfficialIssued
from zhize.apps.inspection.services import on_check_notice_issued


def on_official_issued(event: OfficialIssued) -> None:
    on_check_notice_issued(event.document, event.actor, event.now)

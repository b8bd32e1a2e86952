"""What this app does when something happens below it."""

from __future__ import annotations

from zhize.apps.assessment.services import (
    follow_up_reported,
    notice_dropped,
    on_opening_issued,
    round_publish,
)
from zhize.apps.assessment.services.common import ROUND
from zhize.apps.documents.events import AftermathDecided, OfficialIssued, OfficialVoided
from zhize.apps.documents.models import Aftermath
from zhize.apps.regulations.services import discharge_revoked
from zhize.apps.requests.events import RequestAccepted
from zhize.kit.things import ThingRef


def on_official_issued(event: OfficialIssued) -> None:
    """The notice of a round went out: it is opened; its circular: it is published. In the same transaction."""
    on_opening_issued(event.document, event.actor, event.now)
    round_publish(document=event.document, actor=event.actor, now=event.now)


def on_official_voided(event: OfficialVoided) -> None:
    """A circular or sheet was voided before it went out: another may be drafted."""
    notice_dropped(document=event.document, actor=event.actor, now=event.now)


def on_aftermath_decided(event: AftermathDecided) -> None:
    """The result was withdrawn after its circular was revoked: what the circular discharged is owed again."""
    row = event.aftermath
    if row.source_kind == ROUND and row.choice == Aftermath.Choice.WITHDRAWN:
        ref = ThingRef(ROUND, row.source_id)
        discharge_revoked(ref=ref, reason=f"考核结果撤回：{row.reason}", actor=event.actor, now=event.now)


def on_request_accepted(event: RequestAccepted) -> None:
    """A written report a result asked for was taken in."""
    follow_up_reported(request=event.request, actor=event.actor, now=event.now)

"""What this app does when something happens below it."""

from __future__ import annotations

from zhize.apps.assessment.services import notice_dropped, round_publish
from zhize.apps.documents.events import OfficialIssued, OfficialVoided


def on_official_issued(event: OfficialIssued) -> None:
    """The circular of a round went out: the round is published, in the same transaction."""
    round_publish(document=event.document, actor=event.actor, now=event.now)


def on_official_voided(event: OfficialVoided) -> None:
    """A circular or sheet was voided before it went out: another may be drafted."""
    notice_dropped(document=event.document, actor=event.actor, now=event.now)

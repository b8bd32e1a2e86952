"""Who may do what with conferences: the office prepares (二（四）), each unit answers for itself (三（四）)."""

from __future__ import annotations

from zhize.apps.orgs import selectors as orgs
from zhize.apps.work.models import Conference, ConferenceUnit
from zhize.apps.work.policies.tasks import OFFICE, UNIT
from zhize.kit.actor import Actor


def may_see_conferences(actor: Actor) -> bool:
    """Everyone with a hat."""
    return actor.is_system or actor.jurisdiction_id is not None


def may_call(actor: Actor) -> bool:
    """Register conferences: the office of the jurisdiction."""
    return actor.is_system or actor.has(*OFFICE)


def may_prepare(actor: Actor, conference: Conference) -> bool:
    """Change, call, record who came, write minutes: the office of the jurisdiction that holds it."""
    return actor.is_system or (may_call(actor) and conference.jurisdiction_id == actor.jurisdiction_id)


def is_own(actor: Actor, row: ConferenceUnit) -> bool:
    """Whether it is the acting unit's place, or of one it answers for. Reads: `row.unit` joined."""
    return actor.has(*UNIT) and orgs.answers_for(actor, row.unit)


def may_reply(actor: Actor, row: ConferenceUnit) -> bool:
    """参会回执: people of the unit; the office enters what was said on the telephone. Reads: `row.conference`, `row.unit`."""
    return actor.is_system or is_own(actor, row) or may_prepare(actor, row.conference)


def may_bring_paper(actor: Actor, conference: Conference, own: ConferenceUnit | None) -> bool:
    """Bring a paper: the office, and people of the units called (`own` is their row)."""
    return may_prepare(actor, conference) or (own is not None and is_own(actor, own))

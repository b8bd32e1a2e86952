"""What this app tells those above it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhize.apps.documents.models import Aftermath, Approval, IncomingHolder, OfficialDocument, Receipt
from zhize.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class OfficialSigned:
    """A document was signed and has its number (its own, or the external one registered)."""

    document: OfficialDocument
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class OfficialIssued:
    """A document went out on `document.dated_on`; `document.source_kind`/`source_id` name what it was drafted from."""

    document: OfficialDocument
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class AftermathDecided:
    """The paper by which `aftermath.source_kind`/`source_id` was issued was revoked, repealed or corrected, and the office
    said what follows for that thing: kept by another paper, withdrawn, or amended."""

    aftermath: Aftermath
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class IncomingAssigned:
    """A paper that came in was given to a unit: the app of tasks makes a task of it and notes it on the holder.

    `support_ids`: the units that support the holder, who leads.
    """

    holder: IncomingHolder
    actor: Actor
    now: datetime
    support_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficialVoided:
    """A document that had not gone out was made void."""

    document: OfficialDocument
    reason: str
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class OfficialReceived:
    """A unit signed for a document, or took note of it."""

    receipt: Receipt
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class ApprovalRecorded:
    """An approval on paper was recorded; `approval.ref_kind`/`ref_id` name the thing approved."""

    approval: Approval
    actor: Actor
    now: datetime

"""What happened to a call or to a unit's answer; handled by the apps above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhize.apps.requests.models import Call, DraftComment, UnitRequest
from zhize.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class CallIssued:
    """A call was sent: every addressee has its request."""

    call: Call
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class CallEnded:
    """A call was closed or cancelled: nothing is answered to it any more."""

    call: Call
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class CommentsDecided:
    """The office answered comments of a round (`unit` joined); each carries its verdict."""

    call: Call
    comments: tuple[DraftComment, ...]
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class RequestSubmitted:
    """A unit handed in its answer (`request.call`, `request.unit` joined)."""

    request: UnitRequest
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class RequestWithdrawn:
    """A unit took back what nobody had decided on."""

    request: UnitRequest
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class RequestReturned:
    """The office sent an answer back with its comments."""

    request: UnitRequest
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class RequestAccepted:
    """The office took an answer in: it counts from the day it was handed in (`request.submitted_at`)."""

    request: UnitRequest
    actor: Actor
    now: datetime

"""Shapes of the hand-written operations; those of things come from their specs (kit.schemas)."""

# No `from __future__ import annotations` here: ninja reads these at run time.
from datetime import date, datetime

from ninja import Schema
from pydantic import Field


class Me(Schema):
    """Whom the token acts as."""

    username: str
    name: str
    post: str
    unit: str
    jurisdiction: str
    jurisdiction_name: str
    roles: list[str]
    scopes: list[str]


class EvidenceOut(Schema):
    id: int
    title: str
    dated_on: date
    sha256: str


class DischargeOut(Schema):
    """Something handed in for an obligation, and what became of it."""

    id: int
    obligation: int
    state: str
    statement: str
    unit: str
    submitted_at: datetime
    submitted_by: str
    comment: str
    decided_by: str
    decided_at: datetime | None
    version: int
    evidence: list[EvidenceOut]


class Decision(Schema):
    """The office's word. With `version` a discharge changed meanwhile is refused (409)."""

    comment: str = Field("", max_length=500)
    version: int | None = Field(None, ge=1, le=2**31)


class HandIn(Schema):
    """What is handed in beside the files."""

    statement: str = Field(..., min_length=1, max_length=2000)
    dated_on: date | None = None
    evidence: list[int] = []

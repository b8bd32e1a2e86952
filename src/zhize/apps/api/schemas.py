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


class AskedOut(Schema):
    """A field of a call's form, and what is known of it before the unit writes."""

    name: str
    label: str
    kind: str
    required: bool
    help: str
    choices: list[str]


class AnswerOut(Schema):
    """What a unit has been asked and its draft or, for the office, what it handed in."""

    id: int
    call: int
    call_title: str
    unit: str
    unit_code: str
    state: str
    due_on: date
    version: int
    nil_allowed: bool
    fields: list[AskedOut]
    answers: dict[str, str | int | float | bool | list[str] | None]
    statement: str
    nil_report: bool
    comment: str
    field_comments: dict[str, str]


class AnswerIn(Schema):
    """A draft: fields not named are emptied. With `version` an answer changed meanwhile is refused (409)."""

    answers: dict[str, str | int | float | bool | list[str] | None] = {}
    statement: str = Field("", max_length=2000)
    nil_report: bool = False
    version: int | None = Field(None, ge=1, le=2**31)


class Step(Schema):
    """A step that needs no words."""

    version: int | None = Field(None, ge=1, le=2**31)


class ReturnIn(Decision):
    """Sent back: in general, or field by field."""

    field_comments: dict[str, str] = {}


class PackFileOut(Schema):
    """One returned workbook and what is to become of it."""

    id: int
    name: str
    unit: str
    verdict: str
    problems: list[str]
    changed: list[str]


class PackRunOut(Schema):
    """Workbooks that came back together. `job` while they are read or taken in the background: ask again."""

    id: int
    call: int
    state: str
    received_on: date
    version: int
    counts: dict[str, int]
    files: list[PackFileOut]
    job: int | None = None


class TakeIn(Step):
    """Take in what is ready; of the conflicts those files whose ids stand in `replace`, the rest stays as it is on line."""

    replace: list[int] = Field([], max_length=5000)


class HandIn(Schema):
    """What is handed in beside the files."""

    statement: str = Field(..., min_length=1, max_length=2000)
    dated_on: date | None = None
    evidence: list[int] = []

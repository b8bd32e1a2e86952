"""Reading facts from plain data.

No field is called `on` or `off` anywhere: YAML reads those words as true and false.
"""

from __future__ import annotations

from ..kernel.fields import Fields
from .facts import Decision, Facts, Form, Member, Record, Submission, Waiver

MOST = 10_000_000


def facts_from(data: object, where: str = "facts") -> Facts:
    """From {submissions: […], records: […], members: […], waivers: […]}, each optional. Raises CoreError."""
    fields = Fields(data, ("submissions", "records", "members", "waivers"), where)
    return Facts(
        submissions=tuple(_submission(*entry) for entry in fields.items("submissions")),
        records=tuple(_record(*entry) for entry in fields.items("records")),
        members=tuple(_member(*entry) for entry in fields.items("members")),
        waivers=tuple(_waiver(*entry) for entry in fields.items("waivers")),
    )


def _submission(data: object, where: str) -> Submission:
    one = Fields(data, ("id", "submitted_on", "state", "form", "covers", "decided_on"), where)
    return Submission(
        id=one.text("id"),
        submitted_on=one.day("submitted_on"),
        state=one.choice("state", Decision, Decision.SUBMITTED),
        form=one.choice("form", Form, Form.REPORT),
        covers=one.day_or_none("covers"),
        decided_on=one.day_or_none("decided_on"),
    )


def _record(data: object, where: str) -> Record:
    one = Fields(data, ("id", "date", "number"), where)
    return Record(one.text("id"), one.day("date"), one.integer("number", 0, MOST, 1))


def _member(data: object, where: str) -> Member:
    one = Fields(data, ("id", "done_on"), where)
    return Member(one.text("id"), one.day_or_none("done_on"))


def _waiver(data: object, where: str) -> Waiver:
    one = Fields(data, ("granted_on", "by", "reason", "revoked_on"), where)
    return Waiver(one.day("granted_on"), one.text("by"), one.text("reason"), one.day_or_none("revoked_on"))

"""Plain data in, plain data out: what `zhize calc papers.check` runs. Raises CoreError."""

from __future__ import annotations

from ..kernel.fields import Fields
from ..kernel.findings import Severity
from .check import RULES, check
from .findings import Addressed, CheckRules, Draft, Part

_DRAFT = (
    "kind", "kind_word", "title", "issuer", "issuer_kind", "addressees", "parts", "attachments", "addressed", "rules", "today",
    "publicity", "address_line",
)  # fmt: skip


def calc_check(data: object) -> dict[str, object]:
    """Method `papers.check`."""
    fields = Fields(data, _DRAFT)
    draft = Draft(
        kind=fields.text("kind"),
        kind_word=fields.text("kind_word"),
        title=fields.text("title", ""),
        issuer=fields.text("issuer", ""),
        issuer_kind=fields.text("issuer_kind", "office"),
        addressees=tuple(_addressed(one, place) for one, place in fields.items("addressees")),
        parts=tuple(_part(one, place) for one, place in fields.items("parts")),
        attachments=tuple(str(one) for one, _place in fields.items("attachments")),
        addressed=fields.flag("addressed", True),
        publicity=fields.text("publicity", "on_request"),
        address_line=fields.text("address_line", ""),
    )
    found = check(draft, _rules(fields))
    return {
        "findings": [one.as_dict() for one in found],
        "may_go": not any(_stops(one.severity) for one in found),
    }


def _stops(severity: Severity) -> bool:
    return severity is Severity.REFUSE


def _addressed(data: object, where: str) -> Addressed:
    one = Fields(data, ("name", "kind", "governance", "below", "province"), where)
    return Addressed(
        one.text("name"), one.text("kind", "department"), one.text("governance", "local"), one.flag("below", False),
        one.flag("province", True),
    )  # fmt: skip


def _part(data: object, where: str) -> Part:
    if isinstance(data, str):
        return Part(data)
    one = Fields(data, ("text", "level"), where)
    return Part(one.text("text"), one.integer("level", -1, 4, 0))


def _rules(fields: Fields) -> CheckRules:
    names = (
        "severities",
        "title_chars",
        "least_days",
        "secrecy_words",
        "consent_words",
        "request_words",
        "burden_words",
        "central_words",
        "inward_words",
        "body_chars",
    )
    given = fields.child("rules", names) if fields.has("rules") else Fields({}, names)
    levels = given.child("severities", tuple(RULES)) if given.has("severities") else Fields({}, tuple(RULES))
    words = {name: tuple(str(one) for one, _place in given.items(name)) for name in names[3:9]}
    return CheckRules(
        severities={name: levels.choice(name, Severity) for name in levels.data},
        title_chars=given.integer("title_chars", 10, 200, 60),
        least_days=given.integer("least_days", 0, 60, 5),
        body_chars=given.integer("body_chars", 0, 100_000, 0),
        today=fields.day_or_none("today"),
        **words,
    )

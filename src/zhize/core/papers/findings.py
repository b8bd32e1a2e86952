"""What the check before sending reads and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ..kernel.findings import Severity


@dataclass(frozen=True, slots=True)
class Addressed:
    """A unit a document is sent to: `below` where its region lies below the issuer's; `province` where it is a province's."""

    name: str
    kind: str = "department"
    governance: str = "local"
    below: bool = False
    province: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph (level 0 to 4) or a cell's words (level -1) in the order of the page."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """The document as the check sees it. `kind` and `kind_word`: letter, 函; `issuer_kind` as `Unit.Kind`; `publicity` open,
    on_request or closed; `address_line` the words printed for the addressees, who may be outside the house."""

    kind: str
    kind_word: str
    title: str
    issuer: str
    issuer_kind: str
    addressees: tuple[Addressed, ...]
    parts: tuple[Part, ...]
    attachments: tuple[str, ...] = ()
    addressed: bool = True
    sealed: bool = True
    publicity: str = "on_request"
    address_line: str = ""


@dataclass(frozen=True, slots=True)
class CheckRules:
    """Severities by rule id (a rule not named warns) and the numbers and words the rules use."""

    severities: Mapping[str, Severity] = field(default_factory=dict)
    title_chars: int = 60
    least_days: int = 5
    secrecy_words: tuple[str, ...] = ()
    consent_words: tuple[str, ...] = ()
    request_words: tuple[str, ...] = ()
    burden_words: tuple[str, ...] = ()
    central_words: tuple[str, ...] = ()
    inward_words: tuple[str, ...] = ()
    body_chars: int = 0
    today: date | None = None

    def severity(self, rule: str) -> Severity:
        return self.severities.get(rule, Severity.WARN)

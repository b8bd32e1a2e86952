"""What a check before sending says: of a document (papers.check), of a call (requests.check)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a finding stops what is sent or only warns; off: the rule is not asked."""

    REFUSE = "refuse"
    WARN = "warn"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: the rule's id, its severity, the place, what is wrong, what to do."""

    rule: str
    severity: Severity
    where: str
    what: str
    remedy: str

    def as_dict(self) -> dict[str, object]:
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "where": self.where,
            "what": self.what,
            "remedy": self.remedy,
        }

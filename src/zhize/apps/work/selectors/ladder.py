"""The ladder of supervision of a jurisdiction on a day (rule `work/ladder`)."""

from __future__ import annotations

from datetime import date

from zhize.core.workflow.ladder import Ladder
from zhize.kit.rules import rule


def ladder_of(jurisdiction_code: str, on: date) -> Ladder:
    """One query at most. Raises BadRule where an edition of the jurisdiction cannot be read."""
    return Ladder.from_mapping(rule("work/ladder", on=on, jurisdiction=jurisdiction_code).plain())

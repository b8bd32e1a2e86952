"""The ladder of supervision of a jurisdiction on a day (rule `work/ladder`)."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import RootModel, model_validator

from zhize.core.kernel.errors import CoreError
from zhize.core.workflow.ladder import Ladder
from zhize.kit.rules import register_schema, rule


class LadderValues(RootModel[dict[str, Any]]):
    """An edition that could not be read is refused when it is written."""

    @model_validator(mode="after")
    def read(self) -> LadderValues:
        """Raises ValueError with the words of the core."""
        try:
            Ladder.from_mapping(self.root)
        except CoreError as error:
            raise ValueError(f"{error.what}（{error.where}）") from error
        return self


register_schema("work/ladder", LadderValues)


def ladder_of(jurisdiction_code: str, on: date) -> Ladder:
    """One query at most. Raises BadRule where an edition of the jurisdiction cannot be read."""
    return Ladder.from_mapping(rule("work/ladder", on=on, jurisdiction=jurisdiction_code).plain())

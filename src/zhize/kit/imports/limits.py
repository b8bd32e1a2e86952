"""rules/imports/limits.yaml, typed."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, PositiveInt

from zhize.kit.rules import register_schema


class ImportLimits(BaseModel):
    model_config = ConfigDict(frozen=True)
    max_csv_rows: PositiveInt
    max_columns: PositiveInt
    max_cell_chars: PositiveInt
    header_lines: PositiveInt


register_schema("imports/limits", ImportLimits)

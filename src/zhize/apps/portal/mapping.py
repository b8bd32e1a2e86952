"""Rows and rules as the pages across apps need them: the tile diagram's places."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pydantic import RootModel, field_validator

from zhize.kit.rules import register_schema, rule

Place = tuple[int, int]


class Tiles(RootModel[dict[str, list[list[str]]]]):
    """{tiles.<code of the region above>: rows of codes, "" for an empty place}; no code twice in one diagram."""

    @field_validator("root")
    @classmethod
    def once(cls, diagrams: dict[str, list[list[str]]]) -> dict[str, list[list[str]]]:
        for key, rows in diagrams.items():
            codes = [code for row in rows for code in row if code]
            if len(codes) != len(set(codes)):
                raise ValueError(f"{key}：同一个地区占了两格")
        return diagrams


register_schema("portal/tiles", Tiles)


def places(region_code: str, jurisdiction_code: str, on: date) -> Mapping[str, Place]:
    """Region code → (column, row) in the diagram of the region above; empty where nobody arranged one. One statement."""
    arranged = rule("portal/tiles", on=on, jurisdiction=jurisdiction_code).plain()
    rows: list[list[str]] = arranged.get(f"tiles.{region_code}", [])
    return {code: (x, y) for y, row in enumerate(rows) for x, code in enumerate(row) if code}

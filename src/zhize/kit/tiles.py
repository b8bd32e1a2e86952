"""The tile diagram of the regions below one: a square each, in geographic arrangement, shaded by a level from 0 to 1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from pydantic import RootModel, field_validator

from zhize.kit.rules import register_schema, rule

SHADES = 5
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


@dataclass(frozen=True, slots=True)
class Tile:
    """One square: its place, name, word and shade 0–4; None for no value."""

    x: int
    y: int
    label: str
    word: str
    shade: int | None
    url: str


@dataclass(frozen=True, slots=True)
class TileMap:
    """The diagram of one figure."""

    key: str
    title: str | Promise
    head: str | Promise
    tiles: tuple[Tile, ...]
    columns: int
    rows: int


def size(where: Mapping[str, Place]) -> tuple[int, int]:
    """Columns and rows of an arrangement."""
    return 1 + max(x for x, _y in where.values()), 1 + max(y for _x, y in where.values())


def shade(level: float | None) -> int | None:
    """Fifths of 0 to 1; the whole belongs to the last.

    >>> shade(None), shade(0), shade(0.2), shade(0.99), shade(1), shade(3)
    (None, 0, 1, 4, 4, 4)
    """
    if level is None:
        return None
    return min(SHADES - 1, int(min(max(level, 0.0), 1.0) * SHADES))

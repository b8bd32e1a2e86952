"""What can be drawn: a series of lines over periods, or things compared."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from decimal import Decimal
from enum import StrEnum

STYLE = 4
"""Rises when the style changes, so that no browser keeps a chart drawn in the old one."""


class Shape(StrEnum):
    """How large: beside its table on a desk, on a telephone, in a document 16 cm wide."""

    WIDE = "wide"
    NARROW = "narrow"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Point:
    """A value at a place of the axis; None is a gap. `low`/`high` an interval; `open` drawn hollow (provisional)."""

    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    open: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A run of points, one for each label of the axis. `dashed` for what was wanted rather than measured."""

    label: str
    points: tuple[Point, ...]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """Lines over the same axis. The first is the one the page is about; up to four more are compared with it."""

    title: str
    unit: str
    labels: tuple[str, ...]
    lines: tuple[Line, ...]
    places: int = 1


@dataclass(frozen=True, slots=True)
class Compared:
    """Things compared, in the order given; `target` a line across. None is a missing value, said in words. `ranges`: the
    interval of each, in the same order."""

    title: str
    unit: str
    items: tuple[tuple[str, Decimal | None], ...]
    target: Decimal | None = None
    target_label: str = ""
    places: int = 1
    ranges: tuple[tuple[Decimal, Decimal] | None, ...] = ()


Chart = Series | Compared


def digest_of(chart: Chart, shape: Shape) -> str:
    """The name of a chart: the same data in the same style is the same picture."""
    body = json.dumps([STYLE, shape, type(chart).__name__, asdict(chart)], default=str, ensure_ascii=False)
    return hashlib.sha256(body.encode()).hexdigest()[:32]

"""What stands where on a printed page: pieces of text with size and place, red lines; in points from the lower left."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import pypdf

MM = 72 / 25.4
# Wider than any border of a cell or underlined word: the red line, the double line of a letter.
WIDE = 400


@dataclass(frozen=True)
class Said:
    """A piece of text where it begins, on its base line."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Line:
    """A red line across the page."""

    x: float
    y: float
    length: float


@dataclass(frozen=True)
class Page:
    """A printed page."""

    width: float
    height: float
    said: tuple[Said, ...]
    red: tuple[Line, ...]

    def having(self, words: str) -> Said:
        """The piece of text with these words; fails where the page has none."""
        return next(one for one in self.said if words in one.text.replace(" ", ""))


@cache
def measured(pdf: bytes) -> list[Page]:
    return [_page(page) for page in pypdf.PdfReader(BytesIO(pdf)).pages]


def _page(page: Any) -> Page:
    said: list[Said] = []
    red: set[Line] = set()
    pen: dict[str, Any] = {"red": False, "from": (0.0, 0.0)}

    def text(words: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        if words.strip():
            x, y = _placed(cm, tm[4], tm[5])
            said.append(Said(words.strip(), x, y, round(size, 1)))

    def drawn(operator: bytes, operands: Any, cm: list[float], _tm: Any) -> None:
        if operator in (b"RG", b"SCN"):
            values = [float(one) for one in operands if not isinstance(one, str)]
            pen["red"] = len(values) == 3 and values[0] > 0.7 > values[1] + values[2]
        elif operator == b"m":
            pen["from"] = _placed(cm, *map(float, operands))
        elif operator == b"l" and pen["red"]:
            (x1, y), (x2, _y) = pen["from"], _placed(cm, *map(float, operands))
            if abs(x2 - x1) > WIDE:
                red.add(Line(min(x1, x2), y, abs(x2 - x1)))

    page.extract_text(visitor_text=text, visitor_operand_before=drawn)
    box = page.mediabox
    lines = sorted(red, key=lambda one: -one.y)
    return Page(float(box.width), float(box.height), tuple(said), tuple(lines))


def _placed(cm: list[float], x: float, y: float) -> tuple[float, float]:
    return cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5]

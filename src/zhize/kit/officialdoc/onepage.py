"""One page of A4 with figures, lists and a table, as PDF: what a leader reads without signing in."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn as shipped
import typst

SOURCE = Path(__file__).with_name("onepage.typ")
FONTS = ("Noto Sans SC", "Noto Serif SC")
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Number:
    """A figure with its words."""

    label: str
    number: str


@dataclass(frozen=True, slots=True)
class Band:
    """The figures of one part."""

    title: str
    figures: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A matter, and in small what belongs to it."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A column of matters; `empty` is said where there are none."""

    title: str
    rows: tuple[Line, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The table: four columns; `more` says what did not fit."""

    title: str
    head: tuple[str, str, str, str]
    rows: tuple[tuple[str, str, str, str], ...]
    empty: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The page; whoever makes it cuts what does not fit."""

    title: str
    note: str
    bands: tuple[Band, ...]
    lists: tuple[Listed, ...]
    table: Rows
    foot: str


def onepage_pdf(page: Page) -> bytes:
    """The same page gives the same bytes."""
    data = json.dumps({"fonts": FONTS, **asdict(page)}, ensure_ascii=False)
    with _lock:  # one compiler a process, reused: its fonts are read once
        return bytes(_compiler().compile(format="pdf", sys_inputs={"page": data}))


@lru_cache(maxsize=1)
def _compiler() -> Any:
    folder = str(Path(shipped.serif_path()).parent)
    return typst.Compiler(
        str(SOURCE), root=str(SOURCE.parent), font_paths=[folder], ignore_system_fonts=True, sys_inputs={}
    )

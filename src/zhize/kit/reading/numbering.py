"""Word's automatic numbering: which number stands before a paragraph (numbering.xml, styles.xml, ECMA-376 17.9).

Word keeps “第一条” nowhere as text: a paragraph names a list and a level, the list says how levels count and print.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from zhize.kit.reading.numerals import SILENT, written

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
# Sample of a level's text: “第%1条”, “%1.%2”, “（%1）”.
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts and prints. `restart`: the level whose step begins it anew (0: never)."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    suffix: str = "tab"


@dataclass(slots=True)
class _List:
    """A list in use: `num` elements that share an abstract definition share its counters (as Word does)."""

    levels: dict[int, Level]
    counters: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Walks a document in order; `label` gives the printed number of each numbered paragraph."""

    def __init__(self, numbering: Any | None, styles: Any | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._nums: dict[str, tuple[str, dict[int, int], dict[int, Level]]] = {}
        self._style_links: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._restarted: set[str] = set()
        self._styles = _style_numbers(styles)
        if numbering is not None:
            self._read(numbering)

    def _read(self, root: Any) -> None:
        for one in root.iter(f"{W}abstractNum"):
            key = one.get(f"{W}abstractNumId")
            self._abstract[key] = dict(_levels(one))
            if (link := one.find(f"{W}numStyleLink")) is not None:
                self._style_links[key] = link.get(f"{W}val")
        for num in root.iter(f"{W}num"):
            target = num.find(f"{W}abstractNumId")
            if target is None:
                continue
            starts: dict[int, int] = {}
            own: dict[int, Level] = {}
            for override in num.iter(f"{W}lvlOverride"):
                level = _int(override.get(f"{W}ilvl"), 0)
                if (start := override.find(f"{W}startOverride")) is not None:
                    starts[level] = _int(start.get(f"{W}val"), 1)
                own |= dict(_levels(override))
            self._nums[num.get(f"{W}numId")] = (target.get(f"{W}val"), starts, own)

    def label(self, paragraph: Any) -> str:
        """“第一条 ”, “（二）”, or "" for a paragraph without a number; counts on."""
        num_id, level = self._of(paragraph)
        if num_id is None or num_id == "0" or num_id not in self._nums:
            return ""
        abstract, starts, own = self._nums[num_id]
        base = self._resolved(abstract)
        used = self._lists.setdefault(abstract, _List(base))
        definition = {**base, **own}
        if num_id not in self._restarted:
            self._restarted.add(num_id)
            for at, first in starts.items():  # a new num over the same list begins where it says
                used.counters[at] = first - 1
        return self._count(used, definition, level)

    def _count(self, used: _List, levels: dict[int, Level], at: int) -> str:
        here = levels.get(at, Level())
        for above in range(at):  # a level never counted stands at its start
            used.counters.setdefault(above, levels.get(above, Level()).start)
        used.counters[at] = used.counters.get(at, here.start - 1) + 1
        for below in range(at + 1, LEVELS):
            definition = levels.get(below, Level())
            restart = below if definition.restart is None else definition.restart
            if restart and at < restart:
                used.counters.pop(below, None)
        if here.style in SILENT and not _PLACE.search(here.text):
            return ""

        def number(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            definition = levels.get(level, Level())
            style = "decimal" if here.legal and definition.style not in SILENT else definition.style
            return written(used.counters.get(level, definition.start), style)

        printed = _PLACE.sub(number, here.text)
        return printed + ("" if here.suffix == "nothing" or not printed else " ")

    def _resolved(self, abstract: str) -> dict[int, Level]:
        """A list that only names a style takes that style's list."""
        if style := self._style_links.get(abstract):
            num = self._styles.get(style, (None, None))[0]
            if num in self._nums and self._nums[num][0] != abstract:
                return self._abstract.get(self._nums[num][0], {})
        return self._abstract.get(abstract, {})

    def _of(self, paragraph: Any) -> tuple[str | None, int]:
        """The list and level of a paragraph: its own, what it leaves open from its style."""
        properties = paragraph.find(f"{W}pPr")
        style = ""
        num: str | None = None
        level: int | None = None
        if properties is not None:
            if (named := properties.find(f"{W}pStyle")) is not None:
                style = named.get(f"{W}val") or ""
            num, level = _num_pr(properties)
        from_style = self._styles.get(style, (None, None))
        num = from_style[0] if num is None else num
        level = from_style[1] if level is None else level
        return num, min(level or 0, LEVELS - 1)


def _num_pr(properties: Any) -> tuple[str | None, int | None]:
    found = properties.find(f"{W}numPr")
    if found is None:
        return None, None
    num, level = found.find(f"{W}numId"), found.find(f"{W}ilvl")
    return (
        None if num is None else num.get(f"{W}val"),
        None if level is None else _int(level.get(f"{W}val"), 0),
    )


def _style_numbers(styles: Any | None) -> dict[str, tuple[str | None, int | None]]:
    """Style id → (list, level), inherited along basedOn; a circle of styles ends where it began."""
    if styles is None:
        return {}
    own: dict[str, tuple[str | None, int | None]] = {}
    parent: dict[str, str] = {}
    for style in styles.iter(f"{W}style"):
        key = style.get(f"{W}styleId") or ""
        properties = style.find(f"{W}pPr")
        own[key] = _num_pr(properties) if properties is not None else (None, None)
        if (based := style.find(f"{W}basedOn")) is not None:
            parent[key] = based.get(f"{W}val") or ""
    found = {}
    for key in own:
        num, level = own[key]
        seen, at = {key}, parent.get(key, "")
        while at in own and at not in seen and (num is None or level is None):
            seen.add(at)
            num = own[at][0] if num is None else num
            level = own[at][1] if level is None else level
            at = parent.get(at, "")
        found[key] = (num, level)
    return found


def _levels(parent: Any) -> Iterator[tuple[int, Level]]:
    for one in parent.iter(f"{W}lvl"):
        number = _int(one.get(f"{W}ilvl"), 0)
        yield (
            number,
            Level(
                start=_int(_val(one, "start"), 1),
                style=_style(one),
                text=_val(one, "lvlText") or "",
                restart=None if _val(one, "lvlRestart") is None else _int(_val(one, "lvlRestart"), 0),
                legal=one.find(f"{W}isLgl") is not None,
                suffix=_val(one, "suff") or "tab",
            ),
        )


def _style(level: Any) -> str:
    """The number format; newer files wrap a custom one in an alternate whose fallback is the plain one."""
    found = [one.get(f"{W}val") for one in level.iter(f"{W}numFmt")]
    return next((style for style in found if style and style != "custom"), "decimal")


def _val(parent: Any, name: str) -> str | None:
    found = parent.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val")


def _int(text: str | None, default: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return default

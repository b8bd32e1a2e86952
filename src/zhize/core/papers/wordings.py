"""The words a unit proposes for its part of a paper (改为“…”), put into the line they are about.

What cannot be read for certain gives nothing: then a person writes the line.
"""

from __future__ import annotations

import re

_QUOTED = r"[“\"「]([^”\"」]+)[”\"」]"
# Sample: 将“查建材”改为“查水泥和管材”。
_FROM_TO = re.compile(rf"将?{_QUOTED}(?:建议)?(?:修改为|改为|改成){_QUOTED}[。；]?")
# Sample: 建议改为“在生产和流通环节开展建材产品质量专项整治”。
_TO = re.compile(rf"(?:建议)?(?:修改为|改为|改成)[：:]?{_QUOTED}[。；]?")
# Sample: 删去“和管材”。
_WITHOUT = re.compile(rf"(?:建议)?(?:删去|删除){_QUOTED}[。；]?")
# Sample: 在“建材”后增加“、农资”。
_AFTER = re.compile(rf"(?:建议)?在{_QUOTED}之?后(?:增加|加上|补充){_QUOTED}[。；]?")
# Sample: “议定事项第2项”
_NUMBER = re.compile(r"第\s*(\d+)\s*项")


def proposed_line(line: str, text: str, present: str, proposed: str) -> str:
    """`line` as it would read; `text` is the part of it that a bare 改为 replaces. Empty where a person must write it."""
    said, present = "".join(proposed.split("\n")).strip(), present.strip()
    if found := _FROM_TO.fullmatch(said):
        return _once(line, found[1], found[2])
    if found := _WITHOUT.fullmatch(said):
        return _once(line, found[1], "")
    if found := _AFTER.fullmatch(said):
        return _once(line, found[1], found[1] + found[2])
    if found := _TO.fullmatch(said):
        return _once(
            line, present or text, found[1].rstrip("。") if (present or text)[-1:] != "。" else found[1]
        )
    return ""


def number_named(place: str) -> int | None:
    """2 of “议定事项第2项”."""
    found = _NUMBER.search(place)
    return int(found[1]) if found else None


def _once(line: str, old: str, new: str) -> str:
    """Only where the words stand there exactly once, and something changes."""
    return line.replace(old, new) if old and old != new and line.count(old) == 1 else ""

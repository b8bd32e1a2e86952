"""The place of a table in docs/performance.md, between two marks."""

from __future__ import annotations

import re
from pathlib import Path

DOC = Path(__file__).resolve().parent.parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- {name}: made by make perf -->", "<!-- end of {name} -->"


def write_table(text: str, name: str) -> None:
    """Replaces what stands between the marks of this name ("sqlite 20,000"). Raises ValueError where there are none."""
    begin, end = BEGIN.format(name=name), END.format(name=name)
    written, found = re.subn(
        re.escape(begin) + ".*?" + re.escape(end),
        lambda _: f"{begin}\n{text}{end}",
        DOC.read_text(),
        flags=re.DOTALL,
    )
    if not found:
        raise ValueError(f"{DOC} has no place for {name}: {begin} … {end}")
    DOC.write_text(written)

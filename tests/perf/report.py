"""The table of results, and its place in docs/performance.md between two marks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from tests.perf.measure import Measured
from tests.perf.pages import PAGES

DOC = Path(__file__).resolve().parent.parent.parent / "docs" / "performance.md"
MARKS = ("<!-- table: made by make perf -->", "<!-- end of table -->")
HEAD = (
    "| page | statements at N/100 | at N | CPU at N, ms | ÷ N/100 | ÷ bare page | KB |\n"
    "|---|---:|---:|---:|---:|---:|---:|\n"
)


def table(small: Mapping[str, Measured], large: Mapping[str, Measured]) -> str:
    """One row per page; a page that is not there yet says so."""
    lines = []
    for page in PAGES:
        a, b = small[page.address], large[page.address]
        if b.status != 200 or a.status != 200:
            lines.append(f"| {page.name} `{page.address}` | not yet ({b.status}) | | | | | |")
            continue
        bare = large.get(page.bare)
        to_bare = f"{b.cpu / bare.cpu:.2f}" if bare and bare.cpu else "1"
        lines.append(
            f"| {page.name} `{page.address}` | {a.statements} | {b.statements} | {b.cpu * 1000:.1f} "
            f"| {b.cpu / a.cpu:.2f} | {to_bare} | {b.size / 1000:.0f} |"
        )
    return HEAD + "\n".join(lines) + "\n"


def update_document(text: str) -> None:
    """Replaces what stands between the marks."""
    pattern = re.compile(re.escape(MARKS[0]) + ".*?" + re.escape(MARKS[1]), re.DOTALL)
    DOC.write_text(pattern.sub(lambda _: f"{MARKS[0]}\n{text}{MARKS[1]}", DOC.read_text()))

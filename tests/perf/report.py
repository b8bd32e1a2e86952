"""The table of results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tests.perf.measure import Measured
from tests.perf.pages import ACTS, PAGES, Page

HEAD = (
    "| page or act | statements at N/100 | at N | CPU at N, ms | ÷ N/100 | ÷ bare | KB |\n"
    "|---|---:|---:|---:|---:|---:|---:|\n"
)


def table(
    small: Mapping[str, Measured],
    large: Mapping[str, Measured],
    times: float,
    pages: Iterable[Page] = (*PAGES, *ACTS),
) -> str:
    """One row per page and act, by address. What works through every row is compared per row (`times` as many)."""
    return HEAD + "".join(_line(page, small, large, times) for page in pages)


def _line(page: Page, small: Mapping[str, Measured], large: Mapping[str, Measured], times: float) -> str:
    a, b = small[page.key], large[page.key]
    name = f"{page.name} `{page.address}`"
    if b.status != 200 or a.status != 200:
        return f"| {name} | not there ({b.status}) | | | | | |\n"
    grown = b.cpu / a.cpu / (times if page.per_row else 1)
    bare = large.get(page.bare)
    to_bare = f"{b.cpu / bare.cpu:.2f}" if bare and bare.cpu else "1"
    per_row = " a row" if page.per_row else ""
    return (
        f"| {name} | {a.statements} | {b.statements} | {b.cpu * 1000:,.1f} "
        f"| {grown:.2f}{per_row} | {to_bare} | {b.size / 1000:,.0f} |\n"
    )

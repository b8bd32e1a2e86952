"""What is measured: a name, an address, and the bare page with the same rows. An address not yet there is skipped."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A page signed in as the office of the province."""

    name: str
    address: str
    bare: str = ""


BARE_OBLIGATIONS = "/bare/obligations/"
PAGES = (
    Page("裸页：100 项履职事项", BARE_OBLIGATIONS),
    Page("待办", "/", BARE_OBLIGATIONS),
    Page("履职事项", "/obligations/", BARE_OBLIGATIONS),
    Page("职责", "/duties/", BARE_OBLIGATIONS),
    Page("单位", "/directory/units/", BARE_OBLIGATIONS),
    Page("审计日志", "/audit/", BARE_OBLIGATIONS),
)

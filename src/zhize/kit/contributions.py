"""Contributions: what each app gives to the pages above it, without knowing those pages.

An app registers in `ready`; portal (and later drafts of documents) collects. A point is a typed name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.utils.functional import Promise

from zhize.kit.actor import Actor

T = TypeVar("T")


@dataclass
class Point(Generic[T]):
    """A named list that apps add to and a page reads, in the order of `rank`."""

    name: str
    _items: list[tuple[int, T]] = field(default_factory=list)

    def add(self, item: T, *, rank: int = 100) -> None:
        if item not in [i for _, i in self._items]:
            self._items.append((rank, item))
            self._items.sort(key=lambda pair: pair[0])

    def items(self) -> list[T]:
        return [item for _, item in self._items]


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the navigation. `shown(actor)` decides without a query; `group` is a key of `NAV_GROUPS`."""

    group: str
    label: str | Promise
    url_name: str
    shown: Callable[[Actor], bool]
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A number on an overview page: `load(actor)` gives the number and the address of the rows it counts."""

    label: str | Promise
    load: Callable[[Actor], tuple[int, str]]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One event in a thing's story."""

    at: object
    who: str
    what: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing a search found: words, a line about it, and where it is."""

    label: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class SearchSource:
    """Where a search looks: `find(actor, words, limit)` within the actor's scope, one statement."""

    label: str | Promise
    find: Callable[[Actor, str, int], list[Found]]


search: Point[SearchSource] = Point("search")
nav: Point[NavItem] = Point("nav")
tiles: Point[Tile] = Point("tiles")

links: dict[str, str] = {}
"""Addresses the page frame needs from the apps above, by role (home, search, account, wear_hat …) → URL name."""


@dataclass(frozen=True, slots=True)
class UnitSection:
    """A section of a unit's page from an app above the directory: `load(actor, unit_id, today)` gives what
    `template` shows as `section`, or None when there is nothing for this actor."""

    title: str | Promise
    template: str
    load: Callable[[Actor, int, object], object | None]


unit_sections: Point[UnitSection] = Point("unit_sections")

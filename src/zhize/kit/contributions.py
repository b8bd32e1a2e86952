"""Contributions: what each app gives to the pages above it, without knowing those pages.

An app registers in `ready`; portal (and later drafts of documents) collects. A point is a typed name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from django.utils.functional import Promise

from zhize.kit.actor import Actor
from zhize.kit.packs import PackContent

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
    """An entry of the navigation. `shown(actor)` decides without a query; `group` is a key of `NAV_GROUPS`.

    `dock` is its place on the bar at the foot of a phone, where the four smallest stand; without one: in the drawer.
    """

    group: str
    label: str | Promise
    url_name: str
    shown: Callable[[Actor], bool]
    icon: str = ""
    dock: int | None = None


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

links: dict[str, str] = {}
"""Addresses the page frame needs from the apps above, by role (home, search, account, wear_hat …) → URL name."""


@dataclass(frozen=True, slots=True)
class UnitSection:
    """A section of a unit's (or region's) page from an app above the directory: `load(actor, id, today)` gives what
    `template` shows as `section`, or None when there is nothing for this actor."""

    title: str | Promise
    template: str
    load: Callable[[Actor, int, object], object | None]


unit_sections: Point[UnitSection] = Point("unit_sections")
region_sections: Point[UnitSection] = Point("region_sections")


@dataclass(frozen=True, slots=True)
class ClauseSection:
    """What was done about a clause this year, from an app above the register: `load(actor, duty_ids, year_id)` gives
    what `template` shows as `section`, or None when there is nothing for this actor."""

    title: str | Promise
    template: str
    load: Callable[[Actor, list[int], int], object | None]


clause_sections: Point[ClauseSection] = Point("clause_sections")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the situation page that leads to the rows it counts; `light` names a shape, empty for plain ones.

    `level` from 0 to 1 shades a tile of the map (a share done, a grade's rank); None: this figure makes no map.
    """

    label: str | Promise
    number: str
    url: str = ""
    light: str = ""
    level: float | None = None


@dataclass(frozen=True, slots=True)
class SituationPart:
    """A part of the situation page (一（一）): totals, and figures by unit, by region and by duty.

    `load(actor, year_id, today)` answers in a number of statements that does not grow with units or rows:
    totals; unit id → figures; region id → figures; duty id → figures (each in the order of `heads`, "" for an empty one).
    What it answers is kept for a minute for everybody of the same unit and role, so it must depend on nothing else.
    """

    key: str
    title: str | Promise
    heads: tuple[str | Promise, ...]
    load: Callable[[Actor, int, date], Situation]


@dataclass(frozen=True, slots=True)
class Situation:
    """What a part of the situation page shows."""

    totals: tuple[Figure, ...] = ()
    by_unit: dict[int, tuple[Figure, ...]] = field(default_factory=dict)
    by_region: dict[int, tuple[Figure, ...]] = field(default_factory=dict)
    by_duty: dict[int, tuple[Figure, ...]] = field(default_factory=dict)


situation: Point[SituationPart] = Point("situation")


@dataclass(frozen=True, slots=True)
class BriefLine:
    """A line of the leader's page: the matter, whose it is, its day (due, or happened), and in a few words why."""

    words: str
    url: str = ""
    unit_id: int | None = None
    on: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """What awaits a leader's decision, what changed since `since`, what is stuck; the most pressing first."""

    decide: tuple[BriefLine, ...] = ()
    changed: tuple[BriefLine, ...] = ()
    stuck: tuple[BriefLine, ...] = ()


@dataclass(frozen=True, slots=True)
class BriefQuestion:
    """What the leader's page asks: a year, from which day on, today, and of which units (empty: all); a region's sheet
    asks with the region's code, by which lists narrow."""

    year_id: int
    since: date
    today: date
    unit_ids: tuple[int, ...] = ()
    region: str = ""


@dataclass(frozen=True, slots=True)
class BriefSource:
    """`load(actor, question)` gives at most `BRIEF_LINES` lines of each sort, in a fixed number of statements.

    `changed` holds sums ("印发公文 3 件"), each with the address of exactly what it sums up, or without one.
    """

    key: str
    load: Callable[[Actor, BriefQuestion], Brief]


BRIEF_LINES = 30
briefs: Point[BriefSource] = Point("briefs")


@dataclass(frozen=True, slots=True)
class Digest:
    """Facts of a unit over a period, in words, for pre-filling a summary: a heading and its lines, each with a link."""

    heading: str
    lines: tuple[str, ...]
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestSource:
    """`load(unit_id, jurisdiction_id, start, end)` → the unit's own tasks, figures, obligations of the period in words."""

    key: str
    load: Callable[[int, int, date, date], Digest | None]


digests: Point[DigestSource] = Point("digests")


@dataclass(frozen=True, slots=True)
class CallContent:
    """What a call (征集) asks for beyond its own form: the app that owns it says where a unit fills it in.

    `url_name` takes the unit request's pk; `check(request_id)` gives what is still missing in words (empty: may be
    submitted); `words(request_ids)` gives one line per request for lists; `size(call_ids)` how many values each request
    holds, for the statement of burden. One statement each. With `pack` it can also be filled in as a
    workbook.
    """

    kind: str
    label: str | Promise
    url_name: str = ""
    check: Callable[[int], list[str]] = lambda request_id: []
    words: Callable[[list[int]], dict[int, str]] = lambda request_ids: {}
    size: Callable[[list[int]], dict[int, int]] = lambda call_ids: {}
    pack: PackContent | None = None
    onward: tuple[str | Promise, str] | None = None
    """What the office does with the answers once they are in: words and the name of the page."""


call_contents: Point[CallContent] = Point("call_contents")

draft_parts: dict[str, Callable[[int, Collection[int]], list[tuple[str, str]]]] = {}
"""By the kind of draft that comments are asked on: (its id, ids of units) → (place, words) of what concerns them."""


todo_verbs: dict[str, str | Promise] = {}
"""The verb on the button by the kind of to-do; an app adds its own in `ready`, an unknown kind says 办理."""

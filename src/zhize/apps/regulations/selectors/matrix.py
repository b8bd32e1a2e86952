"""Duties × units, or × regions, of one year: what stands in each cell, counted by the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Min, Sum
from django.urls import reverse

from zhize.apps.orgs.models import Region, Unit
from zhize.apps.regulations.models import Clause, Duty, DutyClause, Obligation
from zhize.apps.regulations.selectors.lights import bounds, light_case
from zhize.apps.regulations.selectors.texts import LIVE
from zhize.apps.years.models import WorkYear
from zhize.core.duties.grid import Cell, Entry, Grid, grid
from zhize.kit.actor import Actor
from zhize.kit.kept import kept

BY = ("unit", "region")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader chose: columns by unit or region, one chapter, one kind of unit, only what is stuck."""

    by: str = "unit"
    chapter: str = ""
    kind: str = ""
    stuck: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A duty with its cells in the order of the columns; `None` where the column owes nothing of it."""

    duty: Duty
    cells: tuple[Cell | None, ...]
    urls: tuple[str, ...]
    total: Cell
    url: str


@dataclass(frozen=True, slots=True)
class Column:
    """A unit or a region: id, name, its sum and where its rows are listed."""

    id: int
    name: str
    total: Cell
    url: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """`at` is the moment of the sums, where they were kept. `chapters` is what the filter offers."""

    lines: tuple[Line, ...]
    columns: tuple[Column, ...]
    total: Cell
    chapters: tuple[tuple[str, str], ...]
    at: datetime | None = None


def matrix_of(actor: Actor, year: WorkYear, asked: Asked, now: datetime) -> Matrix:
    """The matrix of a year the actor sees. Six statements whatever the number of duties, units and obligations."""
    found = kept(
        f"regulations.matrix:{year.pk}:{asked.by}:{asked.kind}", actor, now,
        lambda: _entries(actor, year, asked, now), rows=lambda entries: sum(e.number for e in entries),
    )  # fmt: skip
    chapters, chapter_of = _chapters(actor)
    duties = _duties(actor, {e.row for e in found.value})
    wanted = {pk for pk in duties if not asked.chapter or asked.chapter in chapter_of.get(pk, ())}
    sums = grid(e for e in found.value if e.row in wanted)
    rows = [pk for pk in duties if pk in sums.rows and not (asked.stuck and not _is_stuck(sums.rows[pk]))]
    if asked.stuck:
        sums = grid(e for e in found.value if e.row in set(rows))
    columns = _columns(actor, sums, year, asked)
    base = reverse("regulations:obligations")
    return Matrix(
        tuple(_line(duties[pk], columns, sums, year, asked, base) for pk in rows),
        tuple(columns.values()),
        sums.total,
        chapters,
        found.at,
    )


def _entries(actor: Actor, year: WorkYear, asked: Asked, now: datetime) -> list[Entry]:
    column = "unit__region_id" if asked.by == "region" else "unit_id"
    rows = Obligation.objects.visible_to(actor).filter(year=year)
    if asked.kind:
        rows = rows.filter(unit__kind=asked.kind)
    counted = (
        rows.annotate(light=light_case(bounds(now.date())))
        .order_by()
        .values_list("duty_id", column, "light")
        .annotate(n=Count("pk"), done=Sum("count_done"), needed=Sum("count_needed"), only=Min("pk"))
    )
    return [
        Entry(duty, where, light, n, done, needed, only if n == 1 else None)
        for duty, where, light, n, done, needed, only in counted
    ]


def _duties(actor: Actor, ids: set[int]) -> dict[int, Duty]:
    """In the order of the text. Those of a jurisdiction above come where the actor's unit owes them."""
    rows = Duty.objects.system("duties of obligations the actor sees").filter(pk__in=ids)
    return {d.pk: d for d in rows.only("pk", "title", "code", "order").order_by("order", "pk")}


def _chapters(actor: Actor) -> tuple[tuple[tuple[str, str], ...], dict[int, set[str]]]:
    """The top clauses of the documents in force, and under which of them each duty stands. Two statements."""
    tops = (
        Clause.objects.visible_to(actor)
        .filter(parent__isnull=True, version__state__in=LIVE)
        .exclude(marker="")
        .order_by("version__regulation_id", "order")
        .values_list("version_id", "path", "label", "text")
    )
    names = {f"{version}:{path}": f"{label} {text[:16]}" for version, path, label, text in tops}
    under: dict[int, set[str]] = {}
    links = DutyClause.objects.filter(duty__jurisdiction_id=actor.jurisdiction_id or 0)
    for duty, version, path in links.values_list("duty_id", "clause__version_id", "clause__path"):
        under.setdefault(duty, set()).add(f"{version}:{path.split('.')[0]}")
    used = {key for keys in under.values() for key in keys}
    return tuple((key, name) for key, name in names.items() if key in used), under


def _is_stuck(cell: Cell) -> bool:
    return bool(cell.lights.get("overdue") or cell.lights.get("returned"))


def _columns(actor: Actor, sums: Grid, year: WorkYear, asked: Asked) -> dict[int, Column]:
    """Units or regions in official order."""
    here: Any
    if asked.by == "region":
        here = Region.objects.visible_to(actor).filter(pk__in=sums.columns).order_by("order", "code")
    else:
        here = Unit.objects.visible_to(actor).filter(pk__in=sums.columns)
        here = here.order_by("region__order", "order", "code")
    found: dict[int, Column] = {}
    for pk, name, code in here.values_list("pk", "name", "code"):
        query = {"year": year.label, asked.by: code}
        if asked.kind:
            query["unit_kind"] = asked.kind
        found[pk] = Column(pk, name, sums.columns[pk], _list(query))
    return found


def _line(
    duty: Duty, columns: dict[int, Column], sums: Grid, year: WorkYear, asked: Asked, base: str
) -> Line:
    """A cell of one obligation opens it, one of several their list: the column's, narrowed to the duty."""
    cells = tuple(sums.cells.get((duty.pk, pk)) for pk in columns)
    narrowed = f"&{urlencode({'of_duty': duty.code})}"
    urls = tuple(
        "" if not cell else f"{base}{cell.only}/" if cell.only else column.url + narrowed
        for cell, column in zip(cells, columns.values(), strict=True)
    )
    kind = {"unit_kind": asked.kind} if asked.kind else {}
    return Line(
        duty, cells, urls, sums.rows[duty.pk], _list({"year": year.label, "of_duty": duty.code} | kind)
    )


def _list(query: dict[str, str]) -> str:
    return f"{reverse('regulations:obligations')}?{urlencode(query)}"

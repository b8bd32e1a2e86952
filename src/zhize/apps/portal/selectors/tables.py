"""The rolled-up parts as tables: one row a unit, a region or a duty, one group of columns a part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs import selectors as orgs
from zhize.apps.orgs.models import Membership, Region, Unit
from zhize.apps.portal import policies
from zhize.apps.portal.selectors.rollup import Roll, Rolled
from zhize.apps.regulations import selectors as regulations
from zhize.kit.actor import Actor
from zhize.kit.contributions import Figure, Situation

Figures = Mapping[int, tuple[Figure, ...]]
Capacity = Membership.Capacity
ORDER = (Capacity.GROUP, Capacity.OFFICE, Capacity.MEMBER)
VIEWS = {"unit": _("按单位"), "region": _("按地区"), "clause": _("按条款")}


@dataclass(frozen=True, slots=True)
class Group:
    """The columns of one part."""

    title: str | Promise
    heads: tuple[str | Promise, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line: what it is about, and its figures, one a column; None where a part says nothing of it."""

    label: str
    url: str
    cells: tuple[Figure | None, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of figures."""

    groups: tuple[Group, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    pk: int
    label: str
    url: str
    note: str = ""


def sheet(roll: Roll, by: str, actor: Actor, on: date) -> Sheet:
    """The table of one switch. At most four statements, for any number of rows."""
    read: Callable[[Situation], Figures] = {
        "unit": lambda s: s.by_unit,
        "region": lambda s: s.by_region,
        "clause": lambda s: s.by_duty,
    }[by]
    parts = [part for part in roll.parts if read(part.found)]
    ids = {pk for part in parts for pk in read(part.found)}
    lines: Iterable[_Line] = {"unit": _units, "region": _regions, "clause": _clauses}[by](actor, ids, on)
    return Sheet(
        groups=tuple(Group(part.title, part.heads) for part in parts),
        rows=tuple(Row(line.label, line.url, _cells(parts, read, line.pk), line.note) for line in lines),
    )


def _cells(
    parts: Sequence[Rolled], read: Callable[[Situation], Figures], pk: int
) -> tuple[Figure | None, ...]:
    """As many cells as heads: what a part gives short is left empty, what it gives beyond its heads is left out."""
    cells: list[Figure | None] = []
    for part in parts:
        given = read(part.found).get(pk, ())
        cells += [given[i] if i < len(given) else None for i in range(len(part.heads))]
    return tuple(cells)


def _units(actor: Actor, ids: set[int], on: date) -> list[_Line]:
    """Group, office and members in their order, then whoever else has a figure."""
    members = [m.membership for m in orgs.members_on(actor, on) if m.membership.capacity in ORDER]
    members.sort(key=lambda m: ORDER.index(Capacity(m.capacity)))
    units = {m.unit_id: m.unit for m in members}
    others = ids - set(units)
    if others:
        rows = Unit.objects.visible_to(actor).filter(pk__in=others)
        units |= {unit.pk: unit for unit in rows.order_by("order", "code")}
    names = orgs.unit_labels(units.values(), on)
    return [_Line(pk, names[pk], reverse("orgs:unit", kwargs={"pk": pk})) for pk in units]


def regions_below(actor: Actor, on: date) -> list[Region]:
    """The prefectures or counties directly below the acting region, in official order; no functional zones. One statement."""
    rows = Region.objects.visible_to(actor).filter(orgs.in_force(on), parent_id=actor.region_id or 0)
    return list(rows.exclude(level=Region.Level.ZONE).order_by("order", "code"))


def region_url(actor: Actor, region_id: int) -> str:
    """A region's sheet for those who may see it, else its page in the directory."""
    name = "portal:region" if policies.may_see_brief(actor) else "orgs:region"
    return reverse(name, kwargs={"pk": region_id})


def _regions(actor: Actor, ids: set[int], on: date) -> list[_Line]:
    return [
        _Line(region.pk, orgs.region_name(region), region_url(actor, region.pk))
        for region in regions_below(actor, on)
    ]


def _clauses(actor: Actor, ids: set[int], on: date) -> list[_Line]:
    """Duties in the order of the text, each with the clauses it rests on."""
    rows = regulations.duties_listed(actor).filter(pk__in=ids).order_by("order", "pk")
    return [
        _Line(
            duty.pk,
            duty.title,
            reverse("regulations:duty", kwargs={"pk": duty.pk}),
            "、".join(dict.fromkeys(base.clause.label for base in duty.bases.all())),
        )
        for duty in rows
    ]

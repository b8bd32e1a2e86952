"""Names over time: who carries on a unit's work on a date, and how both names are written together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q
from django.utils import translation

from zhize.apps.orgs.models import Membership, Region, Succession, Unit, UnitAlias
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet


def in_force(on: date, prefix: str = "") -> Q:
    """Rows whose half-open dates (valid_from, valid_to) include the day; an empty date is open."""
    return (Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": on})) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on})
    )


def taking_part(jurisdiction_id: int, on: date, reason: str) -> ScopedQuerySet[Membership]:
    """Who takes part in the work of a jurisdiction on the day, in the order of its list: its members, and the governments
    below that it assesses. `reason` says why the caller looks at them all."""
    rows: ScopedQuerySet[Membership] = Membership.objects.system(reason).filter(
        in_force(on),
        jurisdiction_id=jurisdiction_id,
        capacity__in=(Membership.Capacity.MEMBER, Membership.Capacity.ASSESSED),
    )
    return rows.order_by("order", "pk")


def units_in_force(on: date) -> ScopedQuerySet[Unit]:
    """Units existing on the day, in their official order; the caller chooses the scope."""
    return Unit.objects.filter(in_force(on)).order_by("region__order", "order", "code")


def unit_name(unit: Unit) -> str:
    """The unit's name in the reader's language; the Chinese name where no English one is known."""
    chinese = (translation.get_language() or "zh").startswith("zh")
    return unit.name if chinese or not unit.name_en else unit.name_en


def region_name(region: Region) -> str:
    """The region's name in the reader's language."""
    chinese = (translation.get_language() or "zh").startswith("zh")
    return region.name if chinese or not region.name_en else region.name_en


def successors_map(units: Iterable[Unit], on: date) -> dict[int, list[Unit]]:
    """For each unit (by id) the units that carry it on at `on`: itself while nothing has happened. One statement.

    Renamed and merged units are followed to the end of the chain; a split is followed to the part that takes
    over membership (`is_primary`), or to all parts where none does; a transfer of some duties is not followed.
    The order is that of the successions.
    """
    wanted = list(units)
    steps = _steps(wanted, on)
    return {unit.pk: _follow(unit, steps, frozenset()) for unit in wanted}


def successors_of(unit: Unit, on: date) -> list[Unit]:
    """The units that carry this one on at `on`. One statement."""
    return successors_map([unit], on)[unit.pk]


def successors_once(units: Iterable[Unit], on: date) -> list[Unit]:
    """The units that carry on all of these, each counted once: three merged into one are one (DESIGN §3). One statement."""
    once: dict[int, Unit] = {}
    for followers in successors_map(units, on).values():
        for follower in followers:
            once.setdefault(follower.pk, follower)
    return list(once.values())


def unit_labels(units: Iterable[Unit], on: date) -> dict[int, str]:
    """How each unit is written on the day: 省市场监管局（原省质监局）. One statement for any number of units."""
    wanted = {unit.pk: unit for unit in units}
    followers = successors_map(wanted.values(), on)
    return {pk: _label(unit, followers[pk]) for pk, unit in wanted.items()}


def unit_label(unit: Unit, on: date) -> str:
    """省市场监管局（原省质监局）on a day after the merger, 省质监局 before it. One statement."""
    return unit_labels([unit], on)[unit.pk]


def _label(unit: Unit, followers: list[Unit]) -> str:
    if [f.pk for f in followers] == [unit.pk]:
        return unit_name(unit)
    chinese = (translation.get_language() or "zh").startswith("zh")
    names = ("、" if chinese else ", ").join(unit_name(f) for f in followers)
    return f"{names}（原{unit_name(unit)}）" if chinese else f"{names} (formerly {unit_name(unit)})"


def _steps(units: list[Unit], on: date) -> dict[int, list[Succession]]:
    # Assumes a chain stays within one region, as government reforms do; a unit taken over by another
    # region's unit is still found, but not what became of that one later.
    rows = (
        Succession.objects.system("names over time are shared reference data")
        .filter(predecessor__region_id__in={u.region_id for u in units}, effective_on__lte=on)
        .exclude(kind=Succession.Kind.TRANSFERRED)
        .select_related("successor")
        .order_by("effective_on", "-is_primary", "pk")
    )
    steps: dict[int, list[Succession]] = {}
    for row in rows:
        steps.setdefault(row.predecessor_id, []).append(row)
    return {pk: [r for r in all_ if r.is_primary] or all_ for pk, all_ in steps.items()}


def _follow(unit: Unit, steps: dict[int, list[Succession]], seen: frozenset[int]) -> list[Unit]:
    """The end of the chain; `seen` breaks a circle that a person entered by mistake."""
    if unit.pk in seen or unit.pk not in steps:
        return [unit]
    once: dict[int, Unit] = {}
    for row in steps[unit.pk]:
        for end in _follow(row.successor, steps, seen | {unit.pk}):
            once.setdefault(end.pk, end)
    return list(once.values())


@dataclass(frozen=True, slots=True)
class NameChange:
    """One turning point in a unit's story, for the timeline of its page."""

    on: date
    confirmed: bool
    kind: str
    predecessors: tuple[Unit, ...]
    successors: tuple[Unit, ...]
    moved: str
    basis: str


def history_of(unit: Unit) -> list[NameChange]:
    """Every succession in which the unit, what it came from or what it became takes part, newest first. One statement."""
    rows = list(
        Succession.objects.system("names over time are shared reference data")
        .filter(
            Q(predecessor__region_id=unit.region_id) | Q(predecessor_id=unit.pk) | Q(successor_id=unit.pk)
        )
        .select_related("predecessor", "successor")
        .order_by("-effective_on", "kind", "-is_primary", "pk")
    )
    whole = [r for r in rows if r.kind != Succession.Kind.TRANSFERRED]
    line = _connected(unit.pk, [(r.predecessor_id, r.successor_id) for r in whole]) | _connected(
        unit.pk, [(r.successor_id, r.predecessor_id) for r in whole]
    )
    relevant = [
        r
        for r in rows
        if (r.kind != Succession.Kind.TRANSFERRED and {r.predecessor_id, r.successor_id} <= line)
        or unit.pk in {r.predecessor_id, r.successor_id}
    ]
    events: dict[tuple[date, str, str], list[Succession]] = {}
    for row in relevant:
        events.setdefault((row.effective_on, row.kind, row.moved), []).append(row)
    return [
        NameChange(
            on=on,
            confirmed=all(r.date_confirmed for r in group),
            kind=str(group[0].get_kind_display()),
            predecessors=tuple({r.predecessor_id: r.predecessor for r in group}.values()),
            successors=tuple({r.successor_id: r.successor for r in group}.values()),
            moved=moved,
            basis=group[0].basis,
        )
        for (on, _kind, moved), group in events.items()
    ]


def _connected(start: int, edges: list[tuple[int, int]]) -> set[int]:
    reached, frontier = {start}, {start}
    while frontier:
        frontier = {b for a, b in edges if a in frontier} - reached
        reached |= frontier
    return reached


def units_named(names: Iterable[str], *, region_id: int, on: date | None = None) -> dict[str, list[Unit]]:
    """Units of a region known under each of these names (name, full name, alias). Two statements.

    With `on`, units existing on that day come first: a printed old name and its later bearer may both match.
    """
    wanted = set(names)
    found = (
        Unit.objects.system("names are shared reference data")
        .filter(region_id=region_id)
        .filter(Q(name__in=wanted) | Q(full_name__in=wanted) | Q(aliases__name__in=wanted))
        .distinct()
        .prefetch_related(
            Prefetch(
                "aliases",
                queryset=UnitAlias.objects.system("names are shared reference data"),
                to_attr="alias_rows",
            )
        )
        .order_by("order", "code")
    )
    result: dict[str, list[Unit]] = {name: [] for name in wanted}
    for unit in found:
        aliases: list[UnitAlias] = unit.alias_rows
        for name in {unit.name, unit.full_name, *(a.name for a in aliases)} & wanted:
            result[name].append(unit)
    if on is not None:
        for units in result.values():
            units.sort(key=lambda u: not _alive(u, on))
    return result


def _alive(unit: Unit, on: date) -> bool:
    return (unit.valid_from is None or unit.valid_from <= on) and (
        unit.valid_to is None or unit.valid_to > on
    )


def unit_by_pk(actor: Actor, pk: int) -> Unit | None:
    """One unit of the directory, with its region."""
    return Unit.objects.visible_to(actor).select_related("region").by_pk(pk)

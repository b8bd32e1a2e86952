"""Of whom a card has figures, and as many of each as a page shows: never all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import get_language

from zhize.apps.metrics import mapping
from zhize.apps.metrics.models import Card, Observation
from zhize.apps.metrics.models.figures import COLLECTORS
from zhize.apps.orgs.models import Jurisdiction, Region, Unit
from zhize.apps.orgs.selectors import region_name, unit_name
from zhize.core.kernel.periods import Every, add_months
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet

SubjectKey = tuple[int | None, int | None]
POINTS = 12
"""Values of a sparkline."""
GROUPS = 40
"""Subjects are read by when their newest figure is; beyond so many different days by one span for all others."""


@dataclass(frozen=True, slots=True)
class Strand:
    """A region or unit with figures of a card: those read, oldest first; `regular` those of the card's own frequency;
    `recent` the last regular values, for a sparkline; `newest` the first day of its newest figure; `is_deeper` a county of
    a prefecture where the prefectures make the whole."""

    key: SubjectKey
    label: str
    short: str
    code: str
    is_whole: bool
    newest: date
    is_deeper: bool = False
    rows: tuple[Observation, ...] = ()
    regular: tuple[Observation, ...] = ()
    recent: tuple[float | None, ...] = ()

    @property
    def last(self) -> Observation | None:
        return next(iter(reversed(self.regular or self.rows)), None)


Rows = ScopedQuerySet[Observation]


def strands_of(actor: Actor, card: Card) -> tuple[Rows, list[Strand]]:
    """Every region and unit with figures of the card, the whole first, then in official order, without their figures yet;
    and the rows to take those from.

    Figures of the acting jurisdiction; where it has none, those the acting unit reported to the one above. Three statements.
    """
    seen: Rows = Observation.objects.visible_to(actor).filter(card=card)
    own: Rows = seen.filter(jurisdiction_id=actor.jurisdiction_id or 0)
    may_all = not card.identifiable or actor.is_system or actor.has(*COLLECTORS)
    if may_all and actor.jurisdiction_id is not None:
        # The same rows in words a database finds by an index.
        own = Observation.objects.system("a jurisdiction's own figures, which all its people see").filter(
            jurisdiction_id=actor.jurisdiction_id, card=card
        )
    asked = Jurisdiction.objects.system("whether the acting jurisdiction has figures of its own")
    has = asked.filter(pk=actor.jurisdiction_id or 0).annotate(
        own=Exists(own), units=Exists(own.filter(unit__isnull=False))
    )
    has_own, has_units = has.values_list("own", "units").first() or (False, False)
    return (own, _strands(own, units=has_units)) if has_own else (seen, _strands(seen, units=True))


def _strands(rows: Rows, *, units: bool) -> list[Strand]:
    regions = _with_newest(Region.objects.system("regions with figures the actor sees"), rows, "region")
    regions = regions.annotate(is_whole=Exists(rows.filter(jurisdiction__region=OuterRef("pk"))))
    english, listed = get_language() == "en", list(regions.order_by("order", "pk"))
    tops = {region.pk for region in listed if region.is_whole}
    found = [
        Strand(
            (region.pk, None), region_name(region), region_name(region) if english else region.short,
            region.code, region.is_whole, region.newest,
            bool(tops) and region.level == Region.Level.COUNTY and region.parent_id not in tops and region.pk not in tops,
        )
        for region in listed
    ]  # fmt: skip
    if units:
        them = Unit.objects.system("units with figures the actor sees").filter(
            pk__in=rows.filter(unit__isnull=False).order_by().values("unit_id")
        )
        found += [
            Strand((None, unit.pk), unit_name(unit), unit_name(unit), unit.code, False, unit.newest)
            for unit in _with_newest(them, rows, "unit").order_by("order", "pk")
        ]
    return sorted(found, key=lambda strand: not strand.is_whole)


def _with_newest(who: Any, rows: Rows, name: str) -> Any:
    newest = rows.filter(**{name: OuterRef("pk")}).order_by("-period_start").values("period_start")[:1]
    return who.annotate(newest=Subquery(newest)).filter(newest__isnull=False)


def with_newest_rows(card: Card, strands: Sequence[Strand], rows: Rows) -> list[Strand]:
    """Each strand with its newest figures, those of a year before them, and its last regular values. Two statements."""
    if not strands:
        return []
    back = max(POINTS * Every(card.frequency).months, 12) + 12
    groups = _by_newest(strands)
    around = Q()
    for starts, keys in groups:
        around |= _any_of(keys) & Q(
            period_start__gt=add_months(min(starts), -back), period_start__lte=max(starts)
        )
    points: dict[SubjectKey, list[tuple[date, float | None]]] = {}
    values = rows.filter(around).order_by("period_start", "-period_end", "pk")
    for region, unit, start, end, value in values.values_list(
        "region_id", "unit_id", "period_start", "period_end", "value"
    ):
        if mapping.months_of(start, end) == Every(card.frequency).months:
            points.setdefault((region, unit), []).append((start, None if value is None else float(value)))
    near = Q()
    for starts, keys in groups:
        regular = {points[key][-1][0] for key in keys if key in points}
        near |= _any_of(keys) & Q(
            period_start__in={*starts, *regular, *(add_months(one, -12) for one in starts)}
        )
    full = with_rows(card, strands, rows.filter(near))
    return [
        replace(one, recent=tuple(value for _start, value in points.get(one.key, [])[-POINTS:]))
        for one in full
    ]


def _by_newest(strands: Sequence[Strand]) -> list[tuple[list[date], list[SubjectKey]]]:
    """Who has its newest figure on the same day, and who is left when there are too many such days."""
    grouped: dict[date, list[SubjectKey]] = {}
    for strand in strands:
        grouped.setdefault(strand.newest, []).append(strand.key)
    ordered = sorted(grouped.items(), key=lambda pair: -len(pair[1]))
    groups = [([start], keys) for start, keys in ordered[:GROUPS]]
    if rest := ordered[GROUPS:]:
        groups.append(([start for start, _keys in rest], [key for _start, keys in rest for key in keys]))
    return groups


def _any_of(keys: Iterable[SubjectKey]) -> Q:
    regions, units = [r for r, _u in keys if r], [u for _r, u in keys if u]
    who = Q(region_id__in=regions) if regions else Q()
    return who | Q(unit_id__in=units) if units else who


def with_rows(card: Card, strands: Sequence[Strand], rows: Rows) -> list[Strand]:
    """Each strand with its figures among `rows`. One statement."""
    grouped: dict[SubjectKey, list[Observation]] = {}
    for row in rows.order_by("period_start", "-period_end", "pk"):
        row.card = card
        grouped.setdefault((row.region_id, row.unit_id), []).append(row)
    return [
        replace(
            strand,
            rows=tuple(found),
            regular=tuple(row for row in found if mapping.is_regular(card, row)),
        )
        for strand in strands
        for found in [grouped.get(strand.key, [])]
    ]

"""What registers give to pages of others: a clause, a unit, the situation page, a summary being written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhize.apps.orgs.models import Region
from zhize.apps.registers import policies
from zhize.apps.registers.models import Record, RecordType, record_types
from zhize.apps.registers.selectors.figures import FAIL, PASS, Summary, rate_of, rate_words, summaries
from zhize.apps.registers.selectors.measures import Tally
from zhize.apps.regulations.models import Duty, DutyClause
from zhize.apps.years.models import WorkYear
from zhize.apps.years.selectors import year_by_pk, year_in_progress
from zhize.kit.actor import Actor
from zhize.kit.contributions import Digest, Figure, Situation
from zhize.kit.scope import ScopedQuerySet

HEADS = (gettext_lazy("台账登记"), gettext_lazy("合格率"))


def readable(actor: Actor, on: date) -> list[RecordType]:
    """Types whose list this actor may open."""
    return [one for one in record_types(on) if policies.may_read(actor, one)]


def clause_section(actor: Actor, duty_ids: list[int], year_id: int) -> list[Summary] | None:
    """Registers tied to a clause by its duties' sources or by the type's own clauses, with the year's counts."""
    year = year_by_pk(actor, year_id)
    if year is None or not duty_ids:
        return None
    duties = Duty.objects.visible_to(actor).filter(pk__in=duty_ids)
    named = {code for sources in duties.values_list("sources", flat=True) for code in sources}
    paths = set(DutyClause.objects.filter(duty_id__in=duty_ids).values_list("clause__path", flat=True))
    types = [
        one
        for one in readable(actor, year.ends_on)
        if one.kind in named or not paths.isdisjoint(one.rule.clauses)
    ]
    return summaries(actor, types, (year.starts_on, year.ends_on), year.ends_on) if types else None


def unit_section(actor: Actor, unit_id: int, today: object) -> list[dict[str, Any]] | None:
    """What a unit has registered this year, by type."""
    assert isinstance(today, date)
    year = year_in_progress(actor, today)
    start, end = (year.starts_on, year.ends_on) if year else (date(today.year, 1, 1), today)
    types = {one.code: one for one in readable(actor, today)}
    rows = _valid(actor, types).filter(keeper_id=unit_id, occurred_on__gte=start, occurred_on__lte=end)
    found = [
        {
            "type": types[code],
            "n": tally.n,
            "words": rate_words(rate_of(tally.passed, tally.failed)),
            "url": _list(types[code], start, end),
        }
        for code, tally in _tallies(rows, "type").items()
    ]
    return found or None


def situation(actor: Actor, year_id: int, today: date) -> Situation:
    """Records of the year and their pass rate, by the unit that keeps them and by the region they lie in.

    A county's records count for its prefecture. Two statements beside the year.
    """
    year = year_by_pk(actor, year_id)
    if year is None:
        return Situation()
    types = {one.code: one for one in readable(actor, today)}
    rows = _valid(actor, types).filter(occurred_on__gte=year.starts_on, occurred_on__lte=year.ends_on)
    above = dict(
        Region.objects.visible_to(actor).filter(parent__parent__isnull=False).values_list("pk", "parent_id")
    )
    by_type: dict[str, Tally] = {}
    by_unit: dict[int, Tally] = {}
    by_region: dict[int | None, Tally] = {}
    for (code, keeper, region), tally in _tallies(rows, "type", "keeper_id", "region_id").items():
        key = above.get(region, region) if region else None
        by_type[code] = by_type.get(code, Tally()) + tally
        by_unit[keeper] = by_unit.get(keeper, Tally()) + tally
        by_region[key] = by_region.get(key, Tally()) + tally
    return Situation(
        totals=_totals(types, {code: by_type[code] for code in types if code in by_type}, year),
        by_unit={unit: _figures(tally, {"keeper": unit}) for unit, tally in by_unit.items()},
        by_region={
            key: _figures(tally, {"region": key})
            for key, tally in by_region.items()
            if key and key != actor.region_id
        },
    )


def _tallies(rows: ScopedQuerySet[Record], *keys: str) -> dict[Any, Tally]:
    """Tallies per value of a column, or per values of several. One statement."""
    counted = {"n": Count("pk"), "passed": Count("pk", filter=PASS), "failed": Count("pk", filter=FAIL)}
    found = rows.order_by().values_list(*keys).annotate(**counted)
    return {one[0] if len(keys) == 1 else one[: len(keys)]: Tally(*one[len(keys) :]) for one in found}


def _figures(tally: Tally, of: dict[str, int]) -> tuple[Figure, ...]:
    """Both lead to the register of registers narrowed to this unit or region: the records are of several registers."""
    rate = rate_of(tally.passed, tally.failed)
    url = reverse("registers:index", query=of)
    return (
        Figure(HEADS[0], f"{tally.n:,}", url),
        Figure(HEADS[1], rate_words(rate), url, level=float(rate.rate) if rate else None),
    )


def _totals(types: dict[str, RecordType], tallies: dict[Any, Tally], year: WorkYear) -> tuple[Figure, ...]:
    found: list[Figure] = []
    for code, tally in tallies.items():
        type_ = types[code]
        url = _list(type_, year.starts_on, year.ends_on)
        found.append(Figure(type_.label, f"{tally.n:,}", url))
        if rate := rate_of(tally.passed, tally.failed):
            found.append(Figure(_("%(name)s合格率") % {"name": type_.label}, rate_words(rate), url))
    return tuple(found)


def digest(unit_id: int, jurisdiction_id: int, start: date, end: date) -> Digest | None:
    """A unit's registers over a period in words, for its summary. One statement."""
    types = {one.code: one for one in record_types(end)}
    rows = Record.objects.system("facts of a unit's own summary").filter(
        jurisdiction_id=jurisdiction_id, keeper_id=unit_id, occurred_on__gte=start, occurred_on__lte=end,
        state=Record.State.ACTIVE, type__in=list(types),
    )  # fmt: skip
    lines, refs = [], []
    for code, tally in sorted(_tallies(rows, "type").items()):
        words = f"{types[code].title}：登记 {tally.n} 条"
        if rate := rate_of(tally.passed, tally.failed):
            failed = rate.total - rate.passed
            words += f"，合格 {rate.passed} 条、不合格 {failed} 条，合格率 {rate_words(rate)}"
        lines.append(f"{words}。")
        refs.append(_list(types[code], start, end))
    return Digest("业务台账", tuple(lines), tuple(refs)) if lines else None


def _valid(actor: Actor, codes: Iterable[str]) -> ScopedQuerySet[Record]:
    rows: ScopedQuerySet[Record] = Record.objects.visible_to(actor)
    return rows.filter(Q(state=Record.State.ACTIVE), type__in=list(codes)).order_by()


def _list(type_: RecordType, start: date, end: date) -> str:
    name = type_.reading.counts_on
    query = urlencode({f"{name}_from": start.isoformat(), f"{name}_to": end.isoformat()})
    return f"{reverse('registers:records', args=[type_.code])}?{query}"

"""Records as numbers: counts, pass rates, coverage by unit, region or the whole jurisdiction; and counted duties.

Numbers count the valid records of one jurisdiction, whoever asks: cards and obligations choose what they show to whom.
A share is exact (Decimal), rounded only where it is published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import Region, Unit
from zhize.apps.registers.models import Record, RecordType
from zhize.kit.field_data import two_languages
from zhize.kit.measures import By, Counted, DischargeSource, Measure, Measured, Where
from zhize.kit.scope import ScopedQuerySet

WHY = "numbers of a jurisdiction's registers"
ALL_BY = frozenset(By)
PASS, FAIL = Q(outcome=Record.Outcome.PASS), Q(outcome=Record.Outcome.FAIL)


@dataclass(frozen=True, slots=True)
class Tally:
    """Records of one key: all, passed, failed, in date at the end of the period."""

    n: int = 0
    passed: int = 0
    failed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.n + other.n, self.passed + other.passed, self.failed + other.failed)


def valid_records(code: str, jurisdiction_id: int) -> ScopedQuerySet[Record]:
    rows: ScopedQuerySet[Record] = Record.objects.system(WHY)
    return rows.filter(type=code, jurisdiction_id=jurisdiction_id, state=Record.State.ACTIVE)


def tallies(rows: ScopedQuerySet[Record], where: Where, by: By) -> dict[int, Tally]:
    """Tallies per key: one statement by unit, two by region, whatever the number of rows.

    By region a record counts for the nearest of the asked regions it lies in, so a prefecture holds its counties.
    """
    keys = {By.UNIT: ("keeper_id",), By.REGION: ("region_id",), By.JURISDICTION: ()}[by]
    if by is By.UNIT and where.ids:
        rows = rows.filter(keeper_id__in=where.ids)
    groups = (
        rows.order_by()
        .values(*keys or ("jurisdiction_id",))
        .annotate(n=Count("pk"), passed=Count("pk", filter=PASS), failed=Count("pk", filter=FAIL))
    )
    found: dict[int, Tally] = {}
    place = _places(where.ids) if by is By.REGION else None
    for group in groups:
        key = group[keys[0]] if keys else 0
        if place is not None:
            key = place(key)
        if key is not None:
            one = Tally(group["n"], group["passed"], group["failed"])
            found[key] = found.get(key, Tally()) + one
    return found


def _places(ids: Sequence[int]) -> Callable[[int | None], int | None]:
    """From a record's region to the asked region that holds it; with none asked, the region itself."""
    if not ids:
        return lambda region: region
    above = dict(Region.objects.system("which region lies in which").values_list("pk", "parent_id"))
    wanted = set(ids)

    def place(region: int | None) -> int | None:
        while region is not None and region not in wanted:
            region = above.get(region)
        return region

    return place


def counts(type_: RecordType, where: Where, by: By) -> dict[int, Measured]:
    """How many records in the period."""
    found = tallies(_in_period(type_, where), where, by)
    url = _addresses(type_, where, by, found)
    return {k: Measured(Decimal(t.n), t.n, None, url[k]) for k, t in found.items()}


def pass_rates(type_: RecordType, where: Where, by: By) -> dict[int, Measured]:
    """Passed of those decided, in per cent; keys without a decided record are left out."""
    found = {k: t for k, t in tallies(_in_period(type_, where), where, by).items() if t.passed + t.failed}
    url = _addresses(type_, where, by, found)
    return {k: _share(t.passed, t.passed + t.failed, url[k]) for k, t in found.items()}


def coverages(type_: RecordType, where: Where, by: By) -> dict[int, Measured]:
    """Of the objects on the books at the end of the period, those that passed and were in date, in per cent.

    The newest record of an object counts. What never falls due counts as in date while it passes.
    """
    rows = valid_records(type_.code, where.jurisdiction_id).filter(is_latest=True, occurred_on__lte=where.end)
    whole = tallies(rows, where, by)
    in_date = Q(due_on__gte=where.end) | Q(due_on__isnull=True)
    good = tallies(rows.filter(~FAIL & in_date), where, by)
    url = _addresses(type_, where, by, whole, period=False)
    return {k: _share(good.get(k, Tally()).n, t.n, url[k]) for k, t in whole.items()}


def _share(numerator: int, denominator: int, url: str) -> Measured:
    return Measured(Decimal(numerator) * 100 / Decimal(denominator), numerator, denominator, url)


def _in_period(type_: RecordType, where: Where) -> ScopedQuerySet[Record]:
    rows = valid_records(type_.code, where.jurisdiction_id)
    return rows.filter(occurred_on__gte=where.start, occurred_on__lte=where.end)


def _addresses(
    type_: RecordType, where: Where, by: By, keys: Iterable[int], *, period: bool = True
) -> dict[int, str]:
    """For each key the list narrowed to the rows its number counts: one statement for the codes of units or regions."""
    name = type_.reading.counts_on
    query: dict[str, str] = {}
    if period:
        query = {f"{name}_from": where.start.isoformat(), f"{name}_to": where.end.isoformat()}
    codes: dict[int, str] = {}
    if by is not By.JURISDICTION:
        model: type[Unit | Region] = Unit if by is By.UNIT else Region
        codes = dict(model.objects.system(WHY).filter(pk__in=list(keys)).values_list("pk", "code"))
    path = reverse("registers:records", args=[type_.code])
    narrowed = "keeper" if by is By.UNIT else "region"
    return {
        key: f"{path}?{urlencode(query | ({narrowed: codes[key]} if key in codes else {}))}" for key in keys
    }


def by_day(type_: RecordType, where: Where) -> list[Counted]:
    """Records as facts of a duty, one a unit and day: a hundred thousand entries are a few hundred facts. One statement."""
    rows = _in_period(type_, where).filter(keeper_id__in=where.ids)
    groups = rows.order_by().values("keeper_id", "occurred_on").annotate(n=Count("pk"))
    return [
        Counted(
            unit_id=one["keeper_id"],
            id=f"{one['keeper_id']}/{one['occurred_on']:%Y-%m-%d}",
            on=one["occurred_on"],
            number=one["n"],
        )
        for one in groups
    ]


Load = Callable[[RecordType, Where, By], dict[int, Measured]]
_OFFERED: Mapping[str, tuple[str, str, Any, int, Load]] = {
    "count": ("条数", "records", _("条"), 0, counts),
    "pass_rate": ("合格率", "pass rate", "%", 1, pass_rates),
    "coverage": ("有效比例", "in date", "%", 1, coverages),
}


def measures_of(now_type: Callable[[], RecordType]) -> list[Measure]:
    """The numbers a type offers to metric cards. `now_type` gives the type as its edition of the day has it."""
    type_ = now_type()
    made = []
    for name in type_.rule.measures:
        zh, en, unit, places, load = _OFFERED[name]
        made.append(
            Measure(
                code=f"{type_.kind}.{name}",
                label=two_languages(f"{type_.title}：{zh}", f"{type_.title_en}: {en}"),
                unit=unit,
                by=ALL_BY,
                load=partial(_load, now_type, load),
                places=places,
            )
        )
    return made


def _load(now_type: Callable[[], RecordType], load: Load, where: Where, by: By) -> dict[int, Measured]:
    return load(now_type(), where, by)


def source_of(now_type: Callable[[], RecordType]) -> DischargeSource:
    """The type as a counted source of discharge: its code is its kind."""
    type_ = now_type()
    return DischargeSource(type_.kind, type_.label, records=lambda where: by_day(now_type(), where))

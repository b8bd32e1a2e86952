"""Records of a whole jurisdiction over some days, register by register: for a report that says how many and where they are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from zhize.apps.registers.models import Record, RecordType, record_types
from zhize.apps.registers.selectors.figures import FAIL, PASS, rate_of, rate_words


@dataclass(frozen=True, slots=True)
class Whole:
    """A register over some days; `url` leads to these records, `failed_url` to those that failed."""

    type: RecordType
    n: int
    passed: int
    failed: int
    url: str
    failed_url: str

    @property
    def rate(self) -> str:
        return rate_words(rate_of(self.passed, self.failed))


def wholes_of(jurisdiction_id: int, measures: Collection[str], start: date, end: date) -> list[Whole]:
    """The registers that these measures count (`registers.sampling.pass_rate`), in their order. One statement."""
    types = [one for one in record_types(end) if any(code.startswith(f"{one.kind}.") for code in measures)]
    rows = Record.objects.system("a report counts a whole jurisdiction").filter(
        jurisdiction_id=jurisdiction_id, type__in=[one.code for one in types], state=Record.State.ACTIVE,
        occurred_on__gte=start, occurred_on__lte=end,
    )  # fmt: skip
    counted = {"n": Count("pk"), "passed": Count("pk", filter=PASS), "failed": Count("pk", filter=FAIL)}
    found = {code: numbers for code, *numbers in rows.order_by().values_list("type").annotate(**counted)}
    return [_whole(one, found.get(one.code, [0, 0, 0]), start, end) for one in types]


def _whole(type_: RecordType, counts: list[int], start: date, end: date) -> Whole:
    n, passed, failed = counts
    name, outcome = type_.reading.counts_on, type_.reading.outcome
    query = {f"{name}_from": start.isoformat(), f"{name}_to": end.isoformat()}
    path = reverse("registers:records", args=[type_.code])
    bad = query | ({outcome.field: outcome.fails[0]} if outcome and len(outcome.fails) == 1 else {})
    return Whole(type_, n, passed, failed, f"{path}?{urlencode(query)}", f"{path}?{urlencode(bad)}")

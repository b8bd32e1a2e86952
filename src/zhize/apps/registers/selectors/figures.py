"""Figures over records: the strip above a list, the register of registers, a subject's history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from zhize.apps.registers.models import Record, RecordType
from zhize.apps.registers.selectors.standing import Standing, bounds_of, due_q, standing_q
from zhize.core.kernel.rounding import round_once
from zhize.core.sampling.pass_rate import PassRate, pass_rate
from zhize.kit.actor import Actor
from zhize.kit.lists import Listing

PASS, FAIL = Q(outcome=Record.Outcome.PASS), Q(outcome=Record.Outcome.FAIL)
Stat = dict[str, Any]


def rate_of(passed: int, failed: int) -> PassRate | None:
    """The pass rate with Wilson's 95 % interval; None where nothing was judged."""
    return pass_rate(passed, passed + failed) if passed + failed else None


def rate_words(rate: PassRate | None) -> str:
    """96.5%, half-up to one place, as shown on pages; with one failed it is never 100 %."""
    if rate is None:
        return "—"
    shown = round_once(rate.rate * 100, 1)
    return f"{min(shown, Decimal('99.9')) if rate.passed < rate.total else shown}%"


def interval_words(rate: PassRate) -> str:
    """93.7%—98.1%."""
    return f"{rate.low * 100:.1f}%—{rate.high * 100:.1f}%"


def strip(type_: RecordType, listing: Listing, today: date) -> list[Stat]:
    """Figures of the rows a list shows, each leading to what it counts. One statement."""
    bounds = bounds_of(type_, today)
    asked = {"n": Count("pk"), "passed": Count("pk", filter=PASS), "failed": Count("pk", filter=FAIL)}
    if type_.reading.due:
        asked |= {
            one.value: Count("pk", filter=standing_q(one, bounds))
            for one in (Standing.SOON, Standing.EXPIRED)
        }
    counts = listing.filtered.order_by().aggregate(**asked)
    items: list[Stat] = [{"value": f"{counts['n']:,}", "unit": _("条"), "caption": _("符合条件的记录")}]
    outcome = type_.reading.outcome
    if outcome and (rate := rate_of(counts["passed"], counts["failed"])):
        items += [
            {
                "value": rate_words(rate),
                "caption": _("合格率（%(passed)s/%(total)s）") % {"passed": rate.passed, "total": rate.total},
                "url": _only(listing, outcome.field, outcome.passes),
            },
            {"value": interval_words(rate), "caption": _("合格率的 95％ 置信区间")},
            {
                "value": f"{counts['failed']:,}",
                "caption": _("不合格"),
                "url": _only(listing, outcome.field, outcome.fails),
            },
        ]
    if type_.reading.due:
        items += [
            {
                "value": f"{counts[one.value]:,}",
                "caption": str(one.label),
                "url": listing.address({"standing": one.value}),
                "kind": "overdue" if one is Standing.EXPIRED and counts[one.value] else "",
            }
            for one in (Standing.SOON, Standing.EXPIRED)
        ]
    return items


def _only(listing: Listing, name: str, values: Sequence[str]) -> str:
    """The list narrowed to one outcome; several values of one outcome cannot be one filter."""
    return listing.address({name: values[0]}) if len(values) == 1 else ""


@dataclass
class Summary:
    """A register in the register of registers."""

    type: RecordType
    n: int = 0
    in_period: int = 0
    passed: int = 0
    failed: int = 0
    due: int = 0
    keepers: list[str] = field(default_factory=list)

    @property
    def rate(self) -> PassRate | None:
        return rate_of(self.passed, self.failed)


def summaries(
    actor: Actor, types: Iterable[RecordType], period: tuple[date, date], today: date, of: Q | None = None
) -> list[Summary]:
    """Each type with its counts, all and of the period, by whom it is kept, and how many are due; `of` narrows the
    records. Two statements."""
    found = {one.code: Summary(one) for one in types}
    rows = Record.objects.visible_to(actor).filter(type__in=list(found), state=Record.State.ACTIVE).order_by()
    rows = rows.filter(of) if of is not None else rows
    within = Q(occurred_on__gte=period[0], occurred_on__lte=period[1])
    groups = rows.values("type", "keeper__name", "keeper__order").annotate(
        n=Count("pk"),
        in_period=Count("pk", filter=within),
        passed=Count("pk", filter=within & PASS),
        failed=Count("pk", filter=within & FAIL),
    )
    for group in sorted(groups, key=lambda g: (g["keeper__order"], g["keeper__name"])):
        one = found[group["type"]]
        one.keepers.append(group["keeper__name"])
        for name in ("n", "in_period", "passed", "failed"):
            setattr(one, name, getattr(one, name) + group[name])
    due = rows.filter(due_q([one.type for one in found.values()], today))
    for code, n in due.values_list("type").annotate(n=Count("pk")):
        found[code].due = n
    return list(found.values())

"""取数: what the product can work out itself - counted from registers, rolled up from regions, by formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.db.models import Q

from zhize.apps.metrics import policies
from zhize.apps.metrics.models import Card
from zhize.apps.metrics.services.deriving import by_formula, rolled_up
from zhize.apps.metrics.services.figures import put_figures
from zhize.apps.metrics.services.measuring import Moment, counted
from zhize.apps.metrics.services.new_figures import Locked, NewFigure
from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.years.models import WorkYear
from zhize.core.kernel.periods import Every, Period, add_months
from zhize.core.kernel.periods import WorkYear as CoreYear
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.fields import Outcome

Step = Callable[[Jurisdiction, Sequence[Card], Sequence[Moment]], list[NewFigure]]


@transaction.atomic
def metrics_collect(
    *, jurisdiction: Jurisdiction, year: WorkYear, on: date, actor: Actor, now: datetime
) -> Outcome:
    """The figures of the periods that hold `on`: counted cards, then wholes from regions, then formulas.

    A period that ends after `on` gives provisional figures, one that has ended gives final ones. A figure somebody has
    locked stays; nobody's own entry for the whole is overwritten by a roll-up. The same again changes nothing.
    """
    if not policies.may_keep_in(actor, jurisdiction):
        raise NotAllowed("只有本辖区办公室可以取数", remedy="请切换到办公室的身份")
    if not year.starts_on <= on <= year.ends_on or year.jurisdiction_id != jurisdiction.pk:
        raise BadInput(f"{on} 不在本辖区{year.label}之内", where="日期", remedy="请选该年度内的日期")
    steps = (counted, rolled_up, by_formula)
    return _work_out(steps, jurisdiction, year.starts_on, [on], "取数", Locked.KEEP, actor, now)


def figures_derive(
    *,
    jurisdiction: Jurisdiction,
    starts_on: date,
    days: Sequence[date],
    reason: str,
    locked: Locked,
    actor: Actor,
    now: datetime,
) -> None:
    """Wholes and formulas of the periods that hold these days, after figures came in or were corrected.

    `starts_on` is the first day of any work year of the jurisdiction. Statements do not grow with the days. Asks no policy: called by services that have.
    """
    steps = (rolled_up, by_formula)
    _work_out(steps, jurisdiction, starts_on, sorted(set(days)), reason, locked, actor, now)


def _work_out(
    steps: Sequence[Step],
    jurisdiction: Jurisdiction,
    starts_on: date,
    days: Sequence[date],
    reason: str,
    locked: Locked,
    actor: Actor,
    now: datetime,
) -> Outcome:
    moments = [Moment(on, partial(period_at, starts_on, on)) for on in days]
    cards = list(
        Card.objects.system("cards a jurisdiction works out")
        .filter(Q(jurisdiction__isnull=True) | Q(jurisdiction=jurisdiction), is_retired=False)
        .order_by("order", "code")
    )
    total = Outcome(0, 0, 0)
    for step in steps:
        figures = step(jurisdiction, cards, moments)
        done = put_figures(
            jurisdiction=jurisdiction, figures=figures, reason=reason, locked=locked, actor=actor, now=now
        )
        total = Outcome(total.added + done.added, total.changed + done.changed, total.same + done.same)
    return total


def period_at(starts_on: date, on: date, card: Card) -> Period:
    """The period of the card's frequency that holds a day, in work years that start on the same day as this one."""
    start = starts_on
    while on < start:
        start = add_months(start, -12)
    while on >= add_months(start, 12):
        start = add_months(start, 12)
    part = CoreYear(start).part_of(Every(card.frequency), on)
    assert part is not None  # nosec B101 - the year was chosen to hold the day
    return part


def year_start(jurisdiction_id: int, day: date) -> date:
    """The first day of a work year of the jurisdiction; of the calendar year where it has none. One statement."""
    found = (
        WorkYear.objects.system("how this jurisdiction's years run")
        .filter(jurisdiction=jurisdiction_id)
        .order_by("-starts_on")
        .values_list("starts_on", flat=True)
        .first()
    )
    return found or date(day.year, 1, 1)

"""减负 on the situation page: beside what was done, what the office asked of each unit and region this year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhize.apps.requests import policies
from zhize.apps.requests.models import Call, UnitRequest
from zhize.apps.requests.selectors.burden import READ, with_fields
from zhize.apps.years.models import WorkYear
from zhize.apps.years.selectors import year_by_pk
from zhize.core.kernel.rounding import round_once
from zhize.kit.actor import Actor
from zhize.kit.contributions import Figure, Situation

HEADS = (gettext_lazy("要求报送"), gettext_lazy("填报项"))
UNSENT = (Call.State.DRAFT, Call.State.CANCELLED)


def burden_situation(actor: Actor, year_id: int, today: date) -> Situation:
    """How many answers were asked, how many fields they hold, how many of them the product filled in.

    Two statements and one a kind of content that occurs, beside the year's.
    """
    year = year_by_pk(actor, year_id)
    if year is None or not policies.may_see_calls(actor):
        return Situation()
    asked = UnitRequest.objects.visible_to(actor).filter(call__year_id=year_id)
    rows = list(
        asked.exclude(call__state__in=UNSENT)
        .select_related("unit")
        .only(*READ, "unit__code", "unit__region_id")
    )
    if not rows:
        return Situation()
    sent = Call.objects.system("calls of answers the actor sees").filter(pk__in={row.call_id for row in rows})
    calls = {call.pk: call for call in sent.only("form", "content")}
    counts: dict[int, list[int]] = {}
    prefilled = 0
    for row, fields in with_fields(calls, rows):
        one = counts.setdefault(row.unit_id, [0, 0])
        one[0] += 1
        one[1] += fields
        prefilled += min(len(row.prefilled), fields)
    units = {row.unit_id: row.unit for row in rows}
    found = Situation(totals=_totals(list(counts.values()), prefilled, year))
    for pk, (number, fields) in counts.items():
        unit = units[pk]
        url = reverse("requests:replies", query={"year": year.label, "unit": unit.code})
        figures = (Figure(HEADS[0], str(number), url), Figure(HEADS[1], _fields(fields), url))
        here = unit.region_id == actor.region_id
        (found.by_unit if here else found.by_region)[pk if here else unit.region_id] = figures
    return found


def _totals(counts: list[list[int]], prefilled: int, year: WorkYear) -> tuple[Figure, ...]:
    statement = reverse("requests:burden", query={"year": year.pk})
    number, fields = (sum(column) for column in zip(*counts, strict=True))
    asked = reverse("requests:replies", query={"year": year.label, "tally": "asked"})
    share = f"{round_once(Decimal(100 * prefilled) / fields, 0)}%" if fields else "—"
    return (
        Figure(HEADS[0], str(number), asked),
        Figure(HEADS[1], _fields(fields), statement),
        Figure(gettext_lazy("其中预填"), share, statement),
    )


def _fields(number: int) -> str:
    """Not rows one could list, so that it says what it counts."""
    return _("%(n)s项") % {"n": f"{number:,}"} if number else "0"

"""What can be counted here: obligations that fell due, and how many were settled in time."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhize.apps.regulations.models import Obligation
from zhize.core.kernel.rounding import share
from zhize.kit.measures import By, Measure, Measured, Where

NOT_COUNTED = (Obligation.Status.WAIVED, Obligation.Status.STANDING)
ON_TIME = Q(status=Obligation.Status.DONE, done_on__lte=F("due_on"))


def on_time(where: Where, by: By) -> Mapping[int, Measured]:
    """Share (%) of the obligations due in the window that were done by their date; waived and standing ones don't count.

    By region: what governments below owe, for their region. One statement.
    """
    rows = (
        Obligation.objects.system("counting obligations of a jurisdiction")
        .filter(jurisdiction_id=where.jurisdiction_id, due_on__gte=where.start, due_on__lte=where.end)
        .exclude(status__in=NOT_COUNTED)
    )
    key = {By.UNIT: "unit_id", By.REGION: "unit__region_id"}.get(by)
    if key and where.ids:
        rows = rows.filter(**{f"{key}__in": where.ids})
    if by is By.REGION:
        rows = rows.exclude(unit__region_id=F("jurisdiction__region_id"))
    counts = {"due": Count("pk"), "kept": Count("pk", filter=ON_TIME)}
    if key is None:
        return {0: _measured(rows.aggregate(**counts), where)}
    return {one[key]: _measured(one, where) for one in rows.order_by().values(key).annotate(**counts)}


def _measured(counts: Mapping[str, int], where: Where) -> Measured:
    rate = share(counts["kept"], counts["due"])
    window = f"due_on_from={where.start.isoformat()}&due_on_to={where.end.isoformat()}"
    return Measured(
        value=None if rate is None else Decimal(100) * rate,
        numerator=counts["kept"],
        denominator=counts["due"],
        url=f"{reverse('regulations:obligations')}?{window}",
    )


MEASURES = (
    Measure(
        code="regulations.obligations_on_time",
        label=_("履职事项按期落实率"),
        unit="%",
        by=frozenset(By),
        load=on_time,
        places=1,
        note=_("期限落在期内的事项，免办和常态履职不计"),
    ),
)

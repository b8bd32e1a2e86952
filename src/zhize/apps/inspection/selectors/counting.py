"""Problems as apps above count them: by unit, period and item."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from zhize.apps.inspection.models import CheckedPlace, Finding

ALL_ITEMS = "全部"


def found_at(
    *, jurisdiction_id: int, unit_ids: Sequence[int], since: date, until: date, items: Sequence[str]
) -> dict[int, list[Finding]]:
    """Unit → its problems that were sent out, found within the period, about these items (全部: about any). A unit that
    was checked without any has an empty list; one nobody checked is not there. Two statements."""
    visited = CheckedPlace.objects.system("whether a unit was checked at all").filter(
        checked__inspection__jurisdiction_id=jurisdiction_id, checked__unit_id__in=list(unit_ids),
        state=CheckedPlace.State.SIGNED, visited_on__gte=since, visited_on__lte=until,
    )  # fmt: skip
    by_unit: dict[int, list[Finding]] = {
        unit: [] for unit in visited.order_by().values_list("checked__unit_id", flat=True).distinct()
    }
    rows = (
        Finding.objects.system("problems that count in an assessment")
        .filter(checked__inspection__jurisdiction_id=jurisdiction_id, checked__unit_id__in=list(unit_ids))
        .filter(state__in=[Finding.State.SENT, Finding.State.FIXED, Finding.State.UNFIXED])
        .filter(found_on__gte=since, found_on__lte=until)
        .select_related("checked")
        .order_by("found_on", "pk")
    )
    if ALL_ITEMS not in items:
        rows = rows.filter(item_name__in=list(items))
    for row in rows:
        by_unit.setdefault(row.checked.unit_id, []).append(row)
    return by_unit

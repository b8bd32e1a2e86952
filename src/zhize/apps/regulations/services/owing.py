"""Who owes a duty in a period: printed holders and collectives, followed through reforms (`duties.reform`)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from zhize.apps.orgs.models import Jurisdiction, Membership
from zhize.apps.regulations.models import Duty, DutyHolder
from zhize.apps.regulations.selectors.heirs import reform_steps
from zhize.core.duties.reform import Owing, reform


class Holders:
    """Named units as they are, collectives multiplied out over the members of a day; two statements for all duties."""

    def __init__(self, jurisdiction: Jurisdiction, day: date) -> None:
        current = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))
        rows = (
            Membership.objects.system("multiplying out common duties")
            .filter(current, jurisdiction=jurisdiction)
            .order_by("order", "pk")
            .values_list("capacity", "unit_id")
        )
        self._by_capacity: dict[str, list[int]] = {}
        for capacity, unit_id in rows:
            self._by_capacity.setdefault(capacity, []).append(unit_id)
        self._steps = reform_steps()

    def of(self, duty: Duty, on: date) -> tuple[Owing, ...]:
        """Who owes in a period that starts on `on`; ids of units as text. Reads: `duty.holders`, prefetched."""
        named = [(str(unit), holder.role) for holder in duty.holders.all() for unit in self._units(holder)]
        return reform(named, self._steps, on).owing

    def _units(self, holder: DutyHolder) -> list[int]:
        if holder.unit_id:
            return [holder.unit_id]
        collective = DutyHolder.Collective(holder.collective)
        wanted = {DutyHolder.Collective.MEMBERS: "member", DutyHolder.Collective.LOCALS: "assessed"}.get(
            collective
        )
        return self._by_capacity.get(wanted, []) if wanted else []

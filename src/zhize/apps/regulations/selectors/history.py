"""履职沿革: what became of a duty, of a unit's obligations, of a clause, year by year."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from zhize.apps.regulations.models import Obligation
from zhize.apps.regulations.selectors.lights import bounds, light_case
from zhize.core.duties.grid import Cell, Entry, grid
from zhize.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class YearOf:
    """One year's sums: its label, and the cell that counts all obligations asked about by light."""

    label: str
    cell: Cell

    @property
    def left(self) -> int:
        """Owed and not settled."""
        return self.cell.owed - self.cell.settled

    @property
    def share(self) -> int | None:
        """Settled of owed in whole per cent, rounded down so that 100 means all; None where nothing was owed."""
        return 100 * self.cell.settled // self.cell.owed if self.cell.owed else None


def history_of(
    actor: Actor, today: date, *, duty_ids: Collection[int] = (), unit_id: int | None = None
) -> list[YearOf]:
    """The years, newest first, in which these duties or this unit owed anything the actor may see. One statement.

    What was rolled into a later year counts as left in its own and as owed in the later one.
    """
    rows = Obligation.objects.visible_to(actor)
    rows = rows.filter(unit_id=unit_id) if unit_id else rows.filter(duty_id__in=duty_ids)
    counted = (
        rows.annotate(light=light_case(bounds(today)))
        .order_by()
        .values_list("year__starts_on", "year__label", "light")
        .annotate(n=Count("pk"))
    )
    found = list(counted)
    starts = sorted({(start, label) for start, label, _light, _n in found}, reverse=True)
    order = {key: place for place, key in enumerate(starts)}
    sums = grid(Entry(order[start, label], 0, light, n) for start, label, light, n in found)
    return [YearOf(label, sums.rows[order[start, label]]) for start, label in starts]

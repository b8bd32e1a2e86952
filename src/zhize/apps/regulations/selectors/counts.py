"""What counts towards an obligation: entries of the sources its duty names (台账自动认定)."""

from __future__ import annotations

from collections.abc import Collection

from zhize.apps.regulations.models import Duty, Obligation
from zhize.kit.measures import Counted, Where, sources


def duty_ids_of_sources(codes: Collection[str], jurisdiction_id: int | None = None) -> list[int]:
    """The duties that name one of these sources; a register holds some dozens that name any, so they are looked through."""
    rows = Duty.objects.system("which duties an act discharges").exclude(sources=[])
    if jurisdiction_id is not None:
        rows = rows.filter(jurisdiction_id=jurisdiction_id)
    return [pk for pk, named in rows.values_list("pk", "sources") if not set(codes).isdisjoint(named)]


def records_of(obligation: Obligation) -> list[Counted]:
    """The entries within the obligation's period, of its unit or of the one it answers through. One statement a source.

    Reads: `obligation.duty`, `obligation.unit` joined. A code nobody registered counts nothing.
    """
    units = tuple(u for u in (obligation.unit_id, obligation.unit.answers_through_id) if u)
    where = Where(obligation.jurisdiction_id, obligation.period_start, obligation.period_end, units)
    return [
        Counted(one.unit_id, f"{code}:{one.id}", one.on, one.number)
        for code in obligation.duty.sources
        if (source := sources().get(code)) and source.records
        for one in source.records(where)
    ]

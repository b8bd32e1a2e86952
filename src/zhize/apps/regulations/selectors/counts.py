"""What counts towards an obligation: entries of the sources its duty names (台账自动认定)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from zhize.apps.orgs.models import Unit
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

    Reads: `obligation.duty`, `obligation.unit` joined. A code nobody registered counts nothing; for what was rolled over
    nothing counts: entries count in the year they happened.
    """
    if obligation.rolled_from_id:
        return []
    units = tuple(u for u in (obligation.unit_id, obligation.unit.answers_through_id) if u)
    where = Where(obligation.jurisdiction_id, obligation.period_start, obligation.period_end, units)
    return [
        Counted(one.unit_id, f"{code}:{one.id}", one.on, one.number)
        for code in obligation.duty.sources
        if (source := sources().get(code)) and source.records
        for one in source.records(where)
    ]


def records_each(obligations: Sequence[Obligation]) -> list[list[Counted]]:
    """As `records_of`, for many obligations of one jurisdiction at once (saved or not): one statement a source and one
    for the units, however many they are. Reads: `duty` joined.
    """
    asked = {code for o in obligations for code in o.duty.sources}
    counting = {code: load for code in asked if (s := sources().get(code)) and (load := s.records)}
    if not counting:
        return [[] for _ in obligations]
    through = dict(
        Unit.objects.system("who answers for whom")
        .filter(pk__in={o.unit_id for o in obligations})
        .values_list("pk", "answers_through_id")
    )
    units = sorted({pk for pair in through.items() for pk in pair if pk})
    where = Where(
        obligations[0].jurisdiction_id,
        min(o.period_start for o in obligations),
        max(o.period_end for o in obligations),
        tuple(units),
    )
    entries = {code: load(where) for code, load in counting.items()}
    return [
        [
            Counted(one.unit_id, f"{code}:{one.id}", one.on, one.number)
            for code in o.duty.sources
            for one in entries.get(code, ())
            if not o.rolled_from_id
            and one.unit_id in (o.unit_id, through.get(o.unit_id))
            and o.period_start <= one.on <= o.period_end
        ]
        for o in obligations
    ]

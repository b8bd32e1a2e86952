"""The cells of a unit's working copy, written whatever the way they came: typed, pasted, carried over, or in a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from zhize.apps.metrics import log_types, mapping
from zhize.apps.metrics.models import CellKey, Entry
from zhize.apps.metrics.selectors.collecting import grid_of
from zhize.apps.metrics.selectors.grids import Grid
from zhize.apps.requests.models import UnitRequest
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.things import ThingRef

REQUEST = "requests.unit_request"


@dataclass(frozen=True, slots=True)
class Written:
    """What a unit wrote into a cell."""

    value: Decimal | None
    is_none: bool = False
    reason: str = ""


def cells_keep(
    *, request: UnitRequest, cells: Mapping[CellKey, Written], actor: Actor, now: datetime
) -> None:
    """Writes cells of the working copy, whatever the way they came; the caller has locked the request and asked who may."""
    grid = grid_or_refuse(request)
    if strangers := set(cells) - {cell.key for cell in grid.cells}:
        raise BadInput(f"有 {len(strangers)} 格不在这张表里", remedy="请刷新页面后重新填写")
    here = {
        one.key: one
        for one in Entry.objects.system("own working copy").select_for_update().filter(request=request)
    }
    new, changed = [], []
    for key, written in cells.items():
        entry = here.get(key) or new_entry(request, key)
        before = (entry.value, entry.is_none, entry.reason)
        put_written(entry, written)
        if before == (entry.value, entry.is_none, entry.reason):
            continue
        entry.clean_fields(exclude=["request", "card", "region"])
        if entry.pk:
            entry.version += 1
            changed.append(entry)
        else:
            new.append(entry)
    Entry.objects.bulk_create(new)
    Entry.objects.system("own working copy").bulk_update(changed, ["value", "is_none", "reason", "version"])
    if new or changed:
        record(
            log_types.ENTRIES_SAVED,
            actor=actor,
            thing=ThingRef(REQUEST, request.pk),
            now=now,
            after={"cells": [_words(one) for one in [*new, *changed]]},
            jurisdiction_code=request.jurisdiction.code,
        )


def new_entry(request: UnitRequest, key: CellKey) -> Entry:
    """A cell of the working copy, not kept yet."""
    return Entry(
        request=request, card_id=key.card, period_start=key.start, period_end=key.end, region_id=key.region
    )


def put_written(entry: Entry, written: Written) -> None:
    entry.value = None if written.is_none else mapping.stored(written.value)
    entry.is_none, entry.reason = written.is_none, written.reason.strip()[:300]


def _words(entry: Entry) -> list[str | None]:
    value = None if entry.value is None else format(entry.value.normalize(), "f")
    where = [str(entry.region_id)] if entry.region_id else []
    return [str(entry.card_id), entry.period_start.isoformat(), value, *where]


def grid_or_refuse(request: UnitRequest) -> Grid:
    grid = grid_of(request, handed=False)
    if grid is None:
        raise StateConflict("这次征集没有指标表", where=request.call.title, remedy="请联系办公室")
    return grid

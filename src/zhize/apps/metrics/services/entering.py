"""Filling in a grid, handing it over, returning single cells, and what is accepted becomes figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from zhize.apps.metrics import log_types
from zhize.apps.metrics.models import Card, CellKey, Collection, Entry, Observation
from zhize.apps.metrics.selectors.collecting import collection_of_call, regions_asked, subject_of
from zhize.apps.metrics.services.cells import REQUEST, Written, cells_keep, grid_or_refuse
from zhize.apps.metrics.services.checking import refuse_before_those_below
from zhize.apps.metrics.services.computing import figures_derive
from zhize.apps.metrics.services.figures import put_figures
from zhize.apps.metrics.services.new_figures import Locked, NewFigure
from zhize.apps.requests.models import UnitRequest
from zhize.apps.requests.services import request_return, request_save
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.things import ThingRef


@transaction.atomic
def entries_save(
    *,
    request: UnitRequest,
    cells: Mapping[CellKey, Written],
    version: int | None,
    actor: Actor,
    now: datetime,
) -> UnitRequest:
    """Keeps the unit's working copy; what the rules find is shown, not refused: that comes with handing in.

    Who may, in which state, and against which version is decided by `requests.request_save`, called first.
    """
    current = request_save(
        request=request,
        answers=request.answers,
        statement=request.statement,
        nil_report=False,
        version=version,
        actor=actor,
        now=now,
    )
    cells_keep(request=current, cells=cells, actor=actor, now=now)
    return current


@transaction.atomic
def entries_carry_over(*, request: UnitRequest, version: int | None, actor: Actor, now: datetime) -> int:
    """沿用上期: empty cells take the last period's figure. Gives how many; the unit looks at them before handing in."""
    grid = grid_or_refuse(request)
    cells = {
        cell.key: Written(cell.before.value, reason=cell.reason)
        for cell in grid.cells
        if cell.is_empty and cell.before is not None and cell.before.value is not None
    }
    if cells:
        entries_save(request=request, cells=cells, version=version, actor=actor, now=now)
    return len(cells)


@transaction.atomic
def entries_return(
    *,
    request: UnitRequest,
    comments: Mapping[int, str],
    comment: str,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> UnitRequest:
    """Sends the grid back with a word on single cells (`comments` by entry id). Policy: `requests.request_return`."""
    said = {pk: words.strip()[:300] for pk, words in comments.items() if words.strip()}
    rows = {
        one.pk: one
        for one in Entry.objects.system("cells of the request").select_for_update().filter(request=request)
    }
    if unknown := set(said) - set(rows):
        raise BadInput(f"没有编号为 {min(unknown)} 的格", remedy="请刷新页面后再退回")
    total = comment.strip() or (f"有 {len(said)} 格需要补正，见各格的意见" if said else "")
    current = request_return(request=request, comment=total, version=version, actor=actor, now=now)
    for pk, entry in rows.items():
        entry.comment = said.get(pk, "")
        entry.version += 1
    Entry.objects.system("cells of the request").bulk_update(rows.values(), ["comment", "version"])
    record(
        log_types.ENTRIES_RETURNED,
        actor=actor,
        thing=ThingRef(REQUEST, current.pk),
        now=now,
        after={"cells": {str(pk): words for pk, words in said.items()}},
        jurisdiction_code=current.jurisdiction.code,
    )
    return current


def hand_over(request: UnitRequest, now: datetime) -> None:
    """What was handed in is fixed beside the working copy; earlier comments on cells are answered by it."""
    rows = list(Entry.objects.system("handing in").select_for_update().filter(request=request))
    for entry in rows:
        entry.handed_value, entry.handed_none = entry.value, entry.is_none
        entry.handed_reason, entry.handed_at, entry.comment = entry.reason, now, ""
    names = ["handed_value", "handed_none", "handed_reason", "handed_at", "comment"]
    Entry.objects.system("handing in").bulk_update(rows, names)


def take_back(request: UnitRequest) -> None:
    """A withdrawn grid is the unit's draft again, seen by nobody else."""
    Entry.objects.system("taking back").filter(request=request).update(
        handed_value=None, handed_none=False, handed_reason="", handed_at=None
    )


def accept(request: UnitRequest, actor: Actor, now: datetime) -> None:
    """What was handed in becomes final figures, with the request as their source; wholes and formulas follow.

    Raises `StateConflict` while the region's own office still waits for the same figures from below.
    """
    collection = collection_of_call(request.call_id)
    if collection is None:
        raise StateConflict("这次征集没有指标表", where=request.call.title, remedy="请联系办公室")
    refuse_before_those_below(collection, request)
    rows = {one.key: one for one in Entry.objects.system("accepting").filter(request=request)}
    several: list[int | None] = [one.pk for one in regions_asked(collection, request)] or [None]
    figures = [
        _figure(collection, request, row.card, key, label, rows.get(key))
        for row in collection.rows.all()
        for region in several
        for span, label in collection.spans
        for key in [CellKey(row.card_id, span.start, span.end, region)]
    ]
    put_figures(
        jurisdiction=request.call.jurisdiction,
        figures=figures,
        reason=f"重新报送：{request.call.title}",
        actor=actor,
        now=now,
    )
    figures_derive(
        jurisdiction=request.call.jurisdiction,
        starts_on=request.call.year.starts_on,
        days=[span.end for span, _label in collection.spans],
        reason=f"随报送重新计算：{request.call.title}",
        locked=Locked.KEEP,
        actor=actor,
        now=now,
    )


def _figure(
    collection: Collection,
    request: UnitRequest,
    card: Card,
    key: CellKey,
    label: str,
    entry: Entry | None,
) -> NewFigure:
    """A nil report (零报告) means nothing happened: 0 for what is counted, no value for a rate."""
    value = entry.handed_value if entry else None
    note = entry.handed_reason if entry else ""
    if request.nil_report:
        value, note = (Decimal(0) if card.over_regions == Card.Combine.SUM else None), "零报告"
    elif entry and entry.handed_none:
        note = f"无此数据：{note}"
    region, unit = subject_of(collection, request, key.region)
    return NewFigure(
        card_id=card.pk,
        region_id=region,
        unit_id=unit,
        start=key.start,
        end=key.end,
        label=label,
        value=value,
        origin=Observation.Origin.COLLECTED,
        given_by_id=request.unit_id,
        source_ref=str(ThingRef(REQUEST, request.pk)),
        source_words=request.call.title,
        note=note,
    )

"""The grid of a request: cards by periods, with what was there before and what the rules say of each cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Count, Q

from zhize.apps.metrics.models import Card, CellKey, Collection, Entry, Observation
from zhize.apps.metrics.selectors.findings import findings_of, shown_of, span_before, span_year_ago
from zhize.apps.metrics.selectors.grids import Cell, Grid
from zhize.apps.orgs.models import Region
from zhize.apps.requests.models import UnitRequest
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet


def request_of(actor: Actor, pk: int) -> UnitRequest | None:
    """A request for figures within the scope, with what its page needs."""
    rows = UnitRequest.objects.visible_to(actor).filter(pk=pk, call__metric_collection__isnull=False)
    return rows.select_related(
        "call__jurisdiction", "call__year", "unit__region", "unit__answers_through", "jurisdiction"
    ).first()


def collection_by_pk(actor: Actor, pk: int) -> Collection | None:
    """A collection whose call the actor sees, with what its form needs."""
    rows = Collection.objects.visible_to(actor).select_related("call__jurisdiction")
    return rows.prefetch_related("rows", "call__addressees").by_pk(pk)


def collection_of_call(call_id: int) -> Collection | None:
    rows = Collection.objects.system("belongs to a call the caller sees").filter(call_id=call_id)
    return rows.prefetch_related("rows__card").first()


def grid_of(
    request: UnitRequest,
    *,
    handed: bool,
    identifiable: bool = True,
    written: Mapping[CellKey, Entry] | None = None,
) -> Grid | None:
    """The unit's grid: its working copy, or what it handed in, or what was `written` elsewhere and is not kept yet. Five
    statements at most for any number of cells.

    Without `identifiable` the cards that name single respondents are left out.

    Whoever calls has asked who may read which.
    """
    collection = collection_of_call(request.call_id)
    if collection is None:
        return None
    entries = _kept(request) if written is None else written
    cards = [row.card for row in collection.rows.all() if identifiable or not row.card.identifiable]
    grid = Grid(collection, regions_asked(collection, request))
    several: list[Region | None] = [*grid.regions] or [None]
    ids = [one.pk if one else None for one in several]
    earlier = _earlier(collection, request, cards, ids)
    found = findings_of(collection, cards, entries, earlier, handed, ids)
    for card in cards:
        cells = []
        for region, (span, label) in ((region, one) for region in several for one in collection.spans):
            key = CellKey(card.pk, span.start, span.end, region.pk if region else None)
            entry = entries.get(key)
            value, is_none, reason = shown_of(entry, handed)
            cells.append(
                Cell(
                    card=card,
                    span=span,
                    label=label,
                    value=value,
                    is_none=is_none,
                    reason=reason,
                    comment=entry.comment if entry else "",
                    before=earlier.get(CellKey(card.pk, *span_before(span), key.region)),
                    year_ago=earlier.get(CellKey(card.pk, *span_year_ago(span), key.region)),
                    findings=tuple(found.get(key, ())),
                    entry_id=entry.pk if entry else None,
                    region=region,
                )
            )
        grid.rows.append((card, cells))
    return grid


def _kept(request: UnitRequest) -> dict[CellKey, Entry]:
    rows = Entry.objects.system("cells of a request the caller may read").filter(request=request)
    return {one.key: one for one in rows}


def regions_asked(collection: Collection, request: UnitRequest) -> list[Region]:
    """The regions a form for several asks this unit for, in official order; none where it asks for one. One statement."""
    if collection.subject != Collection.Subject.BELOW or request.unit.region_id is None:
        return []
    last = max((span.end for span, _label in collection.spans), default=request.call.due_on)
    return list(regions_under([request.unit.region_id], last))


def regions_under(parents: Sequence[int], on: date) -> ScopedQuerySet[Region]:
    """The regions right below these that exist on a day, in official order."""
    rows: ScopedQuerySet[Region] = Region.objects.system("regions a form asks for")
    rows = rows.filter(parent__in=parents).filter(Q(valid_from__isnull=True) | Q(valid_from__lte=on))
    return rows.exclude(valid_to__lte=on).order_by("order", "code")


def subject_of(
    collection: Collection, request: UnitRequest, cell_region: int | None = None
) -> tuple[int | None, int | None]:
    """Whose figure a cell becomes: (region, unit), one of them None."""
    match collection.subject:
        case Collection.Subject.REGION:
            return request.unit.region_id, None
        case Collection.Subject.BELOW:
            return cell_region, None
        case Collection.Subject.UNIT:
            return None, request.unit_id
    return request.jurisdiction.region_id, None


def _earlier(
    collection: Collection, request: UnitRequest, cards: list[Card], regions: list[int | None]
) -> dict[CellKey, Observation]:
    """The figures of the periods before and of a year ago. One statement."""
    wanted = {span for one, _label in collection.spans for span in (span_before(one), span_year_ago(one))}
    if not wanted:
        return {}
    dates = Q()
    for start, end in wanted:
        dates |= Q(period_start=start, period_end=end)
    rows = Observation.objects.system("earlier figures of the same subject").filter(
        dates, jurisdiction_id=request.jurisdiction_id, card__in=[c.pk for c in cards]
    )
    if several := [one for one in regions if one is not None]:
        rows = rows.filter(region__in=several)
    else:
        region, unit = subject_of(collection, request)
        rows = rows.filter(region=region, unit=unit)
    return {
        CellKey(row.card_id, row.period_start, row.period_end, row.region_id if several else None): row
        for row in rows
    }


def missing_words(request_id: int) -> list[str]:
    """What keeps a unit's grid from being handed in, in words (kit.contributions.CallContent)."""
    request = (
        UnitRequest.objects.system("checking an answer being handed in")
        .select_related("call", "unit")
        .get(pk=request_id)
    )
    grid = grid_of(request, handed=False)
    return ["这次征集没有选定指标，请联系办公室"] if grid is None else grid.problems()


def progress_words(request_ids: list[int]) -> dict[int, str]:
    """How many cells a grid has and how many were handed in, for lists; of a draft nothing is told. Four statements."""
    sizes = _sizes(Q(pk__in=request_ids))
    handed = Entry.objects.system("progress of answers the caller lists").filter(
        request__in=request_ids, handed_at__isnull=False, handed_value__isnull=False
    )
    done = dict(handed.values_list("request").annotate(n=Count("pk")).order_by())
    return {
        pk: f"已报 {done[pk]}/{size} 格" if pk in done else f"共 {size} 格"
        for pk, size in sizes.items()
        if size
    }


def cells_asked(call_ids: list[int]) -> dict[int, int]:
    """By request, how many cells the grids of these calls ask for. Two statements."""
    return _sizes(Q(call__in=call_ids))


def _sizes(which: Q) -> dict[int, int]:
    """By request, how many cells: cards by periods, by regions where the form asks for several."""
    requests = UnitRequest.objects.system("what calls ask for").filter(which)
    rows = list(
        requests.annotate(n=Count("call__metric_collection__rows"))
        .order_by()
        .values_list(
            "pk", "unit__region", "call__metric_collection__subject", "call__metric_collection__periods", "n"
        )
    )
    below = Collection.Subject.BELOW
    spread = {
        (region, _last(periods)) for _pk, region, subject, periods, _n in rows if subject == below and periods
    }
    under: dict[tuple[int | None, date], int] = {}
    if spread:
        first, last = min(day for _region, day in spread), max(day for _region, day in spread)
        known = (
            Region.objects.system("regions a form asks for")
            .filter(parent__in={region for region, _day in spread if region})
            .exclude(valid_from__gt=last)
            .exclude(valid_to__lte=first)
        )
        dated = list(known.values_list("parent", "valid_from", "valid_to"))
        under = {
            (parent, day): sum(
                one == parent and (since is None or since <= day) and (until is None or until > day)
                for one, since, until in dated
            )
            for parent, day in spread
        }
    return {
        pk: len(periods or ()) * n * (under[region, _last(periods)] if subject == below and periods else 1)
        for pk, region, subject, periods, n in rows
    }


def _last(periods: list[dict[str, str]]) -> date:
    return max(date.fromisoformat(one["end"]) for one in periods)

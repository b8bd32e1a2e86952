"""The grid of a request: cards by periods, with what was there before and what the rules say of each cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Q

from zhize.apps.metrics.models import Card, Collection, Entry, Observation
from zhize.apps.metrics.selectors.findings import Key, findings_of, shown_of, span_before, span_year_ago
from zhize.apps.requests.models import UnitRequest
from zhize.core.metrics.checks import Finding
from zhize.core.metrics.spans import Span
from zhize.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it holds, what it held before, what is wrong with it. `is_none`: 无此数据."""

    card: Card
    span: Span
    label: str
    value: Decimal | None
    is_none: bool
    reason: str
    comment: str
    before: Observation | None
    year_ago: Observation | None
    findings: tuple[Finding, ...]
    entry_id: int | None

    @property
    def name(self) -> str:
        """The cell's name in forms: c12-20120101-20120331."""
        return f"c{self.card.pk}-{self.span.start:%Y%m%d}-{self.span.end:%Y%m%d}"

    @property
    def is_empty(self) -> bool:
        return self.value is None and not self.is_none

    @property
    def must_explain(self) -> bool:
        return (
            bool(self.findings)
            and not any(one.severity == "hard" for one in self.findings)
            and not self.reason
        )

    def problems(self) -> list[tuple[str, str]]:
        """What keeps the cell from being handed in: what is wrong, and what to do."""
        found = [(one.what, one.remedy) for one in self.findings if one.severity == "hard"]
        if self.is_empty:
            found.insert(0, ("没有填", "请填数，没有发生的填 0，没有统计的填“无此数据”"))
        if self.must_explain:
            found.append((self.findings[0].what, "请在说明栏写明原因"))
        if self.is_none and not self.reason:
            found.append(("无此数据", "请在说明栏写明为什么没有"))
        return found


@dataclass(frozen=True, slots=True)
class Grid:
    """All cells of a request, row by row."""

    collection: Collection
    rows: list[tuple[Card, list[Cell]]] = field(default_factory=list)

    @property
    def cells(self) -> list[Cell]:
        return [cell for _card, cells in self.rows for cell in cells]

    @property
    def filled(self) -> int:
        return sum(not cell.is_empty for cell in self.cells)

    def problems(self) -> list[str]:
        """What keeps the grid from being handed in, each with its place and what to do."""
        return [
            f"“{cell.card.name}”（{cell.label}）{what}。{remedy}"
            for cell in self.cells
            for what, remedy in cell.problems()
        ]


def request_of(actor: Actor, pk: int) -> UnitRequest | None:
    """A request for figures within the scope, with what its page needs."""
    rows = UnitRequest.objects.visible_to(actor).filter(pk=pk, call__metric_collection__isnull=False)
    return rows.select_related(
        "call__jurisdiction", "call__year", "unit__region", "unit__answers_through", "jurisdiction"
    ).first()


def collection_by_pk(actor: Actor, pk: int) -> Collection | None:
    """A collection whose call the actor sees, with what its form needs."""
    rows = Collection.objects.visible_to(actor).filter(pk=pk).select_related("call__jurisdiction")
    return rows.prefetch_related("rows", "call__addressees").first()


def collection_of_call(call_id: int) -> Collection | None:
    rows = Collection.objects.system("belongs to a call the caller sees").filter(call_id=call_id)
    return rows.prefetch_related("rows__card").first()


def grid_of(
    request: UnitRequest,
    *,
    handed: bool,
    identifiable: bool = True,
    written: Mapping[Key, Entry] | None = None,
) -> Grid | None:
    """The unit's grid: its working copy, or what it handed in, or what was `written` elsewhere and is not kept yet. Four
    statements for any number of cells.

    Without `identifiable` the cards that name single respondents are left out.

    Whoever calls has asked who may read which.
    """
    collection = collection_of_call(request.call_id)
    if collection is None:
        return None
    entries = _kept(request) if written is None else written
    cards = [row.card for row in collection.rows.all() if identifiable or not row.card.identifiable]
    earlier = _earlier(collection, request, cards)
    grid = Grid(collection)
    found = findings_of(collection, cards, entries, earlier, handed)
    for card in cards:
        cells = []
        for span, label in collection.spans:
            entry = entries.get((card.pk, span.start, span.end))
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
                    before=earlier.get((card.pk, *span_before(span))),
                    year_ago=earlier.get((card.pk, *span_year_ago(span))),
                    findings=tuple(found.get((card.code, span.start), ())),
                    entry_id=entry.pk if entry else None,
                )
            )
        grid.rows.append((card, cells))
    return grid


def _kept(request: UnitRequest) -> dict[Key, Entry]:
    rows = Entry.objects.system("cells of a request the caller may read").filter(request=request)
    return {(one.card_id, one.period_start, one.period_end): one for one in rows}


def subject_of(collection: Collection, request: UnitRequest) -> tuple[int | None, int | None]:
    """Whose figure a cell becomes: (region, unit), one of them None."""
    match collection.subject:
        case Collection.Subject.REGION:
            return request.unit.region_id, None
        case Collection.Subject.UNIT:
            return None, request.unit_id
    return request.jurisdiction.region_id, None


def _earlier(collection: Collection, request: UnitRequest, cards: list[Card]) -> dict[Key, Observation]:
    """The figures of the periods before and of a year ago. One statement."""
    wanted = {span for one, _label in collection.spans for span in (span_before(one), span_year_ago(one))}
    if not wanted:
        return {}
    dates = Q()
    for start, end in wanted:
        dates |= Q(period_start=start, period_end=end)
    region, unit = subject_of(collection, request)
    rows = Observation.objects.system("earlier figures of the same subject").filter(
        dates,
        jurisdiction_id=request.jurisdiction_id,
        card__in=[c.pk for c in cards],
        region=region,
        unit=unit,
    )
    return {(row.card_id, row.period_start, row.period_end): row for row in rows}


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
    """How many cells a grid has and how many were handed in, for lists; of a draft nothing is told. Two statements."""
    requests = UnitRequest.objects.system("progress of answers the caller lists").filter(pk__in=request_ids)
    sizes: dict[int, int] = {}
    for pk, periods, cards in requests.annotate(n=Count("call__metric_collection__rows")).values_list(
        "pk", "call__metric_collection__periods", "n"
    ):
        sizes[pk] = len(periods or ()) * cards
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
    """By request, how many cells the grids of these calls ask for. One statement."""
    requests = UnitRequest.objects.system("what calls ask for").filter(call__in=call_ids)
    rows = requests.annotate(n=Count("call__metric_collection__rows")).order_by()
    found = rows.values_list("pk", "call__metric_collection__periods", "n")
    return {pk: len(periods or ()) * cards for pk, periods, cards in found}

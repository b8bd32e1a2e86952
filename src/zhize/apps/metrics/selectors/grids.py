"""The grid of a request as pages, workbooks and checks see it: cells, rows of cards, and tables of regions."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from zhize.apps.metrics.models import Card, CellKey, Collection, Observation
from zhize.apps.orgs.models import Region
from zhize.apps.orgs.selectors import region_name
from zhize.core.metrics.checks import Finding
from zhize.core.metrics.spans import Span


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
    region: Region | None = None

    @property
    def key(self) -> CellKey:
        return CellKey(self.card.pk, self.span.start, self.span.end, self.region.pk if self.region else None)

    @property
    def name(self) -> str:
        """The cell's name in forms: c12-20120101-20120331, with -r7 for a region of several."""
        which = f"-r{self.region.pk}" if self.region else ""
        return f"c{self.card.pk}-{self.span.start:%Y%m%d}-{self.span.end:%Y%m%d}{which}"

    @property
    def place(self) -> str:
        """Where it stands, in words: 安宁区，2012年第一季度."""
        return f"{region_name(self.region)}，{self.label}" if self.region else self.label

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
class RegionRow:
    """A line of the table of a period: a region, and its cell of every card."""

    region: Region
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class RegionTable:
    """A period of a form for several regions; `totals` by card, None where figures do not add up or none is there."""

    label: str
    rows: list[RegionRow]
    totals: list[Decimal | None]


@dataclass(frozen=True, slots=True)
class Grid:
    """All cells of a request, row by row; `regions` are those a form for several asks for."""

    collection: Collection
    regions: list[Region] = field(default_factory=list)
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
            f"“{cell.card.name}”（{cell.place}）{what}。{remedy}"
            for cell in self.cells
            for what, remedy in cell.problems()
        ]

    def tables(self) -> list[RegionTable]:
        """Regions by cards, a table a period: how such a form is printed, and how a block is pasted into it."""
        by_key = {cell.key: cell for cell in self.cells}
        found = []
        for span, label in self.collection.spans:
            rows = [
                RegionRow(
                    region,
                    [by_key[CellKey(card.pk, span.start, span.end, region.pk)] for card, _cells in self.rows],
                )
                for region in self.regions
            ]
            totals = [
                _total(card, [row.cells[n] for row in rows]) for n, (card, _cells) in enumerate(self.rows)
            ]
            found.append(RegionTable(label, rows, totals))
        return found


def _total(card: Card, cells: list[Cell]) -> Decimal | None:
    values = [cell.value for cell in cells if cell.value is not None]
    return sum(values, Decimal(0)) if values and card.over_regions == Card.Combine.SUM else None

"""Stage 5: rows of a table into criteria: blocks, groups by column, items over several rows.

Reads: rows and columns. Writes: criteria as printed, each with the standard it rests on, not yet cut into leaves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ...kernel.numerals import han_to_int
from .columns import Columns, Holds
from .items import names_points
from .sheet import SAME, Row, joined, names_in

_TOTALS = {"总分", "合计", "总计", "满分", "总分值", "合计分值", "总得分"}
_SUBTOTALS = {"小计"}
ADDITIONS = re.compile(r"[奖加]\s*扣分|[奖加]分|加减分|附加|扣分项|减分项|奖惩|倒扣")
_HAN_NUMBER = re.compile(r"^[（(]?([一二三四五六七八九十]{1,3})[）)、.．]*$")
_FIGURE = re.compile(r"^\s*(\d{1,4}(?:\.\d{1,2})?)\s*[分%]?\s*$")
# 组织领导（10分） · 质量目标(40%)
_IN_TITLE = re.compile(r"[（(]\s*(?:共|满分|权重)?\s*(\d{1,3}(?:\.\d+)?)\s*[分%]\s*[）)]\s*[：:。]?\s*$")
_EVERYBODY = re.compile(r"^各|^全部|^所有|^全体")
_LONGEST = 40


@dataclass
class Branch:
    """A criterion as printed. `rows`: the standards it rests on, with points of their own where each row has some."""

    title: str
    number: str = ""
    points: Fraction | None = None
    text: str = ""
    content: str = ""
    bonus: bool = False
    only: tuple[str, ...] = ()
    group: str = ""
    scorer: tuple[str, ...] = ()
    evidence: str = ""
    note: str = ""
    line: int = 0
    children: list[Branch] = field(default_factory=list)


@dataclass
class Read:
    """`total`: the sum the table declares for itself."""

    blocks: list[Branch]
    total: Fraction | None = None


def figure_in(cell: str) -> Fraction | None:
    found = _FIGURE.match(joined(cell))
    return Fraction(found.group(1)) if found else None


def title_and_points(text: str) -> tuple[str, Fraction | None]:
    """
    >>> title_and_points("组织领导（10分）")
    ('组织领导', Fraction(10, 1))
    """
    flat = joined(text)
    found = _IN_TITLE.search(flat)
    return (flat[: found.start()].strip(), Fraction(found.group(1))) if found else (flat, None)


def branches_of_table(columns: Columns, rows: Sequence[Row]) -> Read:
    """Blocks in printed order. A row that repeats the one above goes on with its item."""
    reader = _Table(columns)
    for row in rows:
        reader.take(row)
    return Read(reader.blocks, reader.total)


class _Table:
    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.blocks: list[Branch] = []
        self.total: Fraction | None = None
        self.block: Branch | None = None
        self.path: list[Branch] = []
        self.item: Branch | None = None
        self.levels = columns.all(Holds.LEVEL)
        self.points = columns.all(Holds.POINTS)

    def take(self, row: Row) -> None:
        cells = row.cells + ("",) * (len(self.columns.holds) - len(row.cells))
        number = self._first(cells, Holds.NUMBER)
        titles = [cells[n] for n in self.levels]
        named = [joined(one) for one in (*titles, number) if one and one != SAME]
        if named and named[0].rstrip("：:") in _TOTALS:
            self.total = self._points(cells) or self.total
        elif not named or named[0] not in _SUBTOTALS:
            self._criterion(row, cells, number, titles)

    def _criterion(self, row: Row, cells: tuple[str, ...], number: str, titles: list[str]) -> None:
        standard = joined(self.columns.cell(row, Holds.STANDARD))
        han = _HAN_NUMBER.match(number)
        only_title = [n for n, one in enumerate(titles) if one and one != SAME]
        heading = bool(only_title) and not standard and not self.columns.cell(row, Holds.CONTENT)
        if (han and han_to_int(han.group(1))) or (
            heading and not number and only_title == [0] and not self._objects(cells)
        ):
            self._open(self._branch(row, cells, titles, number))
            return
        if self._goes_on(cells, number, titles):
            self._continue(row, cells)
            return
        self._place(row, cells, number, titles)

    def _open(self, block: Branch) -> None:
        self.blocks.append(block)
        self.block, self.path, self.item = block, [], block if block.text else None

    def _goes_on(self, cells: tuple[str, ...], number: str, titles: list[str]) -> bool:
        """The same item on a further row: nothing new in number, last title and object."""
        if self.item is None or self.item is self.block:
            return False
        last = titles[-1] if titles else ""
        fresh = [one for one in (number, last, *self._objects(cells)) if one and one != SAME]
        return not fresh

    def _continue(self, row: Row, cells: tuple[str, ...]) -> None:
        assert self.item is not None  # asked for by _goes_on
        item = self.item
        if not item.children:
            first = Branch(
                item.content or item.title,
                "",
                item.points,
                item.text,
                line=item.line,
                scorer=item.scorer,
                evidence=item.evidence,
                bonus=item.bonus,
            )
            item.children, item.text = [first], ""
        more = self._branch(row, cells, [], "")
        more.title = more.content or more.title or item.title
        more.bonus = item.bonus
        item.children.append(more)
        own = [one.points for one in item.children]
        item.points = sum((one for one in own if one is not None), Fraction(0)) if None not in own else own[0]
        if None in own:
            item.children[0].points = None

    def _place(self, row: Row, cells: tuple[str, ...], number: str, titles: list[str]) -> None:
        """A new item, below the groups that the columns to its left name."""
        branch = self._branch(row, cells, titles, number)
        spanning = self._points(cells)
        if branch.only:
            branch.group = joined(next((one for one in titles if one and one != SAME), "")) or self._group()
            self._groups([])
        else:
            self._groups(titles[:-1])
        if self.path:
            home = self.path[-1].children
            if spanning not in (None, branch.points) and self.path[-1].points is None:
                self.path[-1].points = spanning
        elif self.block is not None:
            home = self.block.children
            if self.item is self.block and names_points(self.block.text):
                self.block.children.append(
                    Branch(self.block.title, text=self.block.text, line=self.block.line)
                )
                self.block.text = ""
        else:
            home = self.blocks
        branch.bonus = (
            branch.bonus or bool(self.block and self.block.bonus) or any(one.bonus for one in self.path)
        )
        home.append(branch)
        self.item = branch

    def _group(self) -> str:
        return self.item.group if self.item else ""

    def _groups(self, titles: list[str]) -> None:
        """Opens a group for each column that says something new; a repeated or empty cell keeps the one that is open."""
        for depth, cell in enumerate(titles):
            title, points = title_and_points(cell)
            if not title or title == SAME or (depth < len(self.path) and self.path[depth].title == title):
                continue
            group = Branch(title, points=points, bonus=bool(ADDITIONS.search(title)))
            above = self.path[depth - 1].children if depth and depth <= len(self.path) else None
            if above is None:
                above = self.block.children if self.block is not None else self.blocks
            above.append(group)
            self.path = [*self.path[:depth], group]
        self.path = self.path[: len(titles)]

    def _branch(self, row: Row, cells: tuple[str, ...], titles: list[str], number: str) -> Branch:
        objects = self._objects(cells)
        content, beside = title_and_points(self.columns.cell(row, Holds.CONTENT))
        named = [one for one in titles if one and one != SAME]
        raw, inside = title_and_points(named[-1] if named else "")
        title = "、".join(objects) or raw or content
        points = self._points(cells)
        standard = joined(self.columns.cell(row, Holds.STANDARD))
        return Branch(
            title=title or standard[:_LONGEST],
            number="" if number == SAME else joined(number),
            points=next((one for one in (inside, points, beside) if one is not None), None),
            text=standard or (content if content != title else ""),
            content=content,
            bonus=bool(ADDITIONS.search(title)),
            only=objects,
            scorer=names_in(next((cells[n] for n in self.columns.all(Holds.SCORER)), "")),
            evidence=joined(self.columns.cell(row, Holds.EVIDENCE)),
            note=joined(self.columns.cell(row, Holds.NOTE)),
            line=row.line,
        )

    def _first(self, cells: tuple[str, ...], what: Holds) -> str:
        return next((cells[n] for n in self.columns.all(what)), "")

    def _points(self, cells: tuple[str, ...]) -> Fraction | None:
        """The innermost column of points that says something."""
        found = [figure_in(cells[n]) for n in self.points]
        return next((one for one in reversed(found) if one is not None), None)

    def _objects(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        found = [one for n in self.columns.all(Holds.OBJECT) for one in names_in(cells[n])]
        return tuple(one for one in found if not _EVERYBODY.match(one))

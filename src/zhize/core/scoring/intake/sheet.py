"""Stage 1: the rows of a table from lines of text, or prose with numbered headings as rows.

Reads: text. Writes: title and rows; in a row of a table the cells as printed, in a row of prose number, title, text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

SAME = "〃"
"""A cell that spans from the row above."""

_SAME_WORDS = {"〃", '"', "″", "同上", "同前"}
# 积极配合各乡镇 / 开展工作: a line broken inside a cell
_BROKEN = re.compile(r"[ \t]+/[ \t]+|[ \t]*(?:\r?\n|<br\s*/?>)[ \t]*")
_SPACES = re.compile(r"[ \t\u00a0\u3000]+")
# Between two Chinese characters nothing stood there; between a full stop and 2. neither.
_HAN = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_APART = re.compile(rf"(?<={_HAN})\s+|\s+(?={_HAN})|\n")
# # source: …, a remark of whoever kept the file
_REMARK = re.compile(r"^#")
# 一、组织领导（10分） · （二）日常工作 · 3.宣传 · （4）其他
_PROSE = (
    re.compile(r"^(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]{1,3})[、.．\s]\s*"),
    re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]\s*"),
    re.compile(r"^\d{1,2}[.．、]\s*(?!\d)"),
    re.compile(r"^[（(]\d{1,2}[）)]\s*"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """`line`: counted from 1 in the text. `depth`: 0 in a table, 1 to 4 for a numbered line of prose."""

    line: int
    cells: tuple[str, ...]
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    rows: tuple[Row, ...]

    @property
    def is_table(self) -> bool:
        return any(row.depth == 0 for row in self.rows)


def sheet_of(text: str) -> Sheet:
    """Rows of `| a | b |` or of cells apart by tabs; where there are none, the numbered lines of prose."""
    lines = [(number, line.strip(" \u3000\ufeff")) for number, line in enumerate(text.splitlines(), 1)]
    lines = [(number, line) for number, line in lines if line.strip() and not _REMARK.match(line)]
    table = [Row(number, _cells(line)) for number, line in lines if _is_row(line)]
    first = table[0].line if table else 0
    if len(table) > 1:
        titles = [line for number, line in lines if number < first and not _is_row(line)]
        return Sheet(_title(titles), tuple(row for row in table if any(row.cells)))
    return _prose(lines)


def sheet_of_rows(title: str, rows: Sequence[Sequence[str]]) -> Sheet:
    """Cells as a workbook gives them; a first row of one cell alone is the title."""
    kept = [Row(n, tuple(clean(str(cell)) for cell in cells)) for n, cells in enumerate(rows, 1)]
    kept = [row for row in kept if any(row.cells)]
    while kept and len([cell for cell in kept[0].cells if cell and cell != SAME]) == 1 and len(kept) > 2:
        title = title or next(cell for cell in kept[0].cells if cell and cell != SAME)
        kept = kept[1:]
    return Sheet(title, tuple(kept))


def clean(cell: str) -> str:
    """A cell with its breaks as line feeds; full-width brackets; a sign of repetition as 〃."""
    text = _SPACES.sub(" ", _BROKEN.sub("\n", cell)).strip()
    if text in _SAME_WORDS:
        return SAME
    return text.replace("(", "（").replace(")", "）").replace("％", "%")


def joined(cell: str) -> str:
    """A cell as one line, without the breaks that its width made.

    >>> joined("加强监督\n管理，得 5 分")
    '加强监督管理，得5分'
    """
    return _APART.sub("", cell)


def names_in(cell: str) -> tuple[str, ...]:
    """Units in one cell, apart by breaks, commas or spaces."""
    return tuple(one for one in re.split(r"[\s、，,；;]+", cell) if one and one != SAME)


def _is_row(line: str) -> bool:
    return line.startswith("|") or line.count("\t") >= 2


def _cells(line: str) -> tuple[str, ...]:
    parts = line.strip("|").split("|") if line.startswith("|") else line.split("\t")
    return tuple(clean(cell) for cell in parts)


def _title(lines: Sequence[str]) -> str:
    """The line that calls itself rules or a table; else the first."""
    named = [
        one
        for one in lines
        if one.rstrip("）)").endswith(("细则", "办法", "标准", "表", "指标", "体系", "方案"))
    ]
    return (named or list(lines) or [""])[-1 if named else 0]


def _prose(lines: Sequence[tuple[int, str]]) -> Sheet:
    rows: list[Row] = []
    titles: list[str] = []
    for number, line in lines:
        level = next((n for n, mark in enumerate(_PROSE, 1) if mark.match(line)), 0)
        if level:
            mark = _PROSE[level - 1].match(line)
            assert mark is not None  # found a line above
            rows.append(Row(number, (mark.group().strip(), clean(line[mark.end() :])), level))
        elif rows:
            last = rows[-1]
            rows[-1] = Row(last.line, (last.cells[0], last.cells[1] + "\n" + clean(line)), last.depth)
        else:
            titles.append(line)
    return Sheet(_title(titles), tuple(rows))

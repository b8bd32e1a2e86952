"""References that outlive a database: a clause by its printed numbers, a unit by its code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import total_ordering

from .numerals import han_to_int, int_to_han


class Mark(StrEnum):
    """How a level is numbered in print."""

    CHAPTER = "chapter"  # 第一章
    SECTION = "section"  # 第一节
    ARTICLE = "article"  # 第三条
    HAN = "han"  # 一、
    DECIMAL = "decimal"  # 2.1.3
    HAN_PAREN = "han_paren"  # （一）
    ROW = "row"  # the number in the first cell of a table row
    ARABIC = "arabic"  # 1.
    ARABIC_PAREN = "arabic_paren"  # （1）
    CIRCLED = "circled"  # ①
    NONE = "none"  # a paragraph without a number


_PRINT = {
    Mark.CHAPTER: ("第", "章", True),
    Mark.SECTION: ("第", "节", True),
    Mark.ARTICLE: ("第", "条", True),
    Mark.HAN: ("", "", True),
    Mark.HAN_PAREN: ("（", "）", True),
    Mark.ARABIC_PAREN: ("（", "）", False),
    Mark.ROW: ("", "", False),
    Mark.NONE: ("¶", "", False),
}
_USUAL = (Mark.HAN, Mark.HAN_PAREN, Mark.ARABIC, Mark.ARABIC_PAREN, Mark.CIRCLED)
# "3.1.6", "2.30~2" (the second clause numbered 30), "a2.5" (row 5 of the second attachment)
_DOTTED = re.compile(r"(?:a(\d+)\.)?(\d+(?:~\d+)?(?:\.\d+(?:~\d+)?)*)")
# "三（一）1", "四、（一）1.", "第三条（二）", "2.1.3（1）"
_STEP = re.compile(
    r"第([〇○零一二三四五六七八九十百]+)[章节条]|（([〇○零一二三四五六七八九十百]+|\d+)）|([〇○零一二三四五六七八九十百]+)、?|(\d+)[.．、]?|([①-⑳])"
)


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class ClauseRef:
    """The path of ordinals of a clause, e.g. 三（一）1 is (3, 1, 1), written "3.1.1".

    `repeats` tells apart clauses that carry the same printed number (real documents do): 0 for the first.
    `part` is 0 in the body, n in attachment n. Equality, order and hash ignore how the number is printed.

    >>> ClauseRef.parse("三（一）1") == ClauseRef.parse("3.1.1")
    True
    >>> ClauseRef((3, 1, 6)).printed()
    '三（一）6'
    >>> ClauseRef((3, 1, 2)) < ClauseRef((3, 1, 10))
    True
    """

    path: tuple[int, ...] = ()
    repeats: tuple[int, ...] = ()
    part: int = 0
    marks: tuple[Mark, ...] = ()

    def __post_init__(self) -> None:
        """Pad `repeats` so that equal places compare equal."""
        if len(self.repeats) != len(self.path):
            object.__setattr__(self, "repeats", (self.repeats + (0,) * len(self.path))[: len(self.path)])

    @property
    def key(self) -> tuple[int, tuple[tuple[int, int], ...]]:
        """What is compared: attachment, then (number, repeat) step by step."""
        return (self.part, tuple(zip(self.path, self.repeats, strict=True)))

    def __eq__(self, other: object) -> bool:
        return self.key == other.key if isinstance(other, ClauseRef) else NotImplemented

    def __lt__(self, other: object) -> bool:
        return self.key < other.key if isinstance(other, ClauseRef) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.key)

    def __str__(self) -> str:
        dotted = ".".join(
            f"{n}~{r + 1}" if r else str(n) for n, r in zip(self.path, self.repeats, strict=True)
        )
        return f"a{self.part}.{dotted}" if self.part else dotted

    def child(self, ordinal: int, mark: Mark = Mark.ARABIC, repeat: int = 0) -> ClauseRef:
        """The clause one level below."""
        return ClauseRef((*self.path, ordinal), (*self.repeats, repeat), self.part, (*self.marks, mark))

    @property
    def parent(self) -> ClauseRef | None:
        """The clause one level above; None at the top."""
        if len(self.path) < 2:
            return None
        return ClauseRef(self.path[:-1], self.repeats[:-1], self.part, self.marks[:-1])

    def printed(self) -> str:
        """As in the document: 三（一）1, 第三条（二）, 2.1.3（1）; without known marks in the usual order of levels."""
        out, decimal = "", ""
        for depth, number in enumerate(self.path):
            mark = self.marks[depth] if depth < len(self.marks) else _USUAL[min(depth, len(_USUAL) - 1)]
            if mark is Mark.DECIMAL:
                decimal = f"{decimal}.{number}" if decimal else str(number)
                continue
            out, decimal = out + decimal, ""
            if mark in (Mark.CIRCLED, Mark.ARABIC):
                gap = "." if out[-1:].isdigit() else ""
                out += gap + (
                    chr(0x2460 + number - 1) if mark is Mark.CIRCLED and 1 <= number <= 20 else str(number)
                )
            else:
                before, after, han = _PRINT[mark]
                gap = "." if not before and out[-1:].isdigit() else ""
                out += gap + before + (int_to_han(number) if han else str(number)) + after
        out += decimal
        return f"附件{self.part}：{out}" if self.part else out

    @classmethod
    def parse(cls, text: str) -> ClauseRef:
        """Read either writing. Raises ValueError naming what could not be read."""
        text = text.strip()
        if found := _DOTTED.fullmatch(text):
            steps = [step.partition("~") for step in found[2].split(".")]
            path = tuple(int(number) for number, _, _ in steps)
            return cls(
                path, tuple(int(again) - 1 if again else 0 for _, _, again in steps), int(found[1] or 0)
            )
        path, at = (), 0
        while at < len(text):
            step = _STEP.match(text, at)
            if not step:
                raise ValueError(f"条款编号“{text}”从第{at + 1}个字起读不懂；应写成“三（一）6”或“3.1.6”")
            number = han_to_int(step[1] or step[2] or step[3] or "")
            if number is None:
                number = ord(step[5]) - 0x245F if step[5] else int(step[4] or step[2])
            path, at = (*path, number), step.end()
        if not path:
            raise ValueError("条款编号为空；应写成“三（一）6”或“3.1.6”")
        return cls(path)


@dataclass(frozen=True, slots=True, order=True)
class UnitRef:
    """A unit by its code within a region; the name is for people only.

    >>> str(UnitRef("620000", "zjj"))
    '620000/zjj'
    """

    region: str
    code: str

    def __str__(self) -> str:
        return f"{self.region}/{self.code}"

    @classmethod
    def parse(cls, text: str) -> UnitRef:
        """Read back what `str` wrote. Raises ValueError."""
        region, slash, code = text.partition("/")
        if not (region and slash and code):
            raise ValueError(f"单位代号“{text}”应写成“行政区划代码/单位代码”，例如“620000/zjj”")
        return cls(region, code)

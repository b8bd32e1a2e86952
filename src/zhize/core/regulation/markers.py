"""Stage 1 and 2: text → lines → numbered lines. Each regex carries a line it matches."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..kernel.numerals import han_to_int
from ..kernel.refs import Mark

_HAN = "[〇零一二三四五六七八九十百]{1,5}"
_PATTERNS: tuple[tuple[Mark, re.Pattern[str]], ...] = (
    (Mark.CHAPTER, re.compile(rf" *#* *(第({_HAN})章)")),  # 第一章　总则
    (Mark.SECTION, re.compile(rf" *#* *(第({_HAN})节)")),  # 第二节　监督
    (Mark.ARTICLE, re.compile(rf" *(第({_HAN}|\d{{1,4}})条)(?= |[^之的至、，或规款]|$)")),  # 第三条 县级以上…
    (Mark.HAN, re.compile(rf" *#* *(({_HAN})、)")),  # 　　一、总体要求
    (Mark.HAN_PAREN, re.compile(rf" *#* *(（({_HAN})）)")),  # 　　（一）强化…
    (Mark.ARABIC_PAREN, re.compile(r" *(（(\d{1,3})）)")),  # （12）中国储备粮…
    (Mark.HAN, re.compile(rf" *\| *(({_HAN})、) *\|")),  # | 一、 | 通用考核项目 |
    (Mark.ROW, re.compile(r" *\| *((\d{1,4})) *\|")),  # | 12 | 〃 | 县水文站 |
    (
        Mark.DECIMAL,
        re.compile(r" *((\d{1,2}(?:\.\d{1,2}){1,4}))(?: +|(?=[^\d.％%，。；、）\x00-\x7f万亿千百元年月日]))"),
    ),  # 2.1.3　职责
    (Mark.ARABIC, re.compile(r" *((\d{1,3})[.．、])(?!\d)(?! *$)")),  # 6.省农牧厅：…
    (Mark.ARABIC, re.compile(r" *((\d{1,3})[.．、])(?=(?:19|20)\d\d年)")),  # 3.2024年底前…
    (Mark.DECIMAL, re.compile(r" *((\d{1,2})) +(?=[^\d \x00-\x7f])")),  # 2　组织机构和职责
    (Mark.CIRCLED, re.compile(r" *(([①-⑳]))")),  # ①…
)
RANK = {
    Mark.CHAPTER: 10,
    Mark.SECTION: 20,
    Mark.ARTICLE: 30,
    Mark.HAN: 40,
    Mark.DECIMAL: 41,
    Mark.HAN_PAREN: 50,
    Mark.ROW: 55,
    Mark.ARABIC: 60,
    Mark.ARABIC_PAREN: 70,
    Mark.CIRCLED: 80,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its line end. `numbers` has one ordinal, or the whole path of a decimal."""

    start: int
    end: int
    folded: str
    mark: Mark = Mark.NONE
    numbers: tuple[int, ...] = ()
    marker: tuple[int, int] = (0, 0)

    @property
    def rank(self) -> int:
        """How deep this way of numbering usually stands: 一、 above （一） above 1."""
        return RANK.get(self.mark, 99) + (len(self.numbers) if self.mark is Mark.DECIMAL else 0)

    @property
    def bare(self) -> str:
        """The line without blanks at its edges."""
        return self.folded.strip()


def lines_of(text: str, folded: str) -> tuple[Line, ...]:
    """Cut into lines and read their numbers. Reads: the text. Writes: lines with offsets, marks, ordinals."""
    out, at = [], 0
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        out.append(_marked(Line(at, end, folded[at:end])))
        at = end
    return settled(out)


def _marked(line: Line) -> Line:
    if not line.folded.strip():
        return line
    for mark, pattern in _PATTERNS:
        if found := pattern.match(line.folded):
            span = (line.start + found.start(1), line.start + found.end(1))
            return replace(line, mark=mark, numbers=_numbers(found[2]), marker=span)
    return line


def _numbers(text: str) -> tuple[int, ...]:
    if text[0].isdecimal():
        return tuple(int(step) for step in text.split("."))
    if "①" <= text <= "⑳":
        return (ord(text) - 0x245F,)
    return (han_to_int(text) or 0,)


def settled(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Drop marks that only look like one. Reads: marks. Writes: marks.

    “2 …” and “3.5 …” are numbers of clauses only in a document numbered 1, 1.1, 1.1.1 throughout; an article number
    that does not follow on the last one and stands in running text (第三条规定的…) is a mention, not a clause.
    """
    seconds = [line.numbers for line in lines if line.mark is Mark.DECIMAL and len(line.numbers) == 2]
    tops = {line.numbers[0] for line in lines if line.mark is Mark.DECIMAL and len(line.numbers) == 1}
    decimal = len(seconds) >= 2 and any(n[0] in tops for n in seconds)
    out, article = [], 0
    for line in lines:
        if line.mark is Mark.DECIMAL and not decimal:
            line = _plain(line)
        elif line.mark is Mark.ARTICLE:
            follows = line.numbers[0] in (1, article + 1)
            after = line.folded[line.marker[1] - line.start :]
            if not follows and not after.startswith((" ", "\n")):
                line = _plain(line)
            else:
                article = line.numbers[0]
        out.append(line)
    return tuple(out)


def _plain(line: Line) -> Line:
    return replace(line, mark=Mark.NONE, numbers=(), marker=(0, 0))

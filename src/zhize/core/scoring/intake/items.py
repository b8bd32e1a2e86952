"""Stage 3: a printed standard into pieces that carry points.

Reads: the text of one cell and the points declared beside it. Writes: pieces in printed order. Where 三个档次 stand for
one another (省级3分，市级2分，县级1分) they are one piece worth the best of them; the declared points decide between the readings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product

from .sheet import joined

# 1.成立领导小组 · ①建立台账 · （2）落实经费
_NUMBERED = re.compile(r"(?:^|(?<=[。；;，,、）\s:：]))(?:\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|[①-⑳])\s*")
_N = r"(?P<n{0}>\d{{1,3}}(?:\.\d{{1,2}})?)"
# （8分） · （10分 ） · （3分，少一次扣1分） · （20）
_BRACKET = _N.format("b") + r"\s*(?P<unit>分)?\s*(?P<rest>[，,；;：:][^（）]*)?"
# 得2分 · 计5分 · 得 1.5 分; not 不得分, not 每篇得1分, not 按…得分
_GETS = r"(?<![不每])(?:可?得|计|记|赋)\s*" + _N.format("g") + r"\s*分"
_MARK = re.compile(rf"[（(]\s*(?:满分|共|计|占)?{_BRACKET}\s*[）)]|{_GETS}")
# ，每少一次扣0.5分，扣完为止: goes with the points before it
_GOES_WITH = re.compile(r"扣|不得分|为止|否则|封顶|最多|不超过|未.{0,12}比例")
# 省级…得3分；市级…得2分；县级…得1分
_LEVELS = ("国家", "国务院", "中央", "部级", "省", "市", "县", "乡")
_GRADES = (
    "优",
    "良",
    "较好",
    "好",
    "中",
    "一般",
    "合格",
    "及格",
    "较差",
    "差",
    "不合格",
    "健全",
    "完善",
    "较",
    "基本",
)
_STEP = re.compile(
    r"(?:第[一二三]名|\d+(?:\.\d+)?[%％]|\d+(?:项|个|次|名|家|篇|件)?(?:以上|及以上|以下|至|[-—~～]))"
)
# 奖10分 · 扣5分 · 加分别 …
_AMOUNT = re.compile(r"[奖加扣减][^，。；]{0,12}?\d")
_MOST_WAYS = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """`points` None: the text names none. `choices`: text and points of each step, where they stand for one another.
    `bare`: the figure stood in brackets without 分."""

    text: str
    points: Fraction | None = None
    choices: tuple[tuple[str, Fraction], ...] = ()
    bare: bool = False


def additions_of(text: str) -> tuple[Piece, ...]:
    """The pieces of additions and deductions: a numbered part each, cut where another amount begins."""
    found: list[Piece] = []
    for part in _parts(joined(text)):
        rest = ""
        for one in re.split(r"(?<=分)[；;。]", part):
            rest = f"{rest}；{one}" if rest else one
            if _AMOUNT.search(rest):
                found.append(Piece(rest.strip(" ，,；;。")))
                rest = ""
        if rest.strip(" ，,；;。"):
            found.append(Piece(rest.strip(" ，,；;。")))
    return tuple(found)


def pieces_of(text: str, declared: Fraction | None) -> tuple[Piece, ...]:
    """The pieces of a standard; one without points where it names none."""
    flat = joined(text)
    if not flat:
        return ()
    numbered = [_marked(one) for one in _parts(flat)]
    ways = [_ways(one) for one in numbered]
    chosen = [one[0] for one in ways]
    if declared is not None:
        for choice in product(*(one[:2] for one in ways)) if len(ways) <= _MOST_WAYS else ():
            if sum((worth(one) for group in choice for one in group), Fraction(0)) == declared:
                chosen = list(choice)
                break
    return _settled([one for group in chosen for one in group])


def names_points(text: str) -> bool:
    """Whether a standard carries points of its own."""
    return any(one.points is not None for one in pieces_of(text, None))


def worth(piece: Piece) -> Fraction:
    return piece.points or Fraction(0)


def _parts(text: str) -> list[str]:
    """The numbered parts; what stands before the first number is one too."""
    starts = [found.start() for found in _NUMBERED.finditer(text)]
    bounds = [*sorted({0, *starts}), len(text)]
    return [part for a, b in pairwise(bounds) if (part := text[a:b].strip(" ；;，,"))]


def _marked(text: str) -> list[Piece]:
    """A numbered part cut after each mark of points and what goes with it."""
    found: list[Piece] = []
    start = 0
    for mark in _MARK.finditer(text):
        if mark.start() < start or not _is_points(mark, text):
            continue
        end = mark.end()
        while (more := re.match(r"[，,；;。]?[^，,；;。（）]+", text[end:])) and _GOES_WITH.search(
            more.group()
        ):
            if _MARK.search(more.group()):
                break
            end += more.end()
        number = mark.group("nb") or mark.group("ng")
        bare = bool(mark.group("nb")) and not mark.group("unit")
        found.append(Piece(text[start:end].strip(" ，,；;。"), Fraction(number), bare=bare))
        start = end
    rest = text[start:].strip(" ，,；;。.")
    if rest:
        found.append(Piece(rest))
    return found


def _is_points(mark: re.Match[str], text: str) -> bool:
    """A bare figure in brackets is points only at the end of its sentence and below a hundred: not （2018）, not （3）建立."""
    if mark.group("ng"):
        before = text[: mark.start()]
        return not re.search(r"每[^，。；]{0,12}$", before)
    if mark.group("unit"):
        return True
    return (
        not mark.group("rest")
        and len(mark.group("nb")) < 3
        and bool(re.match(r"\s*(?:$|[；;。，,])", text[mark.end() :]))
    )


def _ways(pieces: list[Piece]) -> list[list[Piece]]:
    """The readings of one numbered part, the likelier first: its pieces add up, or they stand for one another."""
    marked = [one for one in pieces if one.points is not None]
    if len(marked) < 2:
        return [pieces]
    steps = tuple((one.text, worth(one)) for one in marked)
    one_of = [Piece("；".join(one.text for one in pieces), max(points for _, points in steps), steps)]
    return (
        [one_of, pieces]
        if _is_choice([text for text, _ in steps], [p for _, p in steps])
        else [pieces, one_of]
    )


def _is_choice(texts: list[str], points: list[Fraction]) -> bool:
    """Each names another level, or a grade, or a figure, and the points fall."""
    if any(a <= b for a, b in pairwise(points)):
        return False
    levels = [next((n for n, word in enumerate(_LEVELS) if word in text), None) for text in texts]
    if None not in levels and len(set(levels)) == len(levels):
        return True
    graded = [
        text
        for text in texts
        if any(re.search(rf"(?:为|评为|[，；]|^).{{0,6}}{g}", text) for g in _GRADES) and len(text) <= 24
    ]
    stepped = [text for text in texts if _STEP.search(text)]
    return len(graded) == len(texts) or (
        len(stepped) >= len(texts) - 1 and all(len(one) <= 40 for one in texts[1:])
    )


def _settled(pieces: list[Piece]) -> tuple[Piece, ...]:
    """What names no points stays by itself where it takes points away, else goes with the piece before it."""
    if all(one.points is None for one in pieces):
        return (Piece("；".join(one.text for one in pieces)),)
    out: list[Piece] = []
    for one in pieces:
        if one.points is None and not _takes_away(one.text) and out and out[-1].points is not None:
            last = out[-1]
            out[-1] = Piece(f"{last.text}；{one.text}", last.points, last.choices, last.bare)
        elif one.points is None and not out and not _takes_away(one.text):
            out.append(one)
        elif out and out[-1].points is None and not _takes_away(out[-1].text):
            first = out.pop()
            out.append(Piece(f"{first.text}；{one.text}", one.points, one.choices, one.bare))
        else:
            out.append(one)
    return tuple(out)


def _takes_away(text: str) -> bool:
    return bool(
        re.search(r"[每出发有].{0,24}扣\s*\d|扣\s*\d+(?:\.\d+)?\s*分|[加奖]\s*\d+(?:\.\d+)?\s*分", text)
    )

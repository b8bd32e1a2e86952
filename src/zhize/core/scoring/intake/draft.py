"""All stages: a table of assessment as text or rows → a draft scheme, what was guessed, what is doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ...kernel.errors import BadRule
from ..numbers import say
from .branches import Branch, Read, branches_of_table
from .columns import columns_of
from .items import Piece, additions_of, pieces_of, worth
from .prose import branches_of_prose
from .rules import Guess, method_of
from .sheet import Sheet, sheet_of, sheet_of_rows

METHOD = "scoring.table/1"
_TITLE_LENGTH = 30
# 90分以上为优秀 · 80—89分为良好 · 60分以下为不合格
_GRADE = r"[^，。；、]{0,6}?(?:为|评为|定为|确定为)[“\"]?(优秀|良好|较好|合格|基本合格|不合格|一般|较差|差|优|良|中|[A-D]级|[一二三四]等)"
_FROM = re.compile(r"(\d{2,3})\s*分?(?:（含[^）]*）)?(?:以上|及以上)(?:（含[^）]*）)?" + _GRADE)
_RANGE = re.compile(
    r"(\d{2})(?:\.\d+)?\s*分?(?:（含[^）]*）)?\s*(?:[-—–~～至到]+|以上[^，。；]{0,4}?)\s*(\d{2,3})(?:\.\d+)?\s*分?(?:（[^）]*）)?(?:以下)?"
    + _GRADE
)
_BELOW = re.compile(r"(?:不足|低于)?(\d{2})\s*分?(?:（[^）]*）)?(?:以下)?(?:（[^）]*）)?" + _GRADE)


@dataclass(frozen=True, slots=True)
class Mark:
    """How a criterion was understood: by its code. `sure` from 0 to 1."""

    code: str
    sure: float
    why: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the table itself leaves open: told beside the findings of the scheme."""

    code: str
    where: str
    what: str
    remedy: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Object:
    """A unit with criteria of its own."""

    name: str
    group: str
    points: Fraction | None
    items: int


@dataclass
class Draft:
    """`body` is what `scheme_from` reads."""

    body: dict[str, object]
    marks: list[Mark] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    objects: list[Object] = field(default_factory=list)


def draft_of(text: str = "", rows: Sequence[Sequence[str]] = (), title: str = "") -> Draft:
    """A draft of the table in `text` (or `rows`, as a workbook gives them). Raises BadRule where no criterion is found.

    Points, numbers and words stay as printed, errors too: `core.scoring.findings` tells them. Order-free, linear.
    """
    sheet = sheet_of_rows(title, rows) if rows else sheet_of(text)
    read = _read(sheet)
    if not read.blocks:
        raise BadRule(
            "没有找到考核项目",
            where="考核表",
            remedy="表格要有“分值”或“评分标准”的表头；文字稿要有“一、”“（一）”这样的编号和“（10分）”这样的分值",
        )
    maker = _Maker()
    blocks = [maker.node(one, str(n)) for n, one in enumerate(read.blocks, 1)]
    body: dict[str, object] = {"title": sheet.title or title or "考核办法（草稿）", "blocks": blocks}
    total = read.total
    base = sum((one.points or Fraction(0) for one in read.blocks if not one.bonus), Fraction(0))
    if total is None and base == 100:
        total = base
    if total is not None:
        body["points"] = say(total)
    if scale := _scale(text):
        body["scale"] = scale
    maker.doubts[:0] = [*_about_title(sheet), *_about_additions(read, total, base)]
    return Draft(body, maker.marks, maker.doubts, maker.objects)


def _read(sheet: Sheet) -> Read:
    if sheet.is_table:
        found = columns_of(sheet.rows)
        return branches_of_table(*found) if found else Read([])
    return branches_of_prose(sheet.rows)


class _Maker:
    """Criteria to data, with marks and doubts on the way."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self.doubts: list[Doubt] = []
        self.objects: list[Object] = []

    def node(self, branch: Branch, code: str) -> dict[str, object]:
        found: dict[str, object] = {"code": code, "title": branch.title or code}
        if branch.number:
            found["number"] = branch.number
        if branch.bonus:
            found["part"] = "bonus"
        elif branch.points is not None:
            found["points"] = say(branch.points)
        if branch.only:
            found["only"] = list(branch.only)
        if branch.scorer:
            found["scorer"] = "、".join(branch.scorer)
        if branch.evidence and not branch.children:
            found["evidence"] = [branch.evidence[:120]]
        children = [self.node(one, f"{code}.{n}") for n, one in enumerate(branch.children, 1)]
        if children:
            if branch.text:
                found["text"] = branch.text
            found["children"] = children
        else:
            self._standard(found, branch, code)
        if branch.only:
            items = sum(1 for _ in _leaves(found))
            self.objects += [Object(name, branch.group, branch.points, items) for name in branch.only]
        return found

    def _standard(self, found: dict[str, object], branch: Branch, code: str) -> None:
        """A criterion without criteria below: one leaf, or one a piece of its standard."""
        read = additions_of(branch.text) if branch.bonus else pieces_of(branch.text, branch.points)
        pieces = read or (Piece(branch.content or branch.title),)
        if branch.text:
            found["text"] = branch.text
        for one in pieces:
            if one.bare:
                self.doubts.append(Doubt("no_unit", _where(branch), f"“（{say(worth(one))}）”没有写“分”", "按分值读入，请核对", branch.line))  # fmt: skip
        guesses = [
            method_of(one, branch.points if len(pieces) == 1 else one.points, branch.bonus) for one in pieces
        ]
        first = pieces[0]
        agrees = first.points is None or branch.points is None or first.points == branch.points
        if len(pieces) == 1 and (agrees or branch.bonus) and not guesses[0].on_top | branch.bonus:
            self._leaf(found, branch, code, first, guesses[0])
            return
        if len(pieces) == 1 and branch.bonus:
            found["method"] = guesses[0].method
            self.marks.append(Mark(code, guesses[0].sure, guesses[0].why))
            return
        found["children"] = [self._piece(branch, f"{code}.{n}", one, guess) for n, (one, guess) in enumerate(zip(pieces, guesses, strict=True), 1)]  # fmt: skip

    def _leaf(self, found: dict[str, object], branch: Branch, code: str, piece: Piece, guess: Guess) -> None:
        points = branch.points if branch.points is not None else piece.points
        if points is None:
            self.doubts.append(Doubt("no_points", _where(branch), "没有写明分值", "请补写分值", branch.line))
        found["points"] = say(points or Fraction(0))
        found["method"] = guess.method
        self.marks.append(Mark(code, guess.sure, guess.why))

    def _piece(self, branch: Branch, code: str, piece: Piece, guess: Guess) -> dict[str, object]:
        found: dict[str, object] = {"code": code, "title": _title(piece.text), "text": piece.text}
        if branch.scorer:
            found["scorer"] = "、".join(branch.scorer)
        if guess.on_top or branch.bonus:
            found["part"] = "bonus"
            if not branch.bonus:
                found["cap"] = "0"
        else:
            if piece.points is None:
                self.doubts.append(Doubt("no_points", _where(branch), f"“{_title(piece.text)}”没有写明分值", "请补写分值", branch.line))  # fmt: skip
            found["points"] = say(worth(piece))
        found["method"] = guess.method
        self.marks.append(Mark(code, guess.sure, guess.why))
        return found


def _where(branch: Branch) -> str:
    return f"{branch.number} {branch.title}".strip()


def _title(text: str) -> str:
    bare = re.sub(r"^(?:\d{1,2}[.．、]|[（(]\d{1,2}[）)]|[①-⑳])\s*", "", text)
    bare = re.sub(
        r"（[^（）]*\d\s*分[^（）]*）|（\d{1,3}）$|[，,]?(?:可?得|计|记|赋)\s*[\d.]+\s*分", "", bare
    )
    cut = re.split(r"[，,；;。]", bare, maxsplit=1)[0].strip()
    return (cut or bare)[:_TITLE_LENGTH] or text[:_TITLE_LENGTH]


def _leaves(node: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    children = node.get("children")
    if isinstance(children, list):
        for one in children:
            yield from _leaves(one)
    else:
        yield node


def _about_title(sheet: Sheet) -> Iterator[Doubt]:
    if sheet.title.count("（") != sheet.title.count("）"):
        yield Doubt("brackets", "标题", f"“{sheet.title}”的括号全角、半角混用或不成对", "请核对标题")


def _about_additions(read: Read, total: Fraction | None, base: Fraction) -> Iterator[Doubt]:
    for block in read.blocks:
        if block.bonus and block.points is not None:
            same = f"，不计它时其他各部分合计正好{say(base)}分" if total is not None and base == total else ""
            yield Doubt("bonus_points", _where(block), f"写明{say(block.points)}分，而它是加减分项{same}", "按加减分项读入，不计入总分；请核对", block.line)  # fmt: skip


def _scale(text: str) -> dict[str, object]:
    """Grades the text names by points; nothing where they don't fall without holes from the first down."""
    flat = re.sub(r"\s", "", text).replace("(", "（").replace(")", "）")
    top = _FROM.search(flat)
    if not top:
        return {}
    tail = flat[top.start() : top.start() + 300]
    grades: list[dict[str, object]] = [{"code": top.group(2), "label": top.group(2), "from": top.group(1)}]
    for one in _RANGE.finditer(tail):
        if one.group(3) not in {grade["code"] for grade in grades}:
            grades.append(
                {
                    "code": one.group(3),
                    "label": one.group(3),
                    "from": one.group(1),
                    "below": grades[-1]["from"],
                }
            )
    last = [one for one in _BELOW.finditer(tail) if one.group(2) not in {grade["code"] for grade in grades}]
    if last and last[-1].group(1) == grades[-1]["from"]:
        grades.append({"code": last[-1].group(2), "label": last[-1].group(2), "below": last[-1].group(1)})
    return {"grades": grades} if len(grades) > 1 else {}

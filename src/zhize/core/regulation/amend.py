"""One document amends another (method `regulation.amend`): “将第五条修改为：‘…’” applied to the text as a proposal.

Reads the amending document sentence by sentence; each instruction either changes the base text or says in words why it
could not. Nothing is guessed: a place that is not found, or found twice, is left for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from ..kernel.numerals import han_to_int, int_to_han
from ..kernel.refs import Mark
from .lexicon import Lexicon
from .model import Clause, Document
from .parse import parse

METHOD = "regulation.amend"


class Op(StrEnum):
    """What an instruction does."""

    label: str

    REPLACE = "replace", "修改条文"
    WORDS = "words", "修改字句"
    DELETE = "delete", "删去"
    INSERT = "insert", "增加"

    def __new__(cls, value: str, label: str) -> Op:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction as printed. `at`: the printed place (第五条第（二）项), of an insertion the one it comes after;
    `problem`: why it was not applied."""

    op: Op
    at: str
    old: str = ""
    new: str = ""
    printed: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Amended:
    """The proposed text, and every instruction with what became of it."""

    text: str
    instructions: tuple[Instruction, ...]


_NUMBER = "[〇零一二三四五六七八九十百\\d]+"
# Samples: 第五条, 第三章, 第五条第（二）项, 第二条第一款, 第三部分第（一）项第2目, 三（一）, 三、（一）2
_AT = rf"(?:第{_NUMBER}(?:条|章|部分|节|款|项|目)|第?（{_NUMBER}）(?:项|条|款)?|[一二三四五六七八九十]+、?（{_NUMBER}）(?:{_NUMBER})?)"
_PLACE = rf"(?P<at>{_AT}(?:第?（?{_NUMBER}）?(?:款|项|目|点))*)"
# “…”, with quotes of its own inside one level deep; (the words of an article may run over several lines)
_QUOTED = "“(?P<{0}>[^“”]*(?:“[^“”]*”[^“”]*)*)”"
# 将第五条修改为：“…” / 第五条修改为：“…”
_REPLACE = re.compile(rf"将?{_PLACE}(?:全文)?修改为：?\s*{_QUOTED.format('new')}")
# 将第五条中的“A”修改为“B” / 第五条“A”改为“B”
_WORDS = re.compile(
    rf"将?(?:{_PLACE})?(?:中|里)?的?{_QUOTED.format('old')}(?:一律|统一)?(?:修改|改)为：?\s*{_QUOTED.format('new')}"
)
# 删去第五条 / 删除第五条第（二）项 / 第五条予以删除
_DELETE = re.compile(
    rf"(?:删[去除]{_PLACE}|{_PLACE.replace('<at>', '<at2>')}(?:予以)?删[去除])(?:。|；|$|，)"
)
# 删去第五条中的“A”
_CUT = re.compile(rf"删[去除]{_PLACE}(?:中|里)?的?{_QUOTED.format('old')}")
# 增加一条，作为第六条：“…” / 在第五条后增加一条：“…” / 在第五条增加一项，作为第（三）项：“…”
_INSERT = re.compile(
    rf"(?:在{_PLACE}(?:之)?后?)?增加(?:一|1)(?:条|款|项|点)(?:，作为(?P<as>{_AT}))?：?\s*{_QUOTED.format('new')}"
)
_PATTERNS = (
    (Op.INSERT, _INSERT),
    (Op.REPLACE, _REPLACE),
    (Op.WORDS, _WORDS),
    (Op.WORDS, _CUT),
    (Op.DELETE, _DELETE),
)


def instructions_in(text: str) -> tuple[Instruction, ...]:
    """The instructions of an amending document in the order of the text; a stretch read once is not read again."""
    found: list[tuple[int, int, Instruction]] = []
    taken: list[tuple[int, int]] = []
    for op, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < b and a < match.end() for a, b in taken):
                continue
            groups = match.groupdict()
            at = groups.get("at") or groups.get("at2") or ""
            if op is Op.INSERT and not at:
                at = _before(groups.get("as") or "")
            taken.append(match.span())
            found.append(
                (
                    match.start(),
                    match.end(),
                    Instruction(op, at, groups.get("old") or "", groups.get("new") or "", match[0].strip()),
                )
            )
    return tuple(one for _a, _b, one in sorted(found, key=lambda item: item[0]))


def _before(printed: str) -> str:
    """The place before one: an article inserted as 第六条 comes after 第五条."""
    found = re.search(_NUMBER, printed)
    number = (int(found[0]) if found[0].isdigit() else han_to_int(found[0])) if found else None
    if not found or not number or number < 2:
        return ""
    shown = str(number - 1) if found[0].isdigit() else int_to_han(number - 1)
    return printed[: found.start()] + shown + printed[found.end() :]


def amend(base: str, amending: str, lexicon: Lexicon) -> Amended:
    """Applies every instruction of `amending` to `base`, one after the other, each on the text as it then stands.

    Never raises. Places are found by their printed numbers; words only within the place named, or in the whole text
    where none is named. The number of an inserted clause is the one printed; others are not renumbered (a person sees
    the repeat in the reader's warnings).
    """
    text = base
    done = []
    for one in instructions_in(amending):
        text, result = _apply(text, one, lexicon)
        done.append(result)
    return Amended(text, tuple(done))


def _apply(text: str, one: Instruction, lexicon: Lexicon) -> tuple[str, Instruction]:
    if one.op is Op.WORDS and not one.at:
        if one.old not in text:
            return text, replace(one, problem=f"全文没有“{one.old}”")
        return text.replace(one.old, one.new), one
    document = parse(text, lexicon)
    clauses = list(_at(document, one.at))
    if len(clauses) != 1:
        what = "没有找到" if not clauses else f"有 {len(clauses)} 处"
        return text, replace(one, problem=f"原文{what}“{one.at or '所指条款'}”，请人工处理")
    clause = clauses[0]
    if one.op is Op.WORDS:
        place = text[clause.start : clause.end]
        if one.old not in place:
            return text, replace(one, problem=f"{one.at}中没有“{one.old}”")
        return text[: clause.start] + place.replace(one.old, one.new) + text[clause.end :], one
    if one.op is Op.DELETE:
        return text[: clause.start] + text[clause.end :], one
    if one.op is Op.REPLACE:
        return text[: clause.start] + _written(clause, one.new) + text[clause.end :], one
    return text[: clause.end] + _line_end(text, clause.end) + clause.lead.replace(
        "\n", ""
    ) + one.new + "\n" + text[clause.end :], one


def _written(clause: Clause, new: str) -> str:
    """The new words under the clause's own number, unless they bring theirs."""
    own = new.lstrip().startswith(clause.marker.strip() or "\0")
    gap = clause.body[: len(clause.body) - len(clause.body.lstrip())]
    return clause.lead + ("" if own else clause.marker + gap) + new.strip() + "\n"


def _line_end(text: str, at: int) -> str:
    return "" if at == 0 or text[at - 1] == "\n" else "\n"


_STEPS = re.compile(rf"第?（?({_NUMBER})）?、?(条|章|部分|节|款|项|目|点)?")


def _at(document: Document, printed: str) -> Iterator[Clause]:
    """The clauses at a printed place. A step without a clause of its own (第一款: a paragraph) finds nothing."""
    steps = []
    for number, unit in _STEPS.findall(printed):
        value = int(number) if number.isdigit() else han_to_int(number)
        if value is None or unit == "款":
            return
        steps.append(value)
    if not steps:
        return
    for clause in document.walk():
        if clause.ref.path[-len(steps) :] == tuple(steps) and _starts_right(clause, printed, len(steps)):
            yield clause


_MARKS = {"条": Mark.ARTICLE, "章": Mark.CHAPTER, "节": Mark.SECTION}


def _starts_right(clause: Clause, printed: str, steps: int) -> bool:
    """第五条 is an article, whatever chapter it stands in; 第五条第（二）项 lies in one; 三（一） begins at the top."""
    if mark := _MARKS.get(printed[-1]):
        return clause.mark is mark
    return "条" in printed or len(clause.ref.path) == steps

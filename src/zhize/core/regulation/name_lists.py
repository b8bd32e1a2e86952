"""How a list of names falls apart: 省农牧厅、省林业厅; 市、县级河长; 海关总署等有关部门. Works on folded text."""

from __future__ import annotations

import re

from .holders import Sort
from .lexicon import Lexicon
from .names import sort_of

# 工业和信息化部、商务部及海关总署: what may stand between two whole names
_JOINTS = ("以及", "及其", "及", "和", "与")
_SEPARATORS = "、，/ "
# 海关总署、商务部等有关部门: the unnamed rest; not 高等教育司
_AND_OTHERS = re.compile(
    r"(?<![高平同中初上下对均])等(?=$|[个多]?(?:有关|相关|部门|单位|各|机构|方面)|\d+个)(?P<rest>.*)$"
)


def split_names(
    text: str, lexicon: Lexicon, lenient: bool = False
) -> tuple[tuple[int, int, Sort], ...] | None:
    """A list of names as (start, end, sort), or None where some part of it is no name.

    Separators stand outside brackets only: 市（地、州）人民政府 is one. 及, 和 split only between whole names:
    工业和信息化部 is one. Parts without an ending of their own join the next: 省、自治区、直辖市人民政府, 市、县级河长.
    `lenient` takes short parts with unknown endings for units (inside “（… 负责）” they cannot be much else).
    """
    out: list[tuple[int, int, Sort]] = []
    others = _AND_OTHERS.search(text)
    if others and _fields(text[: others.start()], others["rest"], lexicon):
        return ((0, len(text), Sort.COLLECTIVE),)
    end_of_list = others.start() if others else len(text)
    pending: int | None = None
    for start, end in _pieces(text, end_of_list):
        begin = start if pending is None else pending
        whole = text[begin:end]
        sort = sort_of(text[start:end], lexicon)
        if pending is not None and sort is not None:
            if lenient and sort is Sort.UNIT and not _elliptic(text[begin:start]):
                out.extend(((begin, start - 1, Sort.UNIT), (start, end, sort)))
                pending = None
                continue
            is_government = text[start:end].endswith(lexicon.government_endings)
            joined = (
                Sort.GOVERNMENTS
                if is_government
                else Sort.COLLECTIVE
                if sort in (Sort.UNIT, Sort.COLLECTIVE, Sort.POST)
                else sort
            )
            out.append((begin, end, joined))
            pending = None
        elif sort is not None:
            halves = _halves(text, start, end, lexicon)
            out.extend(halves)
        elif _may_wait(text[start:end], lenient, lexicon):
            pending = begin
        elif halves := _halves(text, start, end, lexicon):
            out.extend(halves)
        else:
            return None
        if len(whole) > 60:
            return None
    if pending is not None:
        if not lenient:
            return None
        out.append((pending, end_of_list, Sort.UNIT))
    merged = _merge_collectives(out, text)
    if others:
        rest = text[others.start() + 1 :]
        merged.append(
            (others.start() + 1, len(text), Sort.COLLECTIVE)
            if rest
            else (others.start(), len(text), Sort.COLLECTIVE)
        )
    return tuple(merged) if merged else None


def _fields(text: str, rest: str, lexicon: Lexicon) -> bool:
    """市场监管、发展改革、教育等有关部门: fields of work, not names; all of it is one collective."""
    if not rest.endswith(lexicon.class_endings) or len(text) > 120 or text.startswith(lexicon.never_start):
        return False
    pieces = [text[a:b] for a, b in _pieces(text, len(text))]
    odd = [p for p in pieces if sort_of(p, lexicon) is None and not _halves(p, 0, len(p), lexicon)]
    stops = lexicon.inner_stops
    return bool(odd) and all(1 < len(p) <= 14 and not any(w in p for w in stops) for p in odd)


def _may_wait(piece: str, lenient: bool, lexicon: Lexicon) -> bool:
    """Could be the first part of 省、自治区、直辖市人民政府 or 市、县级河长; or, leniently, a name written unusually."""
    if lenient and any(stop in piece for stop in lexicon.inner_stops):
        return False
    return 1 <= len(piece) <= (14 if lenient else 6)


def _elliptic(pieces: str) -> bool:
    """市、区、 before 财政局 share its ending; 某某园、 before 市财政局 does not."""
    return all(len(p) <= 3 and p[-1] in "省市县区州盟乡镇村级" for p in pieces.split("、") if p)


def _pieces(text: str, end: int) -> list[tuple[int, int]]:
    out, depth, start = [], 0, 0
    for at in range(end):
        char = text[at]
        depth += (char == "（") - (char == "）")
        if depth <= 0 and char in _SEPARATORS:
            out.append((start, at))
            start = at + 1
    out.append((start, end))
    trimmed = []
    for a, b in out:
        while a < b and text[a] in " \n\r":
            a += 1
        while b > a and text[b - 1] in " \n\r":
            b -= 1
        if a < b:
            trimmed.append((a, b))
    return trimmed


def _halves(text: str, start: int, end: int, lexicon: Lexicon) -> list[tuple[int, int, Sort]]:
    """Split at 及/和 where both sides are whole names; else the piece itself, if it is one."""
    for joint in _JOINTS:
        at = text.find(joint, start + 2, end - 2)
        while at != -1:
            left, right = sort_of(text[start:at], lexicon), text[at + len(joint) : end]
            if left is not None and sort_of(right, lexicon) is not None:
                return [(start, at, left), *_halves(text, at + len(joint), end, lexicon)]
            at = text.find(joint, at + 1, end - 2)
    sort = sort_of(text[start:end], lexicon)
    return [] if sort is None else [(start, end, sort)]


def _merge_collectives(found: list[tuple[int, int, Sort]], text: str) -> list[tuple[int, int, Sort]]:
    """各地区、各有关部门 is one."""
    out: list[tuple[int, int, Sort]] = []
    for start, end, sort in found:
        if out and text[out[-1][0]] == "各" and out[-1][1] - out[-1][0] <= 3 and text[start] != "各":
            out[-1] = (out[-1][0], end, Sort.GOVERNMENTS if sort is Sort.GOVERNMENTS else Sort.COLLECTIVE)
        elif (
            out
            and sort is Sort.COLLECTIVE
            and out[-1][2] in (Sort.COLLECTIVE, Sort.GOVERNMENTS)
            and text[start] == "各"
            and text[out[-1][0]] == "各"
        ):
            out[-1] = (out[-1][0], end, Sort.COLLECTIVE)
        else:
            out.append((start, end, sort))
    return out

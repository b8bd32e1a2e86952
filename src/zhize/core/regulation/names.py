"""Names of holders: is this a whole name, of what sort, and how does a list of names fall apart. Works on folded text."""

from __future__ import annotations

import re
from functools import lru_cache

from .holders import Sort
from .lexicon import Lexicon

# 甘肃省推进质量振兴工作领导小组（以下简称“领导小组”）; 国务院有关部门（单位）
_TRAILING_BRACKET = re.compile(r"（[^（）]{0,40}）$")
# 工业和信息化部、商务部及海关总署: what may stand between two whole names
_JOINTS = ("以及", "及其", "及", "和", "与")
_SEPARATORS = "、，/ "
# 海关总署、商务部等有关部门: the unnamed rest; not 高等教育司
_AND_OTHERS = re.compile(
    r"(?<![高平同中初上下对均])等(?=$|[个多]?(?:有关|相关|部门|单位|各|机构|方面)|\d+个)(?P<rest>.*)$"
)
# 县级以上负责河长制工作的机构
_LEVELS = re.compile(r"[省市县乡区]级以[上下]")
_PUNCTUATION = re.compile(r"[，。；：、“”《》|？！]")


@lru_cache(maxsize=8192)
def sort_of(name: str, lexicon: Lexicon) -> Sort | None:
    """What a whole name stands for; None where it is no holder's name (HACCP, 竣工验收)."""
    if not name or len(name) > 30 or _PUNCTUATION.search(name.split("（")[0]):
        return None
    bare = _TRAILING_BRACKET.sub("", name)
    if bare != name and not bare:
        return None
    if bare.startswith("（"):
        return None
    if bare.startswith(lexicon.never_start) and not bare.startswith("应急"):
        return None
    if bare == "责任单位":  # a label, not a body; 各责任单位 is one
        return None
    if bare in lexicon.class_whole:
        return Sort.COLLECTIVE
    if bare.endswith(lexicon.member_words) and len(bare) <= lexicon.longest:
        return Sort.MEMBERS
    is_class = bare.startswith(lexicon.class_starts) or any(w in bare for w in lexicon.class_contains)
    if is_class and (
        bare.endswith((*lexicon.class_endings, *lexicon.government_endings)) or _ends_as_unit(bare, lexicon)
    ):
        return (
            Sort.GOVERNMENTS
            if bare.startswith("各") and bare.endswith(lexicon.government_endings)
            else Sort.COLLECTIVE
        )
    if is_class and bare.startswith("各") and len(bare) <= 8 and bare[-1] in "省市州县区乡镇办局":
        return Sort.COLLECTIVE
    if (
        bare.endswith(lexicon.post_endings)
        and len(bare) <= 12
        and not any(w in bare for w in lexicon.inner_stops)
    ):
        return Sort.POST
    named_group = not bare.endswith("委员会") or any(w in bare for w in lexicon.committee_words)
    if bare.endswith(lexicon.group_endings) and named_group:
        return Sort.GROUP
    if bare.endswith(lexicon.office_endings):
        before = bare[: -len(next(e for e in lexicon.office_endings if bare.endswith(e)))]
        if not before or before.endswith(lexicon.group_endings):
            return Sort.OFFICE
    if bare.endswith(lexicon.government_endings):
        return _government(bare, lexicon)
    if bare.endswith(lexicon.class_endings) and len(bare) <= lexicon.longest:
        inside = (*lexicon.inner_stops, *lexicon.never_inside)
        return Sort.COLLECTIVE if _LEVELS.match(bare) or not any(w in bare for w in inside) else None
    return Sort.UNIT if _is_unit(bare, lexicon) else None


def _government(bare: str, lexicon: Lexicon) -> Sort | None:
    if any(stop in bare for stop in lexicon.inner_stops):
        return None
    if bare.startswith(lexicon.government_generic) or "以上" in bare or "各级" in bare or "以下" in bare:
        return Sort.GOVERNMENTS
    if len(bare) > 14:
        return None
    if re.fullmatch(r"[省市县区州](?:人民)?政府", bare) or bare[:-2].removesuffix("人民").endswith(
        tuple("省市县区州盟旗镇乡")
    ):
        return Sort.GOVERNMENTS if bare.startswith("试点") else Sort.UNIT
    return Sort.GOVERNMENTS if bare.startswith(("各", "试点")) or len(bare) > 4 else None


def _ends_as_unit(bare: str, lexicon: Lexicon) -> bool:
    return any(found.end() == len(bare) for found in lexicon.ending.finditer(bare))


def _is_unit(bare: str, lexicon: Lexicon) -> bool:
    if bare in lexicon.bare_names or bare in lexicon.umbrellas:
        return True
    if not 3 <= len(bare) <= lexicon.longest or bare in lexicon.not_alone or bare.endswith(lexicon.not_tails):
        return False
    if any(stop in bare for stop in lexicon.inner_stops):
        return False
    return _ends_as_unit(bare, lexicon)


def prefix_name(text: str, at: int, lexicon: Lexicon) -> int:
    """Where the name that begins at `at` ends; `at` itself where none begins. Looks at most 30 characters ahead.

    The shortest whole name wins (省质监局|积极…), except that an umbrella goes on (省政府|国资委).
    """
    window = text[at : at + 30]
    stop = _PUNCTUATION.search(window)
    inner = window[: stop.start()] if stop else window
    best = at
    for end in _ends(inner, lexicon):
        name = inner[:end]
        if "（" in name and "）" not in name:
            continue
        if sort_of(name, lexicon) is None:
            continue
        if best != at and len(name) > 16:
            break
        best = at + end
        if name not in lexicon.umbrellas and not _goes_on(inner[end:], lexicon):
            break
    if best < at + len(inner) and inner[best - at] == "（":
        close = inner.find("）", best - at)
        if close != -1 and sort_of(inner[: close + 1], lexicon):
            best = at + close + 1
    return best


def _goes_on(rest: str, lexicon: Lexicon) -> bool:
    """领导小组|办公室…, 领导小组|成员单位…, 省政府|有关部门: the name has not ended yet."""
    return rest.startswith((*lexicon.office_endings, *lexicon.member_words, "有关", "相关", "主管", "各"))


def _ends(inner: str, lexicon: Lexicon) -> list[int]:
    found = {m.end() for m in lexicon.ending.finditer(inner)}
    tails = (
        *lexicon.class_endings,
        *lexicon.post_endings,
        *lexicon.group_endings,
        *lexicon.office_endings,
        *lexicon.government_endings,
        *lexicon.member_words,
        *lexicon.bare_names,
    )
    for tail in tails:
        at = inner.find(tail)
        while at != -1:
            found.add(at + len(tail))
            at = inner.find(tail, at + 1)
    return sorted(found)


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
            joined = Sort.COLLECTIVE if sort in (Sort.UNIT, Sort.COLLECTIVE, Sort.POST) else sort
            out.append((begin, end, joined))
            pending = None
        elif sort is not None:
            halves = _halves(text, start, end, lexicon)
            out.extend(halves)
        elif _may_wait(text[start:end], lenient):
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


def _may_wait(piece: str, lenient: bool) -> bool:
    """Could be the first part of 省、自治区、直辖市人民政府 or 市、县级河长; or, leniently, a name written unusually."""
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

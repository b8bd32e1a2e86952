"""The subject of a sentence as holder: 公安部负责…, 市、县级河长主要负责…, 到2019年底，市场监管部门…"""

from __future__ import annotations

import re

from .holders import Basis, Holder, Role, Sort
from .lexicon import Lexicon
from .name_lists import split_names
from .names import prefix_name, sort_of
from .roles import tagged

_DEFINED = re.compile("（(?:以下|简称|统称)")
_REACH = 140
_CO_ACT_REACH = 12


def subject_of(text: str, folded: str, start: int, end: int, lexicon: Lexicon) -> tuple[Holder, ...]:
    """Holders named as the subject of the sentence text[start:end]; empty where it has none of its own.

    Tried at the sentence's start, after an opening adverbial (根据…，) and after 由. Looks at most 140 characters
    ahead, so the cost of a sentence does not grow with its length.
    """
    while start < end and folded[start] in " \n\r":
        start += 1
    stop = min(end, start + _REACH)
    return _first_of(text, folded, _openings(folded, start, stop, lexicon), stop, lexicon)


def leading_subject(text: str, folded: str, start: int, end: int, lexicon: Lexicon) -> tuple[Holder, ...]:
    """The subject with which text[start:end] itself begins: 市审计局要加强监督."""
    return _first_of(text, folded, [start], min(end, start + _REACH), lexicon)


def _first_of(text: str, folded: str, openings: list[int], stop: int, lexicon: Lexicon) -> tuple[Holder, ...]:
    for begin in openings:
        for cut in lexicon.trigger.finditer(folded, begin + 2, stop):
            at = cut.start()
            if folded.find("，", begin, at) != -1:
                break
            names = split_names(folded[begin:at], lexicon) if at - begin <= 120 else None
            if names and not _only_parts(folded, begin, names):
                role = _role_before(folded, at, lexicon)
                return tuple(
                    _subject(text, folded, begin + a, begin + b, sort, role, lexicon) for a, b, sort in names
                )
    return ()


def _openings(folded: str, start: int, stop: int, lexicon: Lexicon) -> list[int]:
    out = [start]
    adverbial = folded.startswith(lexicon.adverbials, start) or bool(
        re.match(r"(?:到|力争)?\d{4}年", folded[start : start + 8])
    )
    at = folded.find("，", start, stop)
    tries = 0
    while at != -1 and tries < 3:
        if adverbial:
            out.append(at + 1)
        at, tries = folded.find("，", at + 1, stop), tries + 1
    for passive in lexicon.passive:
        out.extend(start + m.end() for m in re.finditer(rf"(?:^|，){re.escape(passive)}", folded[start:stop]))
    return out


def _only_parts(folded: str, begin: int, names: tuple[tuple[int, int, Sort], ...]) -> bool:
    """A bare generic (部门, 单位) is no subject; 有关部门 is."""
    return all(b - a <= 2 for a, b, _ in names)


def _role_before(folded: str, at: int, lexicon: Lexicon) -> Role:
    """由市科技局牵头 → lead; 市财政局配合… → support; 负责 alone says nothing."""
    for role in (Role.LEAD, Role.SUPPORT):
        if folded.startswith(lexicon.roles[role.value], at):
            return role
    return Role.UNKNOWN


def _subject(text: str, folded: str, a: int, b: int, sort: Sort, role: Role, lexicon: Lexicon) -> Holder:
    b, tag = tagged(folded, a, b, lexicon)
    if defined := _DEFINED.search(folded, a, b):  # 河长制工作的机构（以下简称河长制工作机构）
        b = defined.start()
    return Holder(text[a:b], sort, tag or role, Basis.SUBJECT, a, b, 0.8, "句子主语")


def co_actors(text: str, folded: str, start: int, end: int, lexicon: Lexicon) -> tuple[Holder, ...]:
    """会同省质监局 in a sentence: a co-actor, never a holder of the clause."""
    out: list[Holder] = []
    for word in lexicon.roles["co_act"]:
        at = folded.find(word, start, end)
        while at != -1:
            begin = at + len(word)
            for _ in range(_CO_ACT_REACH):
                window = folded[begin : min(end, begin + 40)]
                close = begin + prefix_name(window, 0, lexicon)
                if close <= begin:
                    break
                sort = sort_of(folded[begin:close], lexicon)
                if sort is not None:
                    out.append(
                        Holder(
                            text[begin:close],
                            sort,
                            Role.CO_ACT,
                            Basis.INLINE,
                            begin,
                            close,
                            0.85,
                            f"文字写“{word}”，为会同方",
                        )
                    )
                if close < end and folded[close] in "、及和":
                    begin = close + 1
                else:
                    break
            at = folded.find(word, max(begin, at + 1), end)
    return tuple(out)

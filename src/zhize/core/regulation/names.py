"""Names of holders: is this a whole name, of what sort, and where does it end. Works on folded text."""

from __future__ import annotations

import re
from functools import lru_cache

from .holders import Sort
from .lexicon import Lexicon

# 甘肃省推进质量振兴工作领导小组（以下简称“领导小组”）; 国务院有关部门（单位）
_TRAILING_BRACKET = re.compile(r"（[^（）]{0,40}）$")
# 县级以上负责河长制工作的机构
_LEVELS = re.compile(r"[省市县乡区]级以[上下]")
# 县级以上地方各级人民政府, 地方各级政府
_EVERY_LEVEL = re.compile(r"(?:[省市县乡区]级以[上下])?(?:地方)?各级(?:地方)?(?:人民)?政府")
_PUNCTUATION = re.compile(r"[，。；：、“”《》|？！]")


@lru_cache(maxsize=8192)
def sort_of(name: str, lexicon: Lexicon) -> Sort | None:
    """What a whole name stands for; None where it is no holder's name (HACCP, 竣工验收)."""
    if not name or len(name) > 30 or _PUNCTUATION.search(name.split("（")[0]):
        return None
    bare = _TRAILING_BRACKET.sub("", name)
    if bare != name and not bare:
        return None
    if bare.startswith(("（", "〔", "【")):
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
    if _EVERY_LEVEL.fullmatch(bare):
        return Sort.GOVERNMENTS
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

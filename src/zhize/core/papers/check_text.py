"""The rules that read the words of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from .findings import CheckRules, Draft, Part
from .headings import BODY, LEVELS, marked, marker

Said = tuple[str, str, str]
# Samples: "2012年4月10日", "2012年2月30日"
_DAY = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")
# Sample: "请于2012年4月10日前报送", "2012年4月10日之前"
_DEADLINE = re.compile(_DAY.pattern + r"(?:以前|之前|前)")
# Sample: 证件号620102198001011234, and no longer run of digits
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
# Sample: 手机13909310000。
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def place(number: int, part: Part) -> str:
    """第 3 段“（一）加强领导…”."""
    words = part.text.strip()
    return f"第 {number} 段“{words[:12]}{'…' if len(words) > 12 else ''}”"


def secrecy(draft: Draft, rules: CheckRules) -> Iterator[Said]:
    """A mark of secrecy at the head of a line or with its star; 商业秘密 and 国家秘密 as words are none."""
    marks = "|".join(map(re.escape, rules.secrecy_words))
    if not marks:
        return
    pattern = re.compile(rf"^\s*(?:密级[：:]\s*)?(?:{marks})\s*(?:[★☆].*|\d+年)?\s*$|(?:{marks})[★☆]")
    for number, part in enumerate((Part(draft.title), *draft.parts)):
        if found := pattern.search(part.text):
            where = place(number, part) if number else "标题"
            yield (
                where,
                f"出现密级标志“{found.group(0).strip()[:10]}”",
                "本系统仅处理非涉密公文；涉密公文另行办理",
            )


def personal(draft: Draft, _rules: CheckRules) -> Iterator[Said]:
    for number, part in enumerate(draft.parts, 1):
        if _IDENTITY.search(part.text):
            yield place(number, part), "出现身份证号码", "删去，或只保留必要的后四位"
        elif _MOBILE.search(part.text):
            yield place(number, part), "出现手机号码", "联系电话请用办公电话"


def impossible_days(draft: Draft, _rules: CheckRules) -> Iterator[Said]:
    for number, part in enumerate(draft.parts, 1):
        for found in _DAY.finditer(part.text):
            if _day(found) is None:
                yield place(number, part), f"日历上没有{found.group(0)}", "核对日期"


def short_deadlines(draft: Draft, rules: CheckRules) -> Iterator[Said]:
    """A deadline already past, or nearer than the days the rules leave to those who must answer; what is told to be overdue
    (应于…前完成，逾期…) asks for nothing."""
    if rules.today is None:
        return
    for number, part in enumerate(draft.parts, 1):
        for found in _DEADLINE.finditer(part.text):
            day = _day(found)
            left = (day - rules.today).days if day else rules.least_days
            if left < 0 and "逾期" in part.text:
                continue
            if left < 0:
                yield place(number, part), f"要求的期限{_words(found)}已经过去", "改定期限"
            elif left < rules.least_days:
                yield (
                    place(number, part),
                    f"从今天到{_words(found)}只有 {left} 天",
                    f"给下级留出至少 {rules.least_days} 天，或说明紧急理由",
                )


def _words(found: re.Match[str]) -> str:
    return f"{found[1]}年{found[2]}月{found[3]}日"


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def heading_order(draft: Draft, _rules: CheckRules) -> Iterator[Said]:
    """Numbers of one level run on from one; a deeper level begins again under each heading above it.

    Assumes that （一） restarts under each 一、; a document that lets it run on is told so, as a warning.
    """
    last = dict.fromkeys(LEVELS, 0)
    for number, part in enumerate(draft.parts, 1):
        level, said, _rest = marked(part.text.strip())
        if part.level <= BODY or level == BODY:
            continue
        if said != last[level] + 1:
            wanted = marker(level, last[level] + 1)
            yield place(number, part), f"序号应为“{wanted}”", "按顺序改正，或用“重新编号”"
        last[level] = said
        for deeper in LEVELS:
            if deeper > level:
                last[deeper] = 0


def heading_level(draft: Draft, _rules: CheckRules) -> Iterator[Said]:
    for number, part in enumerate(draft.parts, 1):
        level, _said, _rest = marked(part.text.strip())
        if part.level > BODY and level != part.level:
            wanted = marker(part.level, 1)
            yield place(number, part), f"层级选了“{wanted}”，文字的序号却不是", "改选层级，或改写序号"


def attachments(draft: Draft, _rules: CheckRules) -> Iterator[Said]:
    mentioned = any(re.search(r"见附件|附后|附件\d", part.text) for part in draft.parts)
    if mentioned and not draft.attachments:
        yield "附件", "正文提到附件，但没有附件", "补上附件，或删去“见附件”"

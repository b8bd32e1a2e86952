"""（X、Y负责） （A牵头，B、C参与） （牵头单位：A；配合单位：B、C）: holders and roles of a bracket or a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .holders import Basis, Holder, Role, Sort
from .lexicon import Lexicon
from .name_lists import split_names

# （市场监管总局、工业和信息化部负责), one level of brackets inside allowed; also 〔责任单位：市司法局〕
BRACKET = re.compile(
    r"[（〔【]([^（）〔〕【】]{2,600}(?:[（〔][^（）〔〕【】]{0,60}[）〕][^（）〔〕【】]{0,300}){0,6})[）〕】]"
)
_BY_VALUE = {role.value: role for role in Role}
_ROLES = (Role.LEAD, Role.SUPPORT, Role.GUIDE, Role.ASSESS, Role.UNKNOWN)
# 责任单位：市发改委、市经信局（列第一位的为牵头单位，下同）
_NOTE = re.compile(r"（([^（）]{6,80})）[。 ]*$")
# 市教育局（牵头）
_TAG = re.compile(r"（([^（）]{2,6})）")
_ASIDE = 14
# （由商务部负责）
_LEADING = re.compile(r"(?:由|分别由|主要由|具体由)")


@dataclass(slots=True)
class LeadRule:
    """“排在第一位的为牵头部门，下同” once read holds for all later brackets; `also` likewise (以下均需…落实)."""

    on: bool = False
    also: list[Holder] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Named:
    """The holders of one bracket; `rule` where it states the lead rule, `due` where it states a date."""

    holders: tuple[Holder, ...]
    rule: bool = False
    due: str = ""


@dataclass(slots=True)
class _Reading:
    """What a bracket has given so far, chunk by chunk."""

    found: list[tuple[Role, int, int, Sort]] = field(default_factory=list)
    waiting: list[tuple[int, int]] = field(default_factory=list)
    also: list[tuple[int, int]] = field(default_factory=list)
    label: Role | None = None
    stated: bool = False
    plain: bool = False
    labelled: bool = False
    aside: bool = False
    due: str = ""


def named_in(
    text: str,
    folded: str,
    start: int,
    end: int,
    basis: Basis,
    rule: LeadRule,
    lexicon: Lexicon,
    closing: bool = True,
) -> Named | None:
    """Holders in text[start:end] (a bracket's inside or a 责任单位：… line); None where it names none.

    `closing`: the bracket stands at the end of a sentence; only there a bare list of units counts, so that
    办公室（设在市市场监管局） names no holder. Reads: the stretch, the lead rule so far. Writes: holders with roles;
    sets the rule where it is stated.
    """
    state = _Reading()
    if (note := _NOTE.search(folded, start, end)) and lexicon.first_leads.search(note[1]):
        state.stated, end = True, note.start()
    for a, b, separator in _chunks(folded, start, end, lexicon):
        if not _chunk(state, folded, a, b, separator, lexicon):
            return None
    if state.aside and not state.labelled:
        return None
    if state.waiting and not state.found:
        first = state.waiting[0][0]
        listed = split_names(folded[first : state.waiting[-1][1]], lexicon) or ()
        if not closing or basis is not Basis.BRACKET or not any(sort is Sort.UNIT for _, _, sort in listed):
            return None
        state.found = [(Role.UNKNOWN, first + x, first + y, sort) for x, y, sort in listed]
    if not any(_known(folded[x:y], lexicon) for _, x, y, _ in state.found):
        return None
    rule.on = rule.on or state.stated
    why = "前文写明“以下均需其落实，不再列出”"
    rule.also.extend(
        Holder(text[x:y], Sort.COLLECTIVE, Role.UNKNOWN, Basis.RULE, x, y, 0.7, why) for x, y in state.also
    )
    holders = _with_roles(text, folded, state.found, basis, rule.on and state.plain, lexicon)
    return Named(holders, state.stated, state.due)


def _chunk(state: _Reading, folded: str, a: int, b: int, separator: str, lexicon: Lexicon) -> bool:
    """Take one chunk in; False where it shows that the bracket is not about holders."""
    chunk = folded[a:b].strip()
    if not chunk or state.also or lexicon.onwards.fullmatch(chunk):
        return True
    if lexicon.first_leads.search(chunk):
        state.stated = True
        return True
    if every := lexicon.also_all.search(folded, a, b):
        state.also.append((every.start("name"), every.end("name")))
        return True
    if separator == "；":
        state.label, state.waiting = None, []
    if due := deadline_in(chunk, lexicon):
        state.due = due
        return True
    if labelled := _label(folded[a:b], lexicon):
        state.labelled, (state.label, offset) = True, labelled
        state.plain |= state.label is Role.UNKNOWN
        if offset < b - a and (verb := _verb(folded[a + offset : b], lexicon)):
            return _take(state, folded, a + offset, b - verb[1], verb[0], lexicon, lenient=True)
        return a + offset >= b or _take(state, folded, a + offset, b, state.label, lexicon, lenient=True)
    if verb := _verb(folded[a:b], lexicon):
        role, length = verb
        begin = state.waiting[0][0] if state.waiting else a
        begin += len(m.group()) if (m := _LEADING.match(folded, begin, b)) else 0
        state.plain |= role is Role.UNKNOWN
        state.waiting = []
        return _take(state, folded, begin, b - length, role, lexicon, lenient=True)
    if state.label is not None:
        return _take(state, folded, a, b, state.label, lexicon, lenient=False) or bool(state.found)
    if split_names(folded[a:b], lexicon) is None:
        if state.found:  # something else after the holders: kept out, not a reason to lose them
            return True
        # （预期性指标，牵头单位：市发改委）: words before a label count for nothing; without a label it is no list of holders
        state.aside = not state.waiting and len(chunk) <= _ASIDE
        return state.aside
    state.waiting.append((a, b))
    return True


def _take(state: _Reading, folded: str, a: int, b: int, role: Role, lexicon: Lexicon, lenient: bool) -> bool:
    names = split_names(folded[a:b], lexicon, lenient=lenient)
    if names is None:
        return False
    state.found.extend((role, a + x, a + y, sort) for x, y, sort in names)
    return True


def deadline_in(chunk: str, lexicon: Lexicon) -> str:
    """完成时限：2020年9月底前 / 2020年12月底前完成 → the words of the date; empty for anything else."""
    chunk = chunk.strip(" 。；，")
    head, colon, rest = chunk.partition("：")
    if colon and head.strip(" 【】").endswith(lexicon.deadline_labels):
        return rest.strip(" 。；，")
    dated = lexicon.due.match(chunk)
    return chunk if dated and len(chunk) - dated.end() <= 4 else ""


def _with_roles(
    text: str,
    folded: str,
    found: list[tuple[Role, int, int, Sort]],
    basis: Basis,
    first_leads: bool,
    lexicon: Lexicon,
) -> tuple[Holder, ...]:
    cut = [(tagged(folded, a, b, lexicon), role, a, sort) for role, a, b, sort in found]
    found = [(tag or role, a, end, sort) for (end, tag), role, a, sort in cut]
    explicit = any(role is Role.LEAD for role, *_ in found)
    out = []
    for n, (role, a, b, sort) in enumerate(found):
        reason = "文字写明" if role is not Role.UNKNOWN else "文字未写明牵头，不作推断"
        if role is Role.UNKNOWN and first_leads and not explicit:
            if n == 0 and sort is Sort.UNIT:
                role, reason = Role.LEAD, "文件写明排在第一位的为牵头单位"
            elif n > 0:
                role, reason = Role.SUPPORT, "文件写明排在第一位的为牵头单位，其余为参与"
        sure = 0.95 if _known(folded[a:b], lexicon) else 0.5
        if sure < 0.9:
            reason += "；名称写法不常见，请核对"
        out.append(Holder(text[a:b], sort, role, basis, a, b, sure, reason))
    return tuple(out)


def tagged(folded: str, a: int, b: int, lexicon: Lexicon) -> tuple[int, Role | None]:
    """市教育局（牵头） → where the name ends, and the role; the whole and None where it carries no such tag."""
    found = _TAG.search(folded, max(a, b - 12), b)
    role = lexicon.tags.get(found[1]) if found and found.end() == b else None
    return (found.start(), _BY_VALUE[role]) if found and role else (b, None)


def _known(name: str, lexicon: Lexicon) -> bool:
    return split_names(name, lexicon) is not None


def _chunks(folded: str, start: int, end: int, lexicon: Lexicon) -> list[tuple[int, int, str]]:
    """Cut at ，；。 outside brackets, and at 、 after a role (A牵头、B配合); each with the separator before it."""
    verbs = (*lexicon.roles["lead"], *lexicon.roles["support"], *lexicon.roles["guide"])
    out, depth, begin, before = [], 0, start, "；"
    for at in range(start, end):
        char = folded[at]
        depth += (char == "（") - (char == "）")
        if depth == 0 and (char in "，；。\n" or (char == "、" and folded.endswith(verbs, begin, at))):
            out.append((begin, at, before))
            begin, before = at + 1, "，" if char in "，、" else "；"
    out.append((begin, end, before))
    return out


def _label(chunk: str, lexicon: Lexicon) -> tuple[Role, int] | None:
    """牵头单位：省发展改革委 → lead, and where the names begin."""
    at = chunk.find("：")
    if not 1 < at <= 12:
        return None
    head = chunk[:at].strip()
    for role in _ROLES:
        if head.endswith(tuple(w for w in lexicon.roles[role.value] if len(w) > 2)) and (
            head.endswith(("单位", "部门", "主体"))
        ):
            return role, at + 1
    return None


def _verb(chunk: str, lexicon: Lexicon) -> tuple[Role, int] | None:
    """…牵头负责 → lead, length of the verb; the longest that fits."""
    best: tuple[Role, int] | None = None
    for role in _ROLES:
        for word in lexicon.roles[role.value]:
            if chunk.endswith(word) and len(word) < len(chunk) and (best is None or len(word) > best[1]):
                best = (role, len(word))
    return best


def label_role(head: str, lexicon: Lexicon) -> Role | None:
    """The role a table column's title states: 牵头单位, 配合处室, 负责考核部门; None where it is no column of holders."""
    if not head.endswith(("单位", "部门", "处室", "主体", "科室", "责任人单位")):
        return None
    for role in (Role.ASSESS, Role.LEAD, Role.SUPPORT, Role.GUIDE, Role.UNKNOWN):
        if any(word in head for word in lexicon.roles[role.value]):
            return role
    return None

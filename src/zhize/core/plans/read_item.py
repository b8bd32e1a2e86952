"""One gathered item judged: title, goal, part, dates, units, target, money, and what a person must look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from ..regulation.amounts import Sort, amounts
from ..regulation.sentences import sentences
from .found import Column, Draft, Found, Words, Year
from .read_days import due_of, steps_of

TITLE, GOAL, MEASURE, TARGET, PERSON = 60, 500, 2000, 200, 40
WAN, CENT = Decimal(10_000), Decimal("0.01")
_BETWEEN = re.compile(
    r"[、，,；;/\n\s]+|和(?=[省市县区州])|及(?=[省市县区州])"
)  # sample: 省工商局、省建设厅和省水利厅
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,3}[.．、])\s*"
)
# A figure in a column of money without 元: 30 · 120万 · 1.2亿
_BARE = re.compile(r"(\d{1,8}(?:\.\d{1,2})?)\s*(亿|万)?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_OFFICES = ("处", "科", "股", "室")


def item_of(draft: Draft, year: Year, words: Words, *, sure: bool = True) -> Found:
    """Reads: what was gathered. Writes: the item as proposed, with notes in words for what is missing or was guessed."""
    notes: list[str] = []
    said = "\n".join(part for part in (draft.text, _measure(draft)) if part)
    goal = draft.all(Column.GOAL) or _goal(said, words)
    measure = said or goal
    title = _cut(_titled(draft, measure), TITLE, "事项名称", notes)
    due, told = due_of([draft.all(Column.DUE), measure, goal], year, words.whole_year)
    part = _part((title, draft.above, f"{goal}{measure}"), words)
    lead = [*_names(draft.all(Column.LEAD)), *draft.lead]
    supports = [*lead[1:], *_names(draft.all(Column.SUPPORT)), *draft.supports]
    person = [*draft.fields.get(Column.PERSON, []), *(one for one in lead[:1] if one.endswith(_OFFICES))]
    if lead and lead[0].endswith(_OFFICES):
        lead = []
    notes += [told] if told else []
    notes += [] if goal else ["原文没有写目标，请补上"]
    notes += [] if part else ["看不出属于哪个板块，请选择"]
    return Found(
        place=draft.place,
        title=title,
        goal=_cut(goal, GOAL, "目标", notes),
        measure=_cut(measure, MEASURE, "措施", notes),
        part=part,
        due=due,
        steps=steps_of(measure, year),
        lead=lead[0] if lead else "",
        supports=_once(one for one in supports if one not in lead[:1] and not one.endswith(_OFFICES)),
        co_acts=_once(draft.co_acts),
        person=_cut("、".join(_once(person)), PERSON, "责任人", notes),
        target=_cut(draft.all(Column.TARGET) or _target(f"{goal}\n{measure}"), TARGET, "指标要求", notes),
        money=_money(draft.all(Column.MONEY), measure),
        notes=tuple(notes),
        sure=sure,
    )


def _measure(draft: Draft) -> str:
    """The measure; where several rows have one, each with the deadline of its row."""
    told = [(what, due) for what, due in draft.rows if what]
    if len(told) < 2:
        return draft.all(Column.MEASURE)
    return "\n".join(f"{what.rstrip('。；')}（{due}）" if due else what for what, due in told)


def _titled(draft: Draft, measure: str) -> str:
    words = draft.title or re.split("[。；，\n]", measure, maxsplit=1)[0]
    return _NUMBERED.sub("", words.replace("\n", "").strip()).strip("。；：: ")


def _goal(text: str, words: Words) -> str:
    """The sentences that say what is to be reached."""
    told = [text[a:b] for a, b in sentences(text, 0, len(text))]
    return "".join(one for one in told if any(word in one for word in words.goal))[:GOAL].replace("\n", "")


def _part(texts: Sequence[str], words: Words) -> str:
    """The first text that names a part decides: the title, what it stands under, its words; most hits, then the rules' order."""
    for text in texts:
        hits = {name: sum(text.count(word) for word in found) for name, found in words.parts.items()}
        best = max(hits, key=lambda name: hits[name], default="")
        if best and hits[best]:
            return best
    return ""


def _target(text: str) -> str:
    figures = (one for one in amounts(text) if one.sort is Sort.TARGET and one.unit != "年")
    return "；".join(_once(one.words for one in figures))


def _money(cell: str, measure: str) -> Decimal | None:
    """In units of ten thousand, as plans write it: the column's figure, else the one sum of money in the words."""
    cell = _THOUSANDS.sub("", cell)
    if said := _sums(cell):
        return (said[0] / WAN).quantize(CENT)
    if hit := _BARE.search(cell):
        return (Decimal(hit[1]) * (WAN if hit[2] == "亿" else 1)).quantize(CENT)
    sums = _sums(measure)
    return (sums[0] / WAN).quantize(CENT) if len(sums) == 1 else None


def _sums(text: str) -> list[Decimal]:
    return [one.value for one in amounts(text) if one.sort is Sort.MONEY]


def _names(text: str) -> list[str]:
    return [name for name in (one.strip("等（） ") for one in _BETWEEN.split(text)) if len(name) > 1]


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _cut(text: str, most: int, what: str, notes: list[str]) -> str:
    if len(text) <= most:
        return text
    notes.append(f"{what}有 {len(text)} 个字，只取前 {most} 个，请缩写")
    return text[:most]

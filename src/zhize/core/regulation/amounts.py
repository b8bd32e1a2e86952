"""Figures a text states: targets (合格率达到95%以上), money (资金500万元), and how many there are said to be (共130项).

They are read from words that never change (a confirmed text), so they are never stored beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .sentences import cuts

_V = r"(?P<value>\d{1,12}(?:\.\d{1,6})?)"
# 安排专项资金500万元 · 1.5亿元
_MONEY = re.compile(rf"{_V} *(?P<unit>万亿|亿|万|千)?元(?!/)")
# 共130项 · 共计36个 · 10个方面190项
_DECLARED = re.compile(rf"(?:共计?|合计|总计) *{_V} *(?P<unit>项|条|个|类|家|件|批|处)")
_MOVES = (
    "达到|达|不低于|不少于|不超过|不高于|不得超过|控制在|保持在|稳定在|提高到|提升到|提升至|提高至|增加到|降低到|降到|下降到|"
    "提高|提升|增长|增加(?!值)|新增|下降|降低|减少|压减|超过|突破|完成|建成|新建|培育|创建|培养|争创|打造|达标率为"
)
_UNITS = (
    "个百分点|%|‰|万亩|亩|公里|千米|平方公里|平方米|立方米|亿立方米|万吨|吨|万人次|万人|人次|万户|户|万家|家|批次|批|万个|个|项|种|件|所|处|座|台|"
    "例|期|场|次|名|条|辆|套|年|天|小时"
)
# 主要农产品抽检合格率达到95%以上 · 培育省级名牌产品200个 · 用水总量控制在12亿立方米以内
_TARGET = re.compile(
    rf"(?P<move>{_MOVES})(?:了|约)?(?P<object>[^\d，。；：、（）\n]{{0,14}}?) *{_V} *(?P<unit>{_UNITS})(?P<rel>以上|及以上|以下|以内|之内|左右)?"
)
# 的合格率 before the verb: the name of the figure
_NAME = re.compile(r"(?P<name>[^，。；：、（）\d\n]{2,24})$")
_AT_LEAST = {
    "不低于",
    "不少于",
    "达到",
    "达",
    "超过",
    "突破",
    "提高到",
    "提升到",
    "提升至",
    "提高至",
    "增加到",
}
_AT_MOST = {"不超过", "不高于", "不得超过", "控制在", "降低到", "降到", "下降到"}
_SCALE = {"": 1, "千": 1_000, "万": 10_000, "亿": 100_000_000, "万亿": 1_000_000_000_000}
_YEARS = {
    "年",
    "天",
    "小时",
    "次",
    "期",
    "场",
}  # a period or a frequency unless a verb of growth stands before it


class Sort(StrEnum):
    """What a figure is."""

    TARGET = "target"
    MONEY = "money"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure. `value` in `unit` (money in 元); `relation`: at_least, at_most, about, change, or "" for just so many;
    `name` what it is of, as far as the words say; `words` as printed, text[start:end]."""

    sort: Sort
    name: str
    relation: str
    value: Decimal
    unit: str
    words: str
    start: int
    end: int


def amounts(text: str) -> tuple[Amount, ...]:
    """The figures of a text, in its order. Linear."""
    return tuple(one for a, b in cuts(text, 0, len(text), "，；。、") for one in _of_piece(text, a, b))


def _of_piece(text: str, a: int, b: int) -> Iterator[Amount]:
    money = list(_MONEY.finditer(text, a, b))
    for one in money:
        begin = _name_start(text, a, one.start())
        value = Decimal(one["value"]) * _SCALE[one["unit"] or ""]
        yield Amount(
            Sort.MONEY, text[begin : one.start()], "", value, "元", text[begin : one.end()], begin, one.end()
        )
    if money:
        return
    if said := _DECLARED.search(text, a, b):
        yield Amount(
            Sort.DECLARED,
            "",
            "",
            Decimal(said["value"]),
            said["unit"],
            said.group(),
            said.start(),
            said.end(),
        )
    elif aim := _TARGET.search(text, a, b):
        begin = _name_start(text, a, aim.start())
        name = text[begin : aim.start()]
        if aim["unit"] in _YEARS and not name:
            return
        yield Amount(
            Sort.TARGET, (aim["object"] or name).strip(), _relation(aim), Decimal(aim["value"]), aim["unit"],
            text[begin : aim.end()], begin, aim.end(),
        )  # fmt: skip


def _name_start(text: str, a: int, at: int) -> int:
    """Where the name before text[at] begins; `at` where there is none."""
    name = _NAME.search(text[a:at])
    return a + name.start() if name else at


def _relation(one: re.Match[str]) -> str:
    rel, move = one["rel"] or "", one["move"]
    if rel in ("以上", "及以上"):
        return "at_least"
    if rel in ("以下", "以内", "之内"):
        return "at_most"
    if rel == "左右":
        return "about"
    if move in _AT_LEAST:
        return "at_least"
    if move in _AT_MOST:
        return "at_most"
    return "change" if move in ("提高", "提升", "增长", "增加", "下降", "降低", "减少", "压减") else ""

"""The reader of plans as a method of `zhize calc`: plain data in, plain data out (docs/algorithms/plan-reading.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..kernel.errors import BadRule
from ..kernel.fields import Fields
from ..regulation.lexicon import lexicon_from_mapping
from .found import Found, Words, Year
from .reading import plan_read

GROUPS = ("parts", "columns")
LISTS = ("not_items", "goal", "whole_year")


def calc_plan_read(data: object) -> dict[str, object]:
    """Method `plans.read`: text, year {start, end}, words and lexicon (both as shipped). Raises BadRule."""
    fields = Fields(data, ("text", "year", "words", "lexicon"))
    year = fields.child("year", ("start", "end"))
    if not isinstance(fields.data.get("lexicon"), Mapping):
        raise BadRule("缺少词表", where="lexicon", remedy="装入 rules/reading/ 下当时有效的一版")
    words = words_from(fields.data.get("words"))
    lexicon = lexicon_from_mapping(fields.data["lexicon"])
    read = plan_read(fields.text("text"), Year(year.day("start"), year.day("end")), words, lexicon)
    return {"items": [_plain(one) for one in read.found], "left": list(read.left), "notes": list(read.notes)}


def words_from(data: object) -> Words:
    """The words as loaded from the rule: `parts.product`, `columns.title`, …, and three lists."""
    if not isinstance(data, Mapping):
        raise BadRule("缺少认计划用的词", where="words", remedy="装入 rules/work/plan_reading.yaml 的各项")
    groups: dict[str, dict[str, list[str]]] = {name: {} for name in GROUPS}
    lists: dict[str, list[str]] = {}
    for key, value in data.items():
        group, _dot, name = str(key).partition(".")
        if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
            raise BadRule("应为词语列表", where=f"words.{key}", remedy="例如写成 [目标, 工作目标]")
        if group in groups and name:
            groups[group][name] = value
        else:
            lists[str(key)] = value
    if missing := next((name for name in (*GROUPS, *LISTS) if not (groups.get(name) or lists.get(name))), ""):
        raise BadRule("词语不全", where=f"words.{missing}", remedy="请对照 rules/work/plan_reading.yaml 补上")
    return Words(groups["parts"], groups["columns"], *(lists[name] for name in LISTS))


def _plain(one: Found) -> dict[str, Any]:
    return {
        "place": one.place,
        "title": one.title,
        "goal": one.goal,
        "measure": one.measure,
        "part": one.part,
        "due": one.due.isoformat() if one.due else None,
        "steps": [{"text": step.text, "day": step.day.isoformat()} for step in one.steps],
        "lead": one.lead,
        "supports": list(one.supports),
        "co_acts": list(one.co_acts),
        "person": one.person,
        "target": one.target,
        "money": None if one.money is None else format(one.money, "f"),
        "notes": list(one.notes),
        "sure": one.sure,
    }

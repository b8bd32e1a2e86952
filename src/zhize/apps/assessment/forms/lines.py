"""Ranges, grades and vetoes as lines a person writes, and back to what `core.scoring` reads; nothing is lost on the way.

An end of a range: `90` holds the figure where it begins and not where it ends; `>90` begins above, `≤89` ends with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from zhize.core.scoring.numbers import say
from zhize.core.scoring.scheme import Follow

_CELLS = re.compile(r"\s*(?:\||｜|\t|＝|=)\s*")
# 不高于B级 · 降1级 · 最高59分
_NOT_ABOVE, _LOWER, _CAP = (
    re.compile(r"^不高于(.+)$"),
    re.compile(r"^降(\d+)级$"),
    re.compile(r"^最高(.+?)分$"),
)
# 后3名
_LAST = re.compile(r"^后(\d+)名$")
# How a demand is followed up, in words; putting right needs none.
_BY = {Follow.TALK.value: "约谈", Follow.REPORT.value: "书面报告"}


def cells_of(text: str, least: int, most: int, *, named: bool = True) -> list[list[str]]:
    """The lines of a text as cells, filled up to `most`; `named`: the first may not be empty. Raises `ValidationError`
    naming the line."""
    found = []
    for line in text.splitlines():
        if not line.strip():
            continue
        cells = [cell.strip() for cell in _CELLS.split(line)]
        if not least <= len(cells) <= most or (named and not cells[0]):
            words = _("“%(line)s”应有 %(n)s 格，用“=”隔开") % {"line": line.strip(), "n": most}
            raise forms.ValidationError(words)
        found.append(cells + [""] * (most - len(cells)))
    return found


def range_cells(data: Mapping[str, Any]) -> tuple[str, str]:
    """Both ends of {from, above, to, below} as cells."""
    start = f">{data['above']}" if "above" in data else str(data.get("from", ""))
    end = f"≤{data['to']}" if "to" in data else str(data.get("below", ""))
    return start, end


def range_data(start: str, end: str) -> dict[str, str]:
    found = {}
    if start:
        found["above" if start[0] in ">＞" else "from"] = start.lstrip(">＞≥ ")
    if end:
        found["to" if end[0] in "≤<＜含" else "below"] = end.lstrip("≤<＜含 ")
    return found


def grade_lines(grades: Sequence[Mapping[str, Any]]) -> str:
    rows = []
    for one in grades:
        start, end = range_cells(one)
        quota = one.get("at_most") or {}
        most = (
            f"{say(Fraction(str(quota['share'])) * 100)}%"
            if "share" in quota
            else str(quota.get("count", ""))
        )
        rows.append(" = ".join([one.get("label") or one["code"], start, end, *([most] if most else [])]))
    return "\n".join(rows)


def grades_from(text: str, known: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Grades of the lines; one whose name stood there before keeps its code and how its quota is rounded."""
    before = {one.get("label") or one["code"]: one for one in known}
    found = []
    for label, start, end, most in cells_of(text, 1, 4):
        old = before.get(label, {})
        one: dict[str, Any] = {"code": old.get("code", label), "label": label, **range_data(start, end)}
        if most.endswith(("%", "％")):
            one["at_most"] = {"share": _share(most)}
        elif most:
            one["at_most"] = (
                {"count": int(most.rstrip("个名"))} if most.rstrip("个名").isdigit() else {"count": most}
            )
        kept = (old.get("at_most") or {}).get("rounding")
        if kept and "share" in one.get("at_most", {}):
            one["at_most"]["rounding"] = kept
        found.append(one)
    return found


def _share(text: str) -> str:
    try:
        return say(Fraction(text.rstrip("%％").strip()) / 100)
    except ValueError as error:
        raise forms.ValidationError(_("“%(text)s”不是比例，请写成 30%%") % {"text": text}) from error


def veto_lines(vetoes: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> str:
    return "\n".join(f"{one['title']} = {_consequence(one, labels)}" for one in vetoes)


def _consequence(one: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    if "not_above" in one:
        return f"不高于{labels.get(one['not_above'], one['not_above'])}"
    if "lower" in one:
        return f"降{one['lower']}级"
    return (
        f"最高{one['cap']}分" if "cap" in one else labels.get(one.get("grade", ""), str(one.get("grade", "")))
    )


def vetoes_from(
    text: str, known: Sequence[Mapping[str, Any]], codes: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Vetoes of the lines; one whose words stood there before keeps its code and clause. `codes`: name of a grade → code."""
    before = {one["title"]: one for one in known}
    taken = {str(one["code"]) for one in known}
    found = []
    for title, what in cells_of(text, 2, 2):
        old = before.get(title, {})
        code = old.get("code") or next(name for n in range(1, 1000) if (name := f"v{n}") not in taken)
        taken.add(str(code))
        one: dict[str, Any] = {"code": code, "title": title}
        if match := _NOT_ABOVE.match(what):
            one["not_above"] = codes.get(match[1], match[1])
        elif match := _LOWER.match(what):
            one["lower"] = int(match[1])
        elif match := _CAP.match(what):
            one["cap"] = match[1]
        else:
            one["grade"] = codes.get(what, what)
        if old.get("clause"):
            one["clause"] = old["clause"]
        found.append(one)
    return found


def demand_lines(demands: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> str:
    """书面报告整改情况 = D级 = 30 · 约谈负责人 = 后3名 =  = 约谈."""
    rows = []
    for one in demands:
        whom = f"后{one['last']}名" if one.get("last") else "、".join(_named(one.get("grades"), labels))
        by = [_BY[one["by"]]] if one.get("by") in _BY else []
        rows.append(" = ".join([one["says"], whom, str(one.get("days") or ""), *by]))
    return "\n".join(rows)


def _named(grades: object, labels: Mapping[str, str]) -> list[str]:
    codes = [grades] if isinstance(grades, str) else list(grades or ())  # type: ignore[call-overload]
    return [labels.get(code, code) for code in codes]


def demands_from(text: str, codes: Mapping[str, str]) -> list[dict[str, Any]]:
    """Demands of the lines. `codes`: name of a grade → code."""
    found = []
    for says, whom, days, by in cells_of(text, 2, 4):
        one: dict[str, Any] = {"says": says}
        if match := _LAST.match(whom):
            one["last"] = int(match[1])
        else:
            one["grades"] = [codes.get(name, name) for name in re.split("[、，,]", whom) if name]
        days = days.removesuffix("天")
        if days and not days.isdecimal():
            raise forms.ValidationError(_("“%(text)s”不是天数") % {"text": days})
        ways = {words: way for way, words in _BY.items()}
        if by and by not in ways:
            words = _("“%(text)s”不是办理方式，可写“约谈”“书面报告”或不写") % {"text": by}
            raise forms.ValidationError(words)
        found.append(one | ({"days": int(days)} if days else {}) | ({"by": ways[by]} if by else {}))
    return found

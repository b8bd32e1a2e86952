"""Stage 4: the method a piece of a standard asks for, with how sure that is and why.

Reads: text, points, whether it stands on top of the total. Writes: the data of a method (`core.scoring.methods`).
What no rule recognises is marked by a person (`manual`), with the text as guidance: never a guess that computes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from ..numbers import say
from .items import Piece

_F = r"(\d+(?:\.\d+)?)"
_UNITS = r"次|个方面|例|起|件|项|个|处|人|篇|天|日|期|份|条|宗|户|家|村|户次|人次|批次"
# 每少一次扣0.5分 · 出现1例未处理扣2分 · 每迟报1天扣1分 · 少一次扣1分
_OFF = re.compile(
    rf"(?P<lead>[^，,；;。（）]*?)(?P<verb>少|缺|漏|迟|逾期|未|出现|发生|发现|查出|查实|有|低于|被)?"
    rf"(?P<mid>[^，,；;。（）扣]{{0,24}}?)扣(?:减|除)?\s*{_F}\s*分"
)
_ONE = re.compile(rf"(?:一|1)\s*(?P<unit>{_UNITS})")
# 至少3次 · 不少于2次 · 3次以上
_REQUIRED = re.compile(
    rf"(?:至少|不少于|不低于|应?达到|完成){_F}\s*(?P<unit>{_UNITS})|{_F}\s*(?P<unit2>{_UNITS})(?:以上|及以上)"
)
_PERIODS = (("每月", "12"), ("每两个月", "6"), ("每季", "4"), ("每半年", "2"))
_SHORT = {"少", "缺", "漏"}
# 按完成比例得分 · 按比例计分 · 按水库退养完成比例扣分 · 按完成率得分
_SHARE = re.compile(
    r"按[^，。；]{0,16}(?:比例|完成率|达标率|百分比)[^，。；]{0,4}(?:得分|计分|扣分|折算|赋分|计算|评分)"
)
_TARGET = re.compile(rf"(?:达到?|完成|不低于|不少于)?{_F}\s*(?:%|{_UNITS})(?:以上|及以上)?")
# 每高1个百分点加1.5分 · 每降低一个百分点扣1分
_PER_POINT = re.compile(
    rf"每(?P<way>提?高|增加|超过?|上升|增长|降低|下降|低|减少)[^，。；]{{0,6}}?(?P<step>\d+(?:\.\d+)?|一)?个?百分点[^，。；]{{0,4}}?(?P<act>加|奖|扣|减){_F}分"
)
_MET = re.compile(
    r"否则[^，。；]{0,4}不得分|[的未不无没][^。；，]{0,24}不得分|一票否决|不[^，。；]{0,20}不计分"
)
# 前3名的分别奖10分、5分、3分 · 省、市通报表扬的分别奖20、10分
_EACH = re.compile(
    rf"分别[^，。；、]{{0,8}}?(?P<act>奖励?|加|扣)(?P<list>\s*{_F}\s*分?(?:\s*[、，,和/]\s*{_F}\s*分?)+)"
)
_PLACES = re.compile(r"前\s*(\d|[一二三四五])\s*名|第?一[、，]二[、，]三(?:名|等奖)?")
# 获省、市通报表扬
_LEVEL = re.compile(r"[国省市县乡](?=[、，和级（])|(?<=[、，和])[国省市县乡]")
_ADDS = re.compile(rf"(?:每[^，。；]{{0,20}})?[加奖](?:励)?\s*{_F}\s*分")
_CAP = re.compile(rf"(?:最多|最高|累计|不超过|上限)[^，。；]{{0,10}}?{_F}\s*分|{_F}\s*分(?:封顶|为限)")
# 每迟报1次扣0.5分，每未报1次扣2分 · 迟报一次扣1分，少报、漏报一次扣2分
_REPORT_OFF = rf"[报交送][^，,；;。扣]{{0,8}}扣(?:减|除)?\s*{_F}\s*分"
_LATE = re.compile(rf"(?:迟|逾期|未按[时期]){_REPORT_OFF}")
_NEVER = re.compile(rf"(?:少|缺|漏|未|不){_REPORT_OFF}")
# 低于60%不得分 · 完成60%以下不得分 · 不足60%的不得分
_LEAST = re.compile(
    rf"(?:低于|不足|未达到?|达不到)\s*{_F}\s*[%％][^，。；]{{0,4}}不得分|{_F}\s*[%％]以下[^，。；]{{0,4}}不得分"
)
_SURVEY = re.compile(r"满意度|民意调查|测评得分|问卷")


@dataclass(frozen=True, slots=True)
class Guess:
    """`sure` from 0 to 1. `on_top`: it takes away from, or adds to, what other pieces bring."""

    method: dict[str, object]
    sure: float
    why: str
    on_top: bool = False


def method_of(piece: Piece, points: Fraction | None, bonus: bool) -> Guess:
    """The first rule that fits, in the order of how plainly the text says it."""
    text = piece.text
    if bonus or (points is None and piece.points is None and not piece.choices and _OFF.search(text)):
        return _on_top(piece)
    for rule in (_choices, _per_point, _reported, _off, _share, _met):
        found = rule(piece)
        if found:
            return found
    if _SURVEY.search(text):
        return Guess(_manual(text), 0.5, "测评类，请设测评对象和权重，或由评分单位按测评结果填分")
    return Guess(_manual(text), 0.6, "没有写明怎样增减分，由评分单位评定")


def _manual(text: str) -> dict[str, object]:
    return {"kind": "manual", "guidance": text[:500]}


def _choices(piece: Piece) -> Guess | None:
    """Steps that stand for one another are levels a person picks from."""
    if not piece.choices:
        return None
    levels = [{"code": _short(text), "points": say(points)} for text, points in piece.choices]
    codes = [str(one["code"]) for one in levels]
    if len(set(codes)) < len(codes):
        levels = [{**one, "code": f"第{n}档"} for n, one in enumerate(levels, 1)]
    if re.search(r"否则|不得分|其他|其余", piece.text) and not any(one["points"] == "0" for one in levels):
        levels.append({"code": "其他", "points": "0"})
    return Guess({"kind": "levels", "levels": levels}, 0.75, f"分{len(levels)}档，取其一")


def _short(text: str) -> str:
    cut = re.sub(r"[，,：:]?(?:可?得|计|记|赋)\s*[\d.]+\s*分.*$|（[^）]*）", "", text)
    cut = re.sub(r"^\d{1,2}[.．、]\s*", "", cut).strip(" ，,；;。、")
    return cut[-30:] or text[:30]


def _per_point(piece: Piece) -> Guess | None:
    found = list(_PER_POINT.finditer(piece.text))
    if not found:
        return None
    method: dict[str, object] = {"kind": "difference"}
    for one in found:
        step = Fraction(1) if one["step"] in (None, "一") else Fraction(one["step"])
        per = say(Fraction(one.groups()[-1]) / step)
        method["per" if one["act"] in "加奖" else "per_down"] = per
    method.setdefault("per", method.get("per_down"))
    if target := re.search(rf"(?:达到?|不低于|目标){_F}%", piece.text):
        method["target"] = target.group(1)
    if "per_down" in method and "加" not in piece.text and "奖" not in piece.text:
        method["up_cap"] = "0"
    if cap := _CAP.search(piece.text):
        method["up_cap"] = cap.group(1) or cap.group(2)
    return Guess(method, 0.8, "按百分点加减分；没有目标值的由指标给出")


def _reported(piece: Piece) -> Guess | None:
    """So much for what came late and so much for what never came: two deductions on one count of what was due."""
    late, never = _LATE.search(piece.text), _NEVER.search(piece.text)
    if not late or not never:
        return None
    by_day = re.search(r"每[^，。；]{0,4}[一1]?[天日]", late.group())
    off = {"late_day" if by_day else "late": say(Fraction(late[1])), "missing": say(Fraction(never[1]))}
    return Guess({"kind": "on_time", **off}, 0.9, "迟报、未报按次扣分")


def _off(piece: Piece) -> Guess | None:
    found = _OFF.search(piece.text)
    if not found:
        return None
    method = _deduction(found, piece.text)
    return Guess(method, 0.9, f"“{found.group().strip()}”按次扣分")


def _deduction(found: re.Match[str], text: str) -> dict[str, object]:
    said = found.group()
    method: dict[str, object] = {"kind": "deduction", "per": say(Fraction(found.groups()[-1]))}
    unit = _ONE.search(said)
    if unit and unit["unit"] != "次":
        method["unit"] = unit["unit"]
    if found["verb"] in _SHORT or re.search(r"[少缺漏](?:报|一|1)", said):
        required = next((count for word, count in _PERIODS if word in text), None)
        if required is None and (named := _REQUIRED.search(text)):
            required = named.group(1) or named.group(3)
        if required is not None:
            method["required"] = required
    if cap := re.search(rf"最多扣\s*{_F}\s*分", text):
        method["most_off"] = cap.group(1)
    return method


def _share(piece: Piece) -> Guess | None:
    if not _SHARE.search(piece.text):
        return None
    method: dict[str, object] = {"kind": "proportion"}
    if "全部" in piece.text and not _TARGET.search(piece.text):
        method["target"] = "100"
    elif target := re.search(rf"{_F}\s*(?:%|{_UNITS})(?:以上|及以上)", piece.text):
        method["target"] = target.group(1)
    if least := _LEAST.search(piece.text):
        method["floor"] = say(Fraction(least.group(1) or least.group(2)) / 100)
    return Guess(method, 0.85, "按完成比例得分")


def _met(piece: Piece) -> Guess | None:
    if not _MET.search(piece.text):
        return None
    return Guess({"kind": "met"}, 0.8, "做到得满分，否则不得分")


def _on_top(piece: Piece) -> Guess:
    """Additions and deductions beyond the total: honours by level, so much a case, or a running ledger."""
    text = piece.text
    if (each := _EACH.search(text)) and not re.search(r"扣", each["act"]):
        amounts = re.findall(_F, each["list"])
        names = _level_names(text[: each.end()], len(amounts))
        levels = [{"code": name, "points": amount} for name, amount in zip(names, amounts, strict=True)]
        return Guess(
            {"kind": "honours", "levels": levels}, 0.7, "按级别加分，只计最高一项；可以累加的请改", True
        )
    if each:
        worst = max(Fraction(one) for one in re.findall(_F, each["list"]))
        return Guess(
            {"kind": "ledger", "up_cap": "0"}, 0.6, f"按级别扣分，最重一次扣{say(worst)}分，逐次登记", True
        )
    if found := _OFF.search(text):
        return Guess(
            {**_deduction(found, text), "start": "0", "below_zero": True}, 0.75, "按次扣分，从总分中扣", True
        )
    if adds := _ADDS.search(text):
        method: dict[str, object] = {"kind": "bonus", "per": adds.groups()[-1]}
        if cap := _CAP.search(text):
            method["cap"] = cap.group(1) or cap.group(2)
        return Guess(method, 0.7, "按项加分", True)
    return Guess({"kind": "ledger"}, 0.5, "加减分没有写明怎样计算，逐次登记", True)


def _level_names(text: str, count: int) -> list[str]:
    if _PLACES.search(text):
        return [f"第{n}名" for n in range(1, count + 1)]
    found = list(dict.fromkeys(_LEVEL.findall(text)))
    if len(found) >= count:
        return [f"{word}级" if word != "国" else "国家级" for word in found[-count:]]
    return [f"第{n}档" for n in range(1, count + 1)]

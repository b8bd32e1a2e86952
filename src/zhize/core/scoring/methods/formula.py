"""按公式计分: the office's own formula over named figures, in the language of metric cards (core/metrics), nothing else.

Parsed, never executed: numbers, names, + - * / and the functions that need no earlier year. Exact fractions throughout.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from functools import lru_cache
from typing import ClassVar, Self

from ...kernel.errors import BadRule
from ...kernel.fields import Fields
from ...metrics.parse import Expression, parse
from ...metrics.syntax import FUNCTIONS, YEARS_BACK, Binary, Call, Negative, Node, Number, Ref, children
from ...metrics.tokens import place
from ..facts import Given
from ..numbers import number, number_or_none, say
from .base import Fault, Found, Method, Peers, inputs, nothing

POINTS = ("points", "分值")
"""Names that mean the points of the criterion itself."""
TARGET = ("target", "目标")
"""Names that a target kept beside a figure is filled in for."""
_parsed = lru_cache(maxsize=1024)(parse)


@dataclass(frozen=True, slots=True)
class Input:
    """A figure of the formula: its name there, what people call it, its unit (%: 96.2 is written 96.2)."""

    name: str
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class Formula(Method):
    """`expression` over `inputs` and `points` (分值). The result is held between `least` and `cap` (default: the points)."""

    expression: str
    inputs: tuple[Input, ...]
    cap: Fraction | None
    least: Fraction

    kind: ClassVar[str] = "formula"
    label: ClassVar[str] = "按公式"
    asks: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def read(cls, fields: Fields) -> Self:
        text, where = fields.text("expression"), fields.place("expression")
        try:
            found = _parsed(text)
            _refuse_years(found.tree)
            _refuse_shares(found.tree)
        except BadRule as error:
            raise BadRule(
                error.what, where=f"{where} {error.where}", why=error.why, remedy=error.remedy
            ) from error
        used = _used(found)
        told = tuple(_input(entry, at) for entry, at in fields.items("inputs"))
        _refuse_strangers(told, used, fields.place("inputs"))
        by_name = {one.name: one for one in told}
        cap, least = number_or_none(fields, "cap"), number(fields, "least", "0")
        if cap is not None and cap < least:
            raise BadRule("上限低于下限", where=fields.place("cap"), remedy="请让 cap 不小于 least")
        return cls(text, tuple(by_name.get(name, Input(name, "", "")) for name in used), cap, least)

    @property
    def names(self) -> tuple[str, ...]:
        """The facts it reads."""
        return tuple(one.name for one in self.inputs)

    def words(self, points: Fraction) -> str:
        named = "，".join(f"{one.name}：{one.title}" for one in self.inputs if one.title)
        high = self.most(points)
        end = "" if high is None else f"，最高{say(high)}分"
        low = f"，最低{say(self.least)}分"
        return f"按公式 {self.expression} 计分{f'（{named}）' if named else ''}{end}{low}"

    def most(self, points: Fraction) -> Fraction | None:
        return self.cap if self.cap is not None else points or None

    def faults(self, points: Fraction) -> Iterator[Fault]:
        high = self.most(points)
        if high is None:
            yield Fault("no_cap", "公式得分没有上限", "请写明最高多少分（cap）")
        elif points and high > points:
            yield Fault("beyond", f"最高可得{say(high)}分，超过本项{say(points)}分", "请核对上限或本项分值")

    def score(self, points: Fraction, given: Given, peers: Peers) -> Found:
        fields = given.fields(self.names)
        figures = {name: number_or_none(fields, name) for name in self.names}
        seen = {
            one.title or one.name: value for one in self.inputs if (value := figures[one.name]) is not None
        }
        got = _value(_parsed(self.expression).tree, figures | dict.fromkeys(POINTS, points))
        if got is None:
            lacking = "、".join(
                f"“{one.title or one.name}”" for one in self.inputs if figures[one.name] is None
            )
            why = f"没有{lacking}的数" if lacking else "分母为0，请由考核人员认定"
            return nothing(f"{why}，公式算不出结果", **seen)
        with_ = "，".join(
            f"{one.title or one.name}{say(value)}{one.unit}"
            for one in self.inputs
            if (value := figures[one.name]) is not None
        )
        said = f"公式 {self.expression}，{with_}，算得{say(got)}分"
        high = self.most(points)
        if high is not None and got > high:
            return Found(high, f"{said}，最高计{say(high)}分", inputs(**seen))
        if got < self.least:
            return Found(self.least, f"{said}，最低计{say(self.least)}分", inputs(**seen))
        return Found(got, said, inputs(**seen))


def _input(data: object, where: str) -> Input:
    fields = Fields(data, ("name", "title", "unit"), where)
    return Input(fields.text("name"), fields.text("title", ""), fields.text("unit", ""))


def _used(found: Expression) -> tuple[str, ...]:
    return tuple(name for name in found.uses if name not in POINTS)


def _refuse_strangers(told: tuple[Input, ...], used: tuple[str, ...], where: str) -> None:
    """A misspelt name would leave a figure out in silence."""
    for index, one in enumerate(told, 1):
        if one.name not in used:
            near = get_close_matches(one.name, used, n=1)
            raise BadRule(
                f"公式里没有“{one.name}”",
                where=f"{where}[{index}].name",
                remedy=f"是否想写“{near[0]}”？" if near else f"公式用到：{'、'.join(used) or '（没有）'}",
            )
    if len({one.name for one in told}) < len(told):
        raise BadRule("同一个数写了两次", where=where, remedy="每个数写一行")


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in children(node):
        yield from _walk(child)


def _refuse_years(tree: Node) -> None:
    for node in _walk(tree):
        if isinstance(node, Call) and node.name in YEARS_BACK:
            raise BadRule(
                f"考核公式不能用“{FUNCTIONS[node.name].zh}”",
                where=place(node.at),
                why="考核只取本年度的数",
                remedy="请把上年数写成一个数（如“上年”），由考核人员填写或由指标卡提供",
            )


def _refuse_shares(tree: Node) -> None:
    """Figures come as printed (96.2 for 96.2%): taking 95% off one would be wrong by a hundred times."""
    for node in _walk(tree):
        terms: tuple[Node, ...] = ()
        if (isinstance(node, Binary) and node.sign in "+-") or (
            isinstance(node, Call) and node.name in ("sum", "min", "max", "if_missing")
        ):
            terms = children(node)
        shares = [one for one in terms if isinstance(one, Number) and one.is_share]
        if shares and len(shares) < len(terms):
            written = say(Fraction(shares[0].value * 100))
            raise BadRule(
                f"{written}% 不能与数相加减或比较",
                where=place(shares[0].at),
                why="百分比指标按印出的数填写，96.2% 就是 96.2",
                remedy=f"请写 {written}",
            )


def _value(node: Node, figures: Mapping[str, Fraction | None]) -> Fraction | None:
    """None where a figure is missing or a division is by nought."""
    match node:
        case Number():
            return Fraction(node.value)
        case Ref():
            return figures[node.code]
        case Negative():
            inner = _value(node.inner, figures)
            return None if inner is None else -inner
        case Binary():
            return _binary(node.sign, _value(node.left, figures), _value(node.right, figures))
    args = [_value(one, figures) for one in node.args]
    if node.name == "if_missing":
        return args[0] if args[0] is not None else args[1]
    known = [one for one in args if one is not None]
    if len(known) < len(args):
        return None
    match node.name:
        case "sum":
            return sum(known, Fraction(0))
        case "min":
            return min(known)
        case "max":
            return max(known)
    return known[0] / known[1] if known[1] else None


def _binary(sign: str, left: Fraction | None, right: Fraction | None) -> Fraction | None:
    if left is None or right is None:
        return None
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return left / right if right else None

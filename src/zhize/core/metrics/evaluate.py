"""A formula's value: exact decimals, units carried along, nothing rounded, a trace for every step.

No figure is made up: what is missing stays missing through every operation but `if_missing`, and a share of nothing is
missing, not zero. Rounding comes once, at publication (`kernel.rounding`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext

from ..kernel.errors import BadRule
from ..kernel.rounding import DIGITS
from ..kernel.trace import Trace
from .parse import Expression
from .syntax import FUNCTIONS, YEARS_BACK, Binary, Call, Negative, Node, Number, Ref
from .tokens import place
from .units import PLAIN, Unit

Lookup = Callable[[str, int], Decimal | None]
"""The value of a card in its own unit, so many years before the period asked for; None where there is none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`value` in the unit asked for; a share written as one `ratio` also has its parts, so that shares can be summed up."""

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    missing: tuple[str, ...]
    trace: Trace


@dataclass(frozen=True, slots=True)
class _Quantity:
    """`value` in base words (元, never 万元); `bare` for what is made of written numbers alone."""

    value: Decimal | None
    unit: Unit
    bare: bool
    trace: Trace


def evaluate(
    expression: Expression, units: Mapping[str, Unit], lookup: Lookup, unit: Unit, title: str = "公式"
) -> Answer:
    """The formula's value in `unit`. Raises `BadRule` for an unknown card or units that do not fit, with the place."""
    walker = _Walker(units, lookup)
    with localcontext() as context:
        context.prec = DIGITS
        found = walker.value(expression.tree, 0)
        if found.unit.words != unit.words:
            raise BadRule(
                f"公式算出的是“{found.unit.shown}”，指标的单位是“{unit.shown}”",
                where=place(1),
                remedy="请核对公式或改指标的单位；百分比的单位写 %",
            )
        value = None if found.value is None else found.value / unit.scale
        above, below = walker.parts(expression.tree)
    trace = Trace.of("metrics.expression", title, value, {"公式": expression.text}, children=(found.trace,))
    return Answer(value, above, below, tuple(dict.fromkeys(walker.missing)), trace)


def check(expression: Expression, units: Mapping[str, Unit], unit: Unit) -> None:
    """Whether cards and units fit, without any figure. Raises as `evaluate` does."""
    evaluate(expression, units, lambda code, back: None, unit)


class _Walker:
    def __init__(self, units: Mapping[str, Unit], lookup: Lookup) -> None:
        self._units, self._lookup = units, lookup
        self.missing: list[str] = []

    def value(self, node: Node, back: int) -> _Quantity:
        match node:
            case Number():
                return _Quantity(
                    node.value, PLAIN, not node.is_share, Trace("metrics.number", "数", node.value)
                )
            case Ref():
                return self._card(node, back)
            case Negative():
                inner = self.value(node.inner, back)
                value = None if inner.value is None else -inner.value
                return _Quantity(
                    value,
                    inner.unit,
                    inner.bare,
                    Trace("metrics.minus", "取负", value, (), "", (inner.trace,)),
                )
            case Binary():
                return self._binary(node, self.value(node.left, back), self.value(node.right, back))
        return self._call(node, back)

    def parts(self, tree: Node) -> tuple[Decimal | None, Decimal | None]:
        """Numerator and denominator where the whole formula is one `ratio` of two cards, in the cards' own units."""
        if isinstance(tree, Call) and tree.name == "ratio":
            above, below = tree.args
            if (
                isinstance(above, Ref)
                and isinstance(below, Ref)
                and self._units[above.code] == self._units[below.code]
            ):
                return self._lookup(above.code, 0), self._lookup(below.code, 0)
        return None, None

    def _card(self, node: Ref, back: int) -> _Quantity:
        if node.code not in self._units:
            raise BadRule(
                f"没有代码为“{node.code}”的指标",
                where=place(node.at),
                remedy="请核对代码，或先建立这张指标卡",
            )
        unit, own = self._units[node.code], self._lookup(node.code, back)
        title = f"{'上年同期的' * min(back, 1)}{node.code}"
        if own is None:
            self.missing.append(node.code)
        trace = Trace.of("metrics.card", title, own)
        return _Quantity(
            None if own is None else own * unit.scale, Unit(Decimal(1), unit.words), False, trace
        )

    def _binary(self, node: Binary, left: _Quantity, right: _Quantity) -> _Quantity:
        if node.sign in "+-":
            unit = self._same_unit([left, right], node.at, node.sign)
        else:
            unit = left.unit * right.unit if node.sign == "*" else left.unit / right.unit
        value = None
        if left.value is not None and right.value is not None:
            match node.sign:
                case "+":
                    value = left.value + right.value
                case "-":
                    value = left.value - right.value
                case "*":
                    value = left.value * right.value
                case _:
                    value = left.value / right.value if right.value else None
        words = {"+": "加", "-": "减", "*": "乘", "/": "除"}
        trace = Trace.of(f"metrics.{node.sign}", words[node.sign], value, children=(left.trace, right.trace))
        return _Quantity(value, unit, left.bare and right.bare, trace)

    def _call(self, node: Call, back: int) -> _Quantity:
        deeper = back + YEARS_BACK.get(node.name, 0)
        if node.name == "growth":
            args = [self.value(node.args[0], back), self.value(node.args[0], deeper)]
        elif node.name == "if_missing":
            before = list(self.missing)
            args = [self.value(one, back) for one in node.args]
            self.missing = before if args[1].value is not None else self.missing
        else:
            args = [self.value(one, deeper) for one in node.args]
        if node.name == "ratio":
            unit = args[0].unit / args[1].unit
        else:
            unit = self._same_unit(args, node.at, node.name)
            unit = PLAIN if node.name == "growth" else unit
        value = _applied(node.name, [one.value for one in args])
        function = FUNCTIONS[node.name]
        trace = Trace.of(
            f"metrics.{node.name}", function.title, value, children=tuple(one.trace for one in args)
        )
        bare = node.name not in ("ratio", "growth") and all(one.bare for one in args)
        return _Quantity(value, unit, bare, trace)

    def _same_unit(self, args: list[_Quantity], at: int, name: str) -> Unit:
        """The one unit of what is added or compared; a bare number other than 0 fits no figure."""
        figures = [one for one in args if not one.bare]
        for one in args:
            if one.bare and figures and one.value:
                wanted = (
                    f"{one.value:f}%"
                    if not figures[0].unit.words
                    else f"以“{figures[0].unit.shown}”为单位的指标"
                )
                raise BadRule(
                    f"“{one.value:f}”没有单位，不能与指标相加减或比较",
                    where=place(at),
                    remedy=f"请改写为 {wanted}",
                )
        kinds = {one.unit.words: one.unit for one in figures or args}
        if len(kinds) > 1:
            shown = "与".join(f"“{one.shown}”" for one in kinds.values())
            raise BadRule(
                f"{name} 的各项单位不同：{shown}",
                where=place(at),
                remedy="单位相同才能相加减或比较；求比用 ratio",
            )
        return next(iter(kinds.values()))


def _applied(name: str, values: list[Decimal | None]) -> Decimal | None:
    if name == "if_missing":
        return values[0] if values[0] is not None else values[1]
    known = [one for one in values if one is not None]
    if len(known) < len(values):
        return None
    match name:
        case "sum":
            return sum(known, Decimal(0))
        case "min":
            return min(known)
        case "max":
            return max(known)
        case "last_year":
            return known[0]
        case "growth":
            # From a negative or empty base a percentage says nothing.
            return known[0] / known[1] - 1 if known[1] > 0 else None
    return known[0] / known[1] if known[1] else None

"""Rules a figure must keep, as data: range, jump, sum, comparison with another card, a rate against its own counts.

A rule is hard (the figure cannot be handed in) or asks for an explanation in writing. A figure that is missing breaks
no rule: that it is missing is said elsewhere.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from enum import StrEnum

from ..kernel.errors import BadRule
from ..kernel.fields import Fields
from ..kernel.rounding import DIGITS, round_once, share

OPERATORS: dict[str, tuple[str, Callable[[Decimal, Decimal], bool]]] = {
    "<=": ("不大于", operator.le),
    ">=": ("不小于", operator.ge),
    "<": ("小于", operator.lt),
    ">": ("大于", operator.gt),
    "=": ("等于", operator.eq),
}


class Kind(StrEnum):
    """What a rule looks at."""

    RANGE = "range"
    JUMP = "jump"
    SUM = "sum"
    COMPARE = "compare"
    COUNTS = "counts"


class Against(StrEnum):
    """With which figure a jump is compared."""

    LAST = "last"
    YEAR_AGO = "year_ago"


class Severity(StrEnum):
    """What a broken rule does."""

    HARD = "hard"
    EXPLAIN = "explain"


@dataclass(frozen=True, slots=True)
class Check:
    """One rule of a card. Which fields count depends on `kind`."""

    kind: Kind
    severity: Severity
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    percent: Decimal | None = None
    parts: tuple[str, ...] = ()
    tolerance: Decimal = Decimal(0)
    sign: str = ""
    other: str = ""
    against: Against = Against.LAST

    @classmethod
    def from_mapping(cls, data: object, where: str = "check") -> Check:
        """Reads one rule; raises `BadRule` naming the field."""
        names = ("kind", "severity", "minimum", "maximum", "percent", "parts", "tolerance", "sign", "other", "against")  # fmt: skip
        fields = Fields(data, names, where)
        kind = fields.choice("kind", Kind)
        needed = {Kind.JUMP: ["percent"], Kind.SUM: ["parts"], Kind.COMPARE: ["sign", "other"]}.get(kind, [])
        for name in needed:
            if not fields.has(name):
                raise BadRule(
                    f"缺少“{name}”", where=fields.where, remedy=f"{kind.value} 规则要写 {'、'.join(needed)}"
                )
        if kind is Kind.RANGE and not (fields.has("minimum") or fields.has("maximum")):
            raise BadRule("范围没有上下限", where=fields.where, remedy="请写 minimum 或 maximum")
        sign = fields.text("sign", "")
        if sign and sign not in OPERATORS:
            raise BadRule(
                f"不认识“{sign}”", where=fields.place("sign"), remedy=f"可用：{'、'.join(OPERATORS)}"
            )
        return cls(
            kind=kind,
            severity=fields.choice("severity", Severity, Severity.HARD),
            minimum=fields.decimal("minimum") if fields.has("minimum") else None,
            maximum=fields.decimal("maximum") if fields.has("maximum") else None,
            percent=fields.decimal("percent") if fields.has("percent") else None,
            parts=tuple(str(one) for one, _place in fields.items("parts")),
            tolerance=fields.decimal("tolerance", "0"),
            sign=sign,
            other=fields.text("other", ""),
            against=fields.choice("against", Against, Against.LAST),
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule in words: what, and what to do."""

    code: str
    kind: Kind
    severity: Severity
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Given:
    """What there is to look at: values of this period, the one before and a year ago, by card; own counts of rates; names."""

    values: Mapping[str, Decimal | None]
    before: Mapping[str, Decimal | None]
    counts: Mapping[str, tuple[Decimal, Decimal]]
    names: Mapping[str, str]
    places: Mapping[str, int]
    scales: Mapping[str, Decimal]
    year_ago: Mapping[str, Decimal | None] = field(default_factory=dict)

    def name(self, code: str) -> str:
        return self.names.get(code, code)


def broken(rules: Mapping[str, Sequence[Check]], given: Given) -> list[Finding]:
    """Every broken rule, in the order of the cards and their rules (method `metrics.check`)."""
    with localcontext() as context:
        context.prec = DIGITS
        return [
            Finding(code, check.kind, check.severity, *said)
            for code, checks in rules.items()
            if (value := given.values.get(code)) is not None
            for check in checks
            if (said := _says(check, code, value, given))
        ]


def _says(check: Check, code: str, value: Decimal, given: Given) -> tuple[str, str] | None:
    """What is wrong and what to do; None where the rule is kept."""
    shown = _plain(value)
    match check.kind:
        case Kind.RANGE:
            if check.minimum is not None and value < check.minimum:
                return f"{shown} 小于下限 {_plain(check.minimum)}", "请核对数值和单位"
            if check.maximum is not None and value > check.maximum:
                return f"{shown} 大于上限 {_plain(check.maximum)}", "请核对数值和单位"
        case Kind.JUMP:
            earlier = given.year_ago if check.against is Against.YEAR_AGO else given.before
            return _jump(check, value, earlier.get(code))
        case Kind.SUM:
            parts = [given.values.get(part) for part in check.parts]
            known = [part for part in parts if part is not None]
            if len(known) == len(parts) and abs(sum(known, Decimal(0)) - value) > check.tolerance:
                names = "＋".join(given.name(part) for part in check.parts)
                return (
                    f"{shown} 与各项之和 {_plain(sum(known, Decimal(0)))} 不等（{names}）",
                    "请核对合计或各项",
                )
        case Kind.COMPARE:
            word, holds = OPERATORS[check.sign]
            other = given.values.get(check.other)
            if other is not None and not holds(value, other):
                return f"{shown} 应{word}“{given.name(check.other)}”（{_plain(other)}）", "请核对这两个数"
        case Kind.COUNTS:
            return _counts(code, value, given)
    return None


def _jump(check: Check, value: Decimal, before: Decimal | None) -> tuple[str, str] | None:
    if before is None or check.percent is None or before == 0:
        return None
    moved = abs(value - before) / abs(before) * 100
    if moved <= check.percent:
        return None
    way = "增长" if value > before else "下降"
    then = "上年同期" if check.against is Against.YEAR_AGO else "上期"
    return (
        f"比{then} {_plain(before)} {way} {round_once(moved, 1):f}%，超过 {_plain(check.percent)}%",
        "请核对；确实如此的请写明原因",
    )


def _counts(code: str, value: Decimal, given: Given) -> tuple[str, str] | None:
    """A printed rate against its own counts, to the digit printed."""
    if code not in given.counts:
        return None
    part, whole = given.counts[code]
    exact = share(part, whole)
    places = given.places.get(code, 2)
    if exact is None or round_once(exact / given.scales.get(code, Decimal(1)), places) == round_once(
        value, places
    ):
        return None
    should = round_once(exact / given.scales.get(code, Decimal(1)), places)
    return f"{_plain(value)} 与 {_plain(part)} ÷ {_plain(whole)} ＝ {should:f} 不符", "请核对比率或分子、分母"


def _plain(value: Decimal) -> str:
    """Without zeros nobody wrote: a column gives back 20.00000000."""
    return f"{value.normalize():f}"

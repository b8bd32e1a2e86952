"""The tree of a formula, and the functions it may call.

There is no function for a mean: rates are never averaged, they are the rate of the sums (DESIGN, metrics).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Number:
    """A written number. A bare one (`100`) has no unit and cannot be added to a figure; `100%` is a share."""

    value: Decimal
    is_share: bool
    at: int


@dataclass(frozen=True, slots=True)
class Ref:
    """Another card, by its code."""

    code: str
    at: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    name: str
    args: tuple[Node, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Binary:
    """left + - * / right."""

    sign: str
    left: Node
    right: Node
    at: int


@dataclass(frozen=True, slots=True)
class Negative:
    """−inner."""

    inner: Node
    at: int


Node = Number | Ref | Call | Binary | Negative


@dataclass(frozen=True, slots=True)
class Function:
    """Name, Chinese name, how many arguments, and what it says in a trace."""

    name: str
    zh: str
    least: int
    most: int
    title: str


MANY = 40
FUNCTIONS = {
    one.name: one
    for one in (
        Function("sum", "合计", 1, MANY, "合计"),
        Function("ratio", "比值", 2, 2, "比值"),
        Function("growth", "同比", 1, 1, "比上年同期增长"),
        Function("last_year", "上年同期", 1, 1, "上年同期"),
        Function("min", "最小", 1, MANY, "取最小"),
        Function("max", "最大", 1, MANY, "取最大"),
        Function("if_missing", "缺则", 2, 2, "没有数时取"),
    )
}
BY_NAME = FUNCTIONS | {one.zh: one for one in FUNCTIONS.values()}
YEARS_BACK = {"growth": 1, "last_year": 1}


def children(node: Node) -> tuple[Node, ...]:
    """What a node is made of."""
    match node:
        case Call():
            return node.args
        case Binary():
            return (node.left, node.right)
        case Negative():
            return (node.inner,)
    return ()


def refs(node: Node) -> Iterator[Ref]:
    """Every mention of a card, in the order written."""
    if isinstance(node, Ref):
        yield node
    for child in children(node):
        yield from refs(child)


def years_needed(node: Node) -> int:
    """How many years back a formula looks: 1 for growth(x), 2 for growth(growth(x))."""
    own = YEARS_BACK.get(node.name, 0) if isinstance(node, Call) else 0
    return own + max((years_needed(child) for child in children(node)), default=0)

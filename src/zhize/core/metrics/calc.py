"""Plain data in, plain data out: what `zhize calc` runs for the methods of this package. Figures are text, exact."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ..kernel.errors import BadRule, CoreError
from ..kernel.fields import Fields
from ..kernel.rounding import exact, round_once
from .attainment import Direction, Goal, Step, attain
from .book import Book
from .checks import Check, Given, broken
from .combine import Part, Rule, combine
from .parse import Expression, parse
from .units import unit_of

CARD = ("unit", "decimals", "values", "expression")


def calc_expression(data: object) -> dict[str, object]:
    """Method `metrics.expression`: given and computed cards; `ask` names the one whose value is wanted."""
    fields = Fields(data, ("cards", "ask"))
    ask = fields.text("ask")
    inner = fields.child("cards", tuple(_mapping(fields, "cards")))
    cards = {code: inner.child(code, CARD) for code in inner.data}
    if ask not in cards:
        raise BadRule(f"没有代码为“{ask}”的指标", where="ask", remedy=f"可选：{'、'.join(cards)}")
    units = {code: unit_of(card.text("unit", "")) for code, card in cards.items()}
    given = {code: _values(card) for code, card in cards.items() if not card.has("expression")}
    formulas = {code: _parsed(card) for code, card in cards.items() if card.has("expression")}
    book = Book(units, formulas, lambda code, back: dict(enumerate(given[code])).get(back))
    for code in book.order:
        book.answer(code)
    if ask not in formulas:
        value = book.value(ask)
        missing = [ask] if value is None else []
        return {"value": _text(value), "published": _published(cards[ask], value), "missing": missing}
    answer = book.answer(ask)
    return {
        "value": None if answer.value is None else _text(round_once(answer.value, 10).normalize()),
        "published": _published(cards[ask], answer.value),
        "numerator": _text(answer.numerator),
        "denominator": _text(answer.denominator),
        "missing": list(answer.missing),
        "trace": answer.trace.as_dict(),
    }


def _parsed(card: Fields) -> Expression:
    try:
        return parse(card.text("expression"))
    except CoreError as error:
        raise error.within(card.where.rpartition(".")[2]) from None


def _values(card: Fields) -> list[Decimal | None]:
    """This period's value, then a year before, two years before …; null where there is none."""
    return [None if one is None else exact(str(one), where=place) for one, place in card.items("values")]


def calc_attainment(data: object) -> dict[str, object]:
    """Method `metrics.attainment`."""
    fields = Fields(data, ("direction", "target", "upper", "base", "steps", "due", "day", "actual"))
    steps = [
        Step(one.day("by"), one.decimal("value"))
        for entry, place in fields.items("steps")
        for one in [Fields(entry, ("by", "value"), place)]
    ]
    goal = Goal(
        direction=fields.choice("direction", Direction),
        value=fields.decimal("target"),
        due=fields.day("due"),
        upper=_maybe(fields, "upper"),
        base=_maybe(fields, "base"),
        steps=tuple(steps),
    )
    found = attain(goal, _maybe(fields, "actual"), fields.day("day"))
    return {
        "state": found.state.value,
        "label": found.state.label,
        "degree": None if found.degree is None else _text(round_once(found.degree, 4)),
        "expected": _text(found.expected),
        "gap": _text(found.gap),
        "trace": found.trace.as_dict(),
    }


def calc_figures(data: object) -> dict[str, object]:
    """Method `metrics.check`."""
    fields = Fields(data, ("cards",))
    inner = fields.child("cards", tuple(_mapping(fields, "cards")))
    names = ("name", "unit", "decimals", "value", "before", "year_ago", "numerator", "denominator", "checks")  # fmt: skip
    cards = {code: inner.child(code, names) for code in inner.data}
    rules = {
        code: [Check.from_mapping(one, place) for one, place in card.items("checks")]
        for code, card in cards.items()
    }
    given = Given(
        values={code: _maybe(card, "value") for code, card in cards.items()},
        before={code: _maybe(card, "before") for code, card in cards.items()},
        counts={
            code: (card.decimal("numerator"), card.decimal("denominator"))
            for code, card in cards.items()
            if card.has("numerator")
        },
        names={code: card.text("name", code) for code, card in cards.items()},
        places={code: card.integer("decimals", 0, 8, 2) for code, card in cards.items()},
        scales={code: unit_of(card.text("unit", "")).scale for code, card in cards.items()},
        year_ago={code: _maybe(card, "year_ago") for code, card in cards.items()},
    )
    findings = broken(rules, given)
    return {
        "findings": [
            {
                "card": f.code,
                "kind": f.kind.value,
                "severity": f.severity.value,
                "what": f.what,
                "remedy": f.remedy,
            }
            for f in findings
        ],
        "may_submit": not any(f.severity == "hard" for f in findings),
    }


def calc_combine(data: object) -> dict[str, object]:
    """Method `metrics.combine`."""
    fields = Fields(data, ("rule", "unit", "decimals", "parts"))
    parts = [
        Part(
            one.text("key"), *(_maybe(one, name) for name in ("value", "numerator", "denominator", "weight"))
        )
        for entry, place in fields.items("parts")
        for one in [Fields(entry, ("key", "value", "numerator", "denominator", "weight"), place)]
    ]
    scale = unit_of(fields.text("unit", "")).scale
    found = combine(fields.choice("rule", Rule), parts, scale=scale)
    return {
        "value": None if found.value is None else _text(round_once(found.value, 10).normalize()),
        "published": _published(fields, found.value),
        "numerator": _text(found.numerator),
        "denominator": _text(found.denominator),
        "missing": list(found.missing),
    }


def _mapping(fields: Fields, name: str) -> list[str]:
    data = fields.data.get(name)
    if not isinstance(data, Mapping) or not data:
        raise BadRule("这里应是一组“代码: 指标”", where=name, remedy="请至少写一张指标卡")
    return [str(code) for code in data]


def _maybe(fields: Fields, name: str) -> Decimal | None:
    return fields.decimal(name) if fields.has(name) else None


def _published(fields: Fields, value: Decimal | None) -> str | None:
    return None if value is None else _text(round_once(value, fields.integer("decimals", 0, 8, 2)))


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")

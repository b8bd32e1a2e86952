"""Whether a card can stand as written: its formula, its units, its rules, its source."""

from __future__ import annotations

from collections.abc import Mapping

from zhize.apps.metrics import mapping
from zhize.apps.metrics.models import Card
from zhize.core.kernel.errors import CoreError
from zhize.core.metrics.book import Book
from zhize.core.metrics.parse import Expression, parse
from zhize.core.metrics.units import Unit
from zhize.kit.errors import BadInput, Problem
from zhize.kit.measures import measures


def refuse_unsound(cards: Mapping[str, Card], touched: Mapping[str, Card], *, shipped: bool = False) -> None:
    """Raises `BadInput` with every fault of the touched cards, seen among all `cards` (by code).

    A formula must parse, use cards that exist, end in the card's unit, and not run in a circle; a counted card must name
    a registered measure (a `shipped` one may wait for the app that will); rules must be readable.
    """
    problems = [problem for card in touched.values() for problem in _own_faults(card, shipped)]
    formulas: dict[str, Expression] = {}
    for code, card in cards.items():
        if card.source == Card.Source.COMPUTED:
            try:
                formulas[code] = parse(card.expression)
            except CoreError as error:
                problems += [_problem(card, "公式", error)] if code in touched else []
    units: dict[str, Unit] = {code: mapping.unit_of_card(card) for code, card in cards.items()}
    try:
        book = Book(units, formulas, lambda code, back: None)
        for code in book.order:
            _try(book, cards[code], touched, problems)
    except CoreError as error:
        problems.append(Problem(error.what, f"指标“{error.where}”的公式", error.why, error.remedy))
    if problems:
        raise BadInput("指标卡不能保存", problems)


def _try(book: Book, card: Card, touched: Mapping[str, Card], problems: list[Problem]) -> None:
    try:
        book.answer(card.code)
    except CoreError as error:
        if card.code in touched:
            problems.append(_problem(card, "公式", error))


def _own_faults(card: Card, shipped: bool) -> list[Problem]:
    found = []
    try:
        mapping.checks_of(card)
    except CoreError as error:
        found.append(_problem(card, "审核规则", error))
    try:
        mapping.alert_rules_of(card)
    except CoreError as error:
        found.append(_problem(card, "预警规则", error))
    wrong = {
        Card.Source.COMPUTED: ("expression", "公式", "请写公式，如 ratio(合格批次的代码, 抽查批次的代码)"),
        Card.Source.MEASURE: ("measure", "计数代码", "请从列表中选择由哪个台账计数"),
    }
    name, label, remedy = wrong.get(Card.Source(card.source), ("", "", ""))
    if name and not getattr(card, name):
        found.append(
            Problem(f"来源是“{card.get_source_display()}”，但没有写{label}", _place(card, label), "", remedy)
        )
    if card.sample and card.unit != "%":
        found.append(
            Problem(
                "置信区间只用于由分子、分母算出的百分比",
                _place(card, "抽样推断"),
                f"这张卡的单位是“{card.unit or '无'}”",
                "请把单位改为 %，或不选抽样推断",
            )
        )
    if not shipped and card.source == Card.Source.MEASURE and card.measure and card.measure not in measures():
        known = "、".join(measures()) or "（还没有任何台账登记）"
        found.append(
            Problem(f"没有代码为“{card.measure}”的计数", _place(card, "计数代码"), "", f"可用：{known}")
        )
    return found


def _place(card: Card, field: str) -> str:
    return f"指标“{card.name}”的{field}"


def _problem(card: Card, field: str, error: CoreError) -> Problem:
    where = error.where.removeprefix(f"{card.code}.")
    return Problem(error.what, f"{_place(card, field)} {where}", error.why, error.remedy)

"""Computed cards worked out together: each formula once a period, in dependency order, circles refused."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ..kernel.errors import CoreError
from .evaluate import Answer, Lookup, evaluate
from .order import order
from .parse import Expression
from .units import Unit


class Book:
    """All cards at hand: `units` of every card, `formulas` of the computed ones, `given` for the others.

    Raises `BadRule` at once when formulas run in a circle; an error of one formula carries the card's code.
    """

    def __init__(self, units: Mapping[str, Unit], formulas: Mapping[str, Expression], given: Lookup) -> None:
        self.order = order({code: formula.uses for code, formula in formulas.items()})
        self._units, self._formulas, self._given = units, formulas, given
        self._known: dict[tuple[str, int], Answer] = {}

    def answer(self, code: str, back: int = 0) -> Answer:
        """A computed card's value, so many years back. What it uses is worked out first, and kept."""
        if (code, back) not in self._known:
            try:
                found = evaluate(
                    self._formulas[code],
                    self._units,
                    lambda used, more: self.value(used, back + more),
                    self._units[code],
                    code,
                )
            except CoreError as error:
                raise error.within(code) from None
            self._known[code, back] = found
        return self._known[code, back]

    def value(self, code: str, back: int = 0) -> Decimal | None:
        """The value of any card, in its own unit."""
        return self.answer(code, back).value if code in self._formulas else self._given(code, back)

"""The burden rules of 2024 (减负): what a scheme may not score. The words that give a breach away are data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..kernel.errors import BadRule
from ..kernel.fields import Fields


@dataclass(frozen=True, slots=True)
class BurdenRule:
    """Breached where one of `words` stands in a criterion and none of `unless` does."""

    code: str
    title: str
    words: tuple[str, ...]
    unless: tuple[str, ...]
    remedy: str
    source: str

    def breach(self, text: str) -> str:
        """The word that gives it away; empty where the rule is kept."""
        if any(word in text for word in self.unless):
            return ""
        return next((word for word in self.words if word in text), "")


def burden_from(data: object, where: str = "burden") -> tuple[BurdenRule, ...]:
    """From a list of {code, title, words, unless, remedy, source}."""
    return tuple(_rule(entry, place) for entry, place in Fields({where: data}, (where,)).items(where))


def _rule(data: object, where: str) -> BurdenRule:
    fields = Fields(data, ("code", "title", "words", "unless", "remedy", "source"), where)
    words = _words(fields.items("words"))
    if not words:
        raise BadRule("没有识别用语", where=fields.place("words"), remedy="请至少写一个词")
    return BurdenRule(
        fields.text("code"),
        fields.text("title"),
        words,
        _words(fields.items("unless")),
        fields.text("remedy"),
        fields.text("source"),
    )


def _words(entries: Iterable[tuple[object, str]]) -> tuple[str, ...]:
    return tuple(str(word) for word, _ in entries)

"""The words by which a unit's own plan is read (rules/work/plan_reading.yaml), as the core takes them."""

from __future__ import annotations

from datetime import date

from pydantic import RootModel

from zhize.core.plans.found import Words
from zhize.core.plans.read_calc import words_from
from zhize.kit.rules import register_schema, rule_as


class PlanReadingWords(RootModel[dict[str, list[str]]]):
    """Key → words; which keys there must be, `words_from` says."""


register_schema("work/plan_reading", PlanReadingWords)


def words_on(day: date) -> Words:
    """The words in force that day."""
    return words_from(rule_as(PlanReadingWords, on=day).root)

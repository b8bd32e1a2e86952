"""Several items that are one matter made into one: nothing anybody wrote is lost, a person rewrites it afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .steps import steps_merged


@dataclass(frozen=True, slots=True)
class Draft:
    """What of an item is merged. Units and duties by id; money in 万元, None where nothing was said."""

    title: str
    goal: str
    measure: str
    due_on: date
    lead: int
    lead_name: str
    supports: tuple[int, ...] = ()
    duties: tuple[int, ...] = ()
    money: Decimal | None = None
    steps: str = ""


def merge(items: Sequence[Draft]) -> Draft:
    """The first item's title and lead; goals and measures of all, each sentence once; the latest date.

    The leads of the others come first among the supporting units. Measures of several leads are told apart by their
    names. Money adds up; steps stand together in order of time. Raises ValueError for no items.
    """
    if not items:
        raise ValueError("nothing to merge")
    first = items[0]
    sums = [item.money for item in items if item.money is not None]
    others = [item.lead for item in items[1:]] + [unit for item in items for unit in item.supports]
    return Draft(
        title=first.title,
        goal=_joined([item.goal for item in items]),
        measure=_measures(items),
        due_on=max(item.due_on for item in items),
        lead=first.lead,
        lead_name=first.lead_name,
        supports=tuple(unit for unit in dict.fromkeys(others) if unit != first.lead),
        duties=tuple(dict.fromkeys(duty for item in items for duty in item.duties)),
        money=sum(sums, Decimal(0)) if sums else None,
        steps=steps_merged([item.steps for item in items]),
    )


def _joined(texts: Sequence[str]) -> str:
    """Sentences in order, each once, joined as one enumeration. Sample: 甲达到90%；乙达到95%。"""
    said = dict.fromkeys(text.strip().rstrip("。；") for text in texts if text.strip())
    return "；".join(said) + "。" if said else ""


def _measures(items: Sequence[Draft]) -> str:
    if len({item.lead for item in items}) == 1:
        return _joined([item.measure for item in items])
    by_lead: dict[str, list[str]] = {}
    for item in items:
        by_lead.setdefault(item.lead_name, []).append(item.measure)
    return "\n".join(f"{name}：{_joined(texts)}" for name, texts in by_lead.items() if any(texts))

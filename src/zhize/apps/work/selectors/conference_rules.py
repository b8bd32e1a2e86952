"""The checklist of a conference and the day replies are due, from the rule `work/conference`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhize.apps.years.selectors import calendar
from zhize.core.kernel.fields import Fields
from zhize.kit.rules import rule


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to prepare: so many working days before (negative) or after the day."""

    key: str
    order: int
    name: str
    days: int
    due_on: date


def checklist(jurisdiction_code: str, held_on: date) -> list[Item]:
    """The items with their dates, counted in working days from the day of the conference. Two statements."""
    values = rule("work/conference", on=held_on, jurisdiction=jurisdiction_code).plain()
    days = calendar((held_on.year - 1, held_on.year + 1))
    items = []
    for key, value in values.items():
        if key.startswith("item."):
            fields = Fields(value, ("order", "name", "days"), where=key)
            number = fields.integer("days", -250, 250)
            items.append(
                Item(
                    key,
                    fields.integer("order", 1, 99),
                    fields.text("name"),
                    number,
                    days.add(held_on, number),
                )
            )
    return sorted(items, key=lambda item: (item.order, item.key))


def reply_by(jurisdiction_code: str, held_on: date) -> date:
    """The last day for 参会回执."""
    before = int(rule("work/conference", on=held_on, jurisdiction=jurisdiction_code)["reply_days_before"])
    return calendar((held_on.year - 1, held_on.year + 1)).add(held_on, -before)

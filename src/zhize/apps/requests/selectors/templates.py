"""Ready-made calls (rule `requests/templates`), with their dates worked out for a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from zhize.apps.years.models import WorkYear
from zhize.core.kernel.periods import Every, Period
from zhize.core.kernel.periods import WorkYear as CoreYear
from zhize.kit.contributions import call_contents
from zhize.kit.field_data import two_languages
from zhize.kit.measures import sources
from zhize.kit.rules import rule, shipped

RULES = "requests/templates"


@dataclass(frozen=True, slots=True)
class Template:
    """One template; `values` are what a new call starts with (names of the call's columns)."""

    key: str
    label: Any
    values: dict[str, Any]


def templates(year: WorkYear, today: date, jurisdiction: str) -> list[Template]:
    """The templates in force for the jurisdiction, in their order, with title, period and due date for this day.

    A content or source that no app of this installation offers is left out of the values.
    """
    labels = {key: (entry.label, entry.label_en) for key, entry in shipped(RULES).entries.items()}
    rules = rule(RULES, on=today, jurisdiction=jurisdiction)
    return [
        Template(
            key.removeprefix("template."),
            two_languages(*labels.get(key, (found.label, found.label))),
            _values(key.removeprefix("template."), found.value, year, today),
        )
        for key, found in rules.values.items()
    ]


def template_values(year: WorkYear, today: date, jurisdiction: str, key: str) -> dict[str, Any] | None:
    """What a call of this template starts with; None where the jurisdiction keeps no such template."""
    offered = templates(year, today, jurisdiction)
    return next((one.values for one in offered if one.key == key), None)


def _values(key: str, value: dict[str, Any], year: WorkYear, today: date) -> dict[str, Any]:
    core = CoreYear(year.starts_on)
    every = Every(value["period"])
    period = _period(core, every, value["due"], today)
    known = {content.kind for content in call_contents.items()}
    return {
        "template": key,
        "title": str(value["title"]).format(year=year.label, period=period.label),
        "body": value["body"],
        "content": value["content"] if value["content"] in known else "",
        "source_code": value["source_code"] if value["source_code"] in sources() else "",
        "period_start": period.start,
        "period_end": period.end,
        "due_on": _due(value["due"], period, today),
        "nil_allowed": value["nil_allowed"],
        "stamp_needed": value["stamp_needed"],
        "form": value["form"],
    }


def _period(year: CoreYear, every: Every, due: dict[str, int], today: date) -> Period:
    """What a call of this day is about: where answers come after the period, the first one whose answers are not yet due
    (on 2 July the first half, due on 15 July), else the one the day is in."""
    parts = year.split(every)
    if "after_period" in due:
        grace = timedelta(days=int(due["after_period"]))
        return next((part for part in parts if part.end + grace >= today), parts[-1])
    return year.part_of(every, today) or parts[-1]


def _due(due: dict[str, int], period: Period, today: date) -> date:
    """So many days after the period, or after today where the period is long gone or the rule says so."""
    if "after_period" in due:
        day = period.end + timedelta(days=int(due["after_period"]))
        return day if day >= today else today + timedelta(days=int(due["after_period"]))
    return today + timedelta(days=int(due["after_today"]))

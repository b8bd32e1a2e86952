"""Recurrence as data: how often, by when, what on a day off, earlier for lower levels, what in the first year.

`schedule.py` turns it into the dated occurrences of a work year (method `duties.recurrence`). A date on a day off moves
only where the rule asks for it (`adjust`): a regulation's own date is kept as written. 顺延 is the civil law's way,
民法通则 art. 154 until 2020, 民法典 art. 203 since 2021. See docs/algorithms/obligation-recurrence.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..kernel.fields import Fields
from ..kernel.periods import Every
from ..kernel.workdays import WorkCalendar
from .due import Due, Span
from .due_reading import WAYS, due_from, span_from


class Adjust(StrEnum):
    """What happens to a due date on a day off."""

    NONE = "none"
    NEXT = "next"
    PREVIOUS = "previous"

    @property
    def label(self) -> str:
        """Chinese word in traces."""
        return {"none": "不调整", "next": "遇休息日顺延", "previous": "遇休息日提前"}[self.value]

    def apply(self, day: date, calendar: WorkCalendar) -> date:
        """The date after the move."""
        if self is Adjust.NONE:
            return day
        return calendar.on_or_after(day) if self is Adjust.NEXT else calendar.on_or_before(day)


class FirstYear(StrEnum):
    """The work year in which the document came into force: as usual, or nothing owed."""

    USUAL = "usual"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often and by when. `lead`: each level down owes so much earlier. `grace`: earliest due after coming into force."""

    every: Every
    due: Due
    adjust: Adjust = Adjust.NONE
    lead: Span | None = None
    first_year: FirstYear = FirstYear.USUAL
    grace: Span | None = None
    clause: str = ""

    @classmethod
    def from_mapping(cls, data: object, where: str = "recurrence") -> Recurrence:
        """From data such as {every: year, due: {fixed: {month: 3, day: 31}}, adjust: next}. Raises BadRule."""
        fields = Fields(data, ("every", "due", "adjust", "lead", "first_year", "clause"), where)
        every = fields.choice("every", Every)
        lead = (
            span_from(fields.child("lead", ("days", "workdays")), sign=-1, low=1)
            if fields.has("lead")
            else None
        )
        first, grace = _first_year(fields)
        return cls(
            every=every,
            due=due_from(fields.child("due", WAYS), every),
            adjust=fields.choice("adjust", Adjust, Adjust.NONE),
            lead=lead,
            first_year=first,
            grace=grace,
            clause=fields.text("clause", ""),
        )

    def to_mapping(self) -> dict[str, object]:
        """Back to data; `from_mapping` of it gives an equal value."""
        found: dict[str, object] = {"every": self.every.value, "due": self.due.to_mapping()}
        if self.adjust is not Adjust.NONE:
            found["adjust"] = self.adjust.value
        if self.lead:
            found["lead"] = self.lead.to_mapping()
        if self.grace:
            found["first_year"] = {"grace": self.grace.to_mapping()}
        elif self.first_year is not FirstYear.USUAL:
            found["first_year"] = self.first_year.value
        if self.clause:
            found["clause"] = self.clause
        return found

    def words(self) -> str:
        """每季度，次月5日前，遇休息日顺延."""
        parts = [self.every.label, f"{self.due.words()}前"]
        if self.adjust is not Adjust.NONE:
            parts.append(self.adjust.label)
        if self.lead:
            parts.append(f"每下一级提前{-self.lead.count}{self.lead.unit.label}")
        return "，".join(parts)


def _first_year(fields: Fields) -> tuple[FirstYear, Span | None]:
    if isinstance(fields.data.get("first_year"), Mapping):
        inner = fields.child("first_year", ("grace",)).child("grace", ("days", "workdays"))
        return FirstYear.USUAL, span_from(inner)
    return fields.choice("first_year", FirstYear, FirstYear.USUAL), None

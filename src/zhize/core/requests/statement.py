"""减负情况: what a stretch of days asked of each unit, and how long answers took. Method `requests.statement`.

See docs/algorithms/burden-statement.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..kernel.errors import BadFact
from ..kernel.fields import Fields
from ..kernel.rounding import round_once


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer asked of a unit: fields in all, those the product filled in, the days it was asked, due, handed in."""

    unit: str
    fields: int
    prefilled: int
    asked: date
    due: date
    answered: date | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.prefilled <= self.fields:
            raise BadFact(
                f"预填 {self.prefilled} 项，填报项 {self.fields} 项",
                where=self.unit,
                remedy="预填不能多于填报项",
            )
        if self.answered is not None and self.answered < self.asked:
            raise BadFact(
                f"{self.answered} 报送早于 {self.asked} 发出",
                where=self.unit,
                remedy="请核对发出和报送的日期",
            )


@dataclass(frozen=True, slots=True)
class Line:
    """Of one unit, or of all: answers asked and given, those late on `today`, fields, pre-filled, days (calendar) to an answer."""

    requests: int
    answered: int
    late: int
    fields: int
    prefilled: int
    median_days: Decimal | None
    longest_days: int | None

    @property
    def share(self) -> Decimal | None:
        """Share of the fields that were pre-filled, exact; None where no field was asked."""
        return Decimal(self.prefilled) / Decimal(self.fields) if self.fields else None

    @property
    def by_hand(self) -> int:
        """Fields a person had to fill in."""
        return self.fields - self.prefilled


@dataclass(frozen=True, slots=True)
class Statement:
    """Lines by unit in the order of their first answer, and the line of all."""

    lines: dict[str, Line]
    total: Line


def state(answers: Iterable[Answer], today: date) -> Statement:
    """Counts add up from units to the total; the days of the total are those of all answers, never a mean of medians."""
    by_unit: dict[str, list[Answer]] = {}
    for one in answers:
        by_unit.setdefault(one.unit, []).append(one)
    everything = [one for rows in by_unit.values() for one in rows]
    return Statement({unit: _line(rows, today) for unit, rows in by_unit.items()}, _line(everything, today))


def _line(rows: Sequence[Answer], today: date) -> Line:
    days = sorted((one.answered - one.asked).days for one in rows if one.answered is not None)
    return Line(
        requests=len(rows),
        answered=len(days),
        late=sum((one.answered or today) > one.due for one in rows),
        fields=sum(one.fields for one in rows),
        prefilled=sum(one.prefilled for one in rows),
        median_days=_median(days),
        longest_days=days[-1] if days else None,
    )


def _median(days: Sequence[int]) -> Decimal | None:
    """The middle one, or the mean of the two in the middle: one place at most."""
    if not days:
        return None
    middle, odd = divmod(len(days), 2)
    return Decimal(days[middle]) if odd else Decimal(days[middle - 1] + days[middle]) / 2


def calc_statement(data: object) -> dict[str, object]:
    """Method `requests.statement`: plain data in, plain data out. Raises CoreError."""
    fields = Fields(data, ("today", "answers"))
    found = state((_answer(one, place) for one, place in fields.items("answers")), fields.day("today"))
    return {
        "units": [{"unit": unit, **_plain(line)} for unit, line in found.lines.items()],
        "total": _plain(found.total),
    }


def _answer(data: object, where: str) -> Answer:
    one = Fields(data, ("unit", "fields", "prefilled", "asked", "due", "answered"), where)
    return Answer(
        one.text("unit"),
        one.integer("fields", 0, 100_000),
        one.integer("prefilled", 0, 100_000, 0),
        one.day("asked"),
        one.day("due"),
        one.day_or_none("answered"),
    )


def _plain(line: Line) -> dict[str, object]:
    return {
        "requests": line.requests,
        "answered": line.answered,
        "late": line.late,
        "fields": line.fields,
        "prefilled": line.prefilled,
        "share": None if line.share is None else format(round_once(line.share, 4), "f"),
        "median_days": None if line.median_days is None else str(line.median_days),
        "longest_days": line.longest_days,
    }

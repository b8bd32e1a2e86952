"""From a recurrence to the dated occurrences of one work year, with trace (method `duties.recurrence`).

See docs/algorithms/obligation-recurrence.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..kernel.periods import Every, Period, WorkYear
from ..kernel.trace import Trace
from ..kernel.workdays import WorkCalendar
from .recurrence import Adjust, FirstYear, Recurrence

METHOD = "duties.recurrence"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One period and the last day on which it can be done in time."""

    period: Period
    due: date
    trace: Trace


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A period that owes nothing, and why."""

    period: Period
    reason: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """The occurrences of one work year in order of period, what was left out, and what to be careful about."""

    occurrences: tuple[Occurrence, ...]
    left_out: tuple[LeftOut, ...]
    warnings: tuple[str, ...]
    trace: Trace


def schedule(
    rule: Recurrence,
    year: WorkYear,
    calendar: WorkCalendar,
    *,
    in_force: date | None = None,
    levels_down: int = 0,
) -> Schedule:
    """What falls due for the periods of one work year.

    `in_force`: first day the document binds; nothing can fall due before it. `levels_down`: 0 for the level that
    set the rule, 1 for the one below it, and so on; only `lead` makes a difference there.
    Never raises on well-formed values. Due dates never run backwards from one period to the next.
    """
    done: list[Occurrence] = []
    left: list[LeftOut] = []
    for period in year.split(rule.every):
        found = _one(rule, period, calendar, in_force, levels_down)
        if isinstance(found, LeftOut):
            left.append(found)
        else:
            done.append(found)
    unknown = sorted({str(item.due.year) for item in done if not calendar.knows(item.due)})
    warnings = (
        (f"{'、'.join(unknown)}年的放假安排未录入，相关日期按周末推算，待通知公布后重算",) if unknown else ()
    )
    trace = Trace.of(
        METHOD,
        "履职事项排期",
        f"{len(done)}项",
        {"规则": rule.words(), "年度": year.label, "施行日期": in_force, "层级": levels_down},
        clause=rule.clause,
        children=tuple(item.trace for item in done)
        + tuple(Trace.of(f"{METHOD}.left_out", item.period.label, item.reason) for item in left),
    )
    return Schedule(tuple(done), tuple(left), warnings, trace)


def _one(
    rule: Recurrence, period: Period, calendar: WorkCalendar, in_force: date | None, levels_down: int
) -> Occurrence | LeftOut:
    is_first = in_force is not None and in_force in Period(period.year, Every.YEAR)
    if in_force is not None and period.end < in_force:
        return LeftOut(period, "本期在施行日期之前已经结束")
    if is_first and rule.first_year is FirstYear.SKIP:
        return LeftOut(period, "施行首年不报")
    raw = rule.due.raw(period, calendar, in_force)
    if raw is None:
        return LeftOut(period, "期限从施行日期起算，而施行日期未定")
    steps = [Trace.of(f"{METHOD}.raw", "规定日期", raw, {"期限": rule.due.words()})]
    due = rule.adjust.apply(raw, calendar)
    if rule.adjust is not Adjust.NONE:
        steps.append(Trace.of(f"{METHOD}.adjust", rule.adjust.label, due, {"规定日期": raw}))
    for level in range(1, levels_down + 1 if rule.lead else 1):
        due = _earlier(rule, due, calendar)
        steps.append(Trace.of(f"{METHOD}.lead", f"下{level}级提前", due))
    if is_first and in_force is not None and rule.grace is not None:
        earliest = rule.adjust.apply(rule.grace.from_day(in_force, calendar), calendar)
        if earliest > due:
            due = earliest
            steps.append(Trace.of(f"{METHOD}.first_year", "施行首年宽限", due, {"施行日期": in_force}))
    if in_force is not None and due < in_force:
        return LeftOut(period, f"按规则应于{due.isoformat()}前完成，早于施行日期")
    if rule.every is Every.ONCE and due not in Period(period.year, Every.YEAR):
        return LeftOut(period, f"应于{due.isoformat()}前完成，不在本年度")
    return Occurrence(period, due, Trace.of(f"{METHOD}.due", period.label, due, children=tuple(steps)))


def _earlier(rule: Recurrence, due: date, calendar: WorkCalendar) -> date:
    """One level down. On a day off it moves to the day before: moving on could pass the upper level's date."""
    led = rule.lead.from_day(due, calendar) if rule.lead else due
    return led if rule.adjust is Adjust.NONE else calendar.on_or_before(led)

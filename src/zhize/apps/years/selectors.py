"""Reads of years and the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from zhize.apps.years.models import CalendarDay, WorkYear
from zhize.core.duties.lights import Boundaries, boundaries
from zhize.core.kernel.workdays import WorkCalendar
from zhize.kit import memo
from zhize.kit.actor import Actor, here
from zhize.kit.rules import rule
from zhize.kit.scope import ScopedQuerySet


def calendar(years: tuple[int, int] | None = None) -> WorkCalendar:
    """The working-day calendar, of all recorded days or of the calendar years between the two given. One query."""
    days = CalendarDay.objects.system("the calendar is shared reference data")
    if years:
        days = days.filter(date__range=(date(years[0], 1, 1), date(years[1], 12, 31)))
    off: set[date] = set()
    working: set[date] = set()
    for day, is_working in days.values_list("date", "is_working"):
        (working if is_working else off).add(day)
    return WorkCalendar.of(off, working)


def days_after(day: date, working_days: int) -> date:
    """So many working days later, by the calendar. One query."""
    return calendar((day.year, day.year + 1)).add(day, working_days)


def bounds(today: date) -> Boundaries:
    """The two dates every light of a request is compared with; working days by the calendar, days by the rule `warn_days`
    of the jurisdiction that reads (`kit.actor.here`).

    Two queries a request at most, however many rows ask.
    """
    code = here()

    def work_out() -> Boundaries:
        warn_days = int(rule("years/lights", on=today, jurisdiction=code)["warn_days"])
        return boundaries(today, warn_days, calendar((today.year, today.year + 1)))

    return memo.once(("years.bounds", today, code), work_out)


def confirm_by(code: str, today: date) -> date:
    """The day by which an office owes its word on what was handed in today: so many working days after it (`confirm_days` of
    the rule `years/lights`, as the jurisdiction with this code has set it). One query."""
    days = int(rule("years/lights", on=today, jurisdiction=code)["confirm_days"])
    return days_after(today, days)


def years_visible(actor: Actor) -> ScopedQuerySet[WorkYear]:
    """The years of the acting jurisdiction, newest first."""
    return WorkYear.objects.visible_to(actor).order_by("-starts_on")


def _own(actor: Actor) -> list[WorkYear]:
    """The same, read once a request, however many parts of a page ask: an office has a few dozen at most."""
    return memo.once(
        ("years.own", actor.jurisdiction_id, actor.is_system),
        lambda: list(years_visible(actor).select_related("jurisdiction")),
    )


def year_by_pk(actor: Actor, pk: int) -> WorkYear | None:
    return next((year for year in _own(actor) if year.pk == pk), None)


def year_in_progress(actor: Actor, today: date) -> WorkYear | None:
    """The year people work in: the open one that holds today, else the latest open one, else the latest. One query."""
    return year_of_day(_own(actor), today)


def years_bearing(actor: Actor) -> list[WorkYear]:
    """The years of the acting jurisdiction and of those above it, which hand things down to it; newest first. One query."""
    own = actor.jurisdiction_id or 0
    rows = WorkYear.objects.system("what is handed down belongs to the year of who handed it down")
    near = Q(jurisdiction_id=own) | Q(jurisdiction__children=own) | Q(jurisdiction__children__children=own)
    return list(rows.filter(near).distinct().order_by("-starts_on", "pk"))


def year_of_day(years: Iterable[WorkYear], today: date) -> WorkYear | None:
    """The same choice among years already read, newest first."""
    rows = list(years)
    opened = [y for y in rows if y.state == WorkYear.State.OPEN]
    for year in opened:
        if year.starts_on <= today <= year.ends_on:
            return year
    return next(iter(opened or rows), None)


def calendar_days(actor: Actor) -> ScopedQuerySet[CalendarDay]:
    return CalendarDay.objects.visible_to(actor).order_by("date")

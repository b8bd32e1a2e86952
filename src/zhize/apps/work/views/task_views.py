"""One selection of the ledger seen another way: by unit, in a calendar, as steps over time."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhize.apps.regulations.selectors import bounds
from zhize.apps.work.models import Task
from zhize.apps.work.selectors import tasks as selectors
from zhize.apps.work.selectors.task_groups import groups_of
from zhize.apps.work.selectors.task_lights import task_light
from zhize.apps.work.specs.tasks import TASK
from zhize.apps.years.selectors import year_in_progress
from zhize.kit.clock import local_day
from zhize.kit.list_views import listing_for_file
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import page

MOST = 500  # rows a person can still take in; beyond, the page asks for a filter
WAYS = ("unit", "calendar", "steps")


@require_safe
@page
def views(request: HttpRequestWithActor) -> HttpResponse:
    """`view`: unit, calendar (with `month`) or steps; every condition of the ledger's list narrows it."""
    way = request.GET.get("view", "")
    way = way if way in WAYS else WAYS[0]
    today = local_day(request.now)
    listing = listing_for_file(request, TASK)
    rows, year = listing.filtered, year_in_progress(request.actor, today)
    if year is not None and "year" not in request.GET:
        rows = rows.filter(year=year)
    query = {key: str(value) for key, value in request.GET.items() if key not in ("view", "month")}
    context: dict[str, Any] = {
        "way": way,
        "tabs": _tabs(way, query),
        "chips": listing.filterset.chips(),
        "today": today,
    }
    if way == "unit":
        return render(request, "work/task_views.html", context | _by_unit(rows, today, query))
    month = _month(request.GET.get("month", ""), today)
    if way == "calendar":
        rows = rows.filter(due_on__gte=month, due_on__lte=_last(month))
    found = list(rows.order_by("due_on", "pk")[: MOST + 1])
    day = bounds(today)
    lit = [{"task": one, "light": task_light(one, day)} for one in found[:MOST]]
    context |= {"total": len(lit), "capped": len(found) > MOST, "most": MOST}
    if way == "calendar":
        context |= {"weeks": _weeks(lit, month), "month": month, "around": _around(month, query)}
    else:
        context |= _over_time(lit, year.starts_on if year else today, year.ends_on if year else today, today)
    return render(request, "work/task_views.html", context)


def _tabs(way: str, query: dict[str, str]) -> list[dict[str, Any]]:
    here = reverse("work:tasks_views")
    words = {"unit": _("按单位"), "calendar": _("日历"), "steps": _("进度图")}
    tabs = [{"label": _("台账"), "url": f"{reverse('work:tasks')}?{urlencode(query)}", "current": False}]
    tabs += [
        {"label": words[one], "url": f"{here}?{urlencode(query | {'view': one})}", "current": one == way}
        for one in WAYS
    ]
    return tabs


def _by_unit(rows: QuerySet[Task], today: date, query: dict[str, str]) -> dict[str, Any]:
    """A line for each lead unit, each a link to its tasks in the ledger."""
    here, groups = reverse("work:tasks"), groups_of(rows, today)
    lines = [
        {"group": one, "url": f"{here}?{urlencode(query | {'lead_unit': one.unit.code})}"} for one in groups
    ]
    return {"lines": lines, "total": sum(one.number for one in groups)}


def _month(text: str, today: date) -> date:
    """The first day of the month asked for (2012-06); this month where it cannot be read."""
    try:
        return date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return today.replace(day=1)


def _last(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _around(month: date, query: dict[str, str]) -> tuple[str, str]:
    """Addresses of the month before and after."""
    here = reverse("work:tasks_views")
    both = ((month - timedelta(days=1)).replace(day=1), _last(month) + timedelta(days=1))
    before, after = (
        f"{here}?{urlencode(query | {'view': 'calendar', 'month': f'{one:%Y-%m}'})}" for one in both
    )
    return before, after


def _weeks(lit: list[dict[str, Any]], month: date) -> list[list[dict[str, Any]]]:
    """Weeks from Monday; days of other months are empty."""
    by_day: dict[date, list[dict[str, Any]]] = {}
    for one in lit:
        by_day.setdefault(one["task"].due_on, []).append(one)
    return [
        [{"day": one, "inside": one.month == month.month, "rows": by_day.get(one, [])} for one in week]
        for week in calendar.Calendar().monthdatescalendar(month.year, month.month)
    ]


def _over_time(lit: list[dict[str, Any]], start: date, end: date, today: date) -> dict[str, Any]:
    """Each task as a bar from the day it was handed out to its date, on a scale of 0 to 1000 over the year."""
    days = max((end - start).days, 1)

    def at(day: date) -> int:
        return min(max((day - start).days * 1000 // days, 0), 1000)

    steps = selectors.steps_of_many([one["task"] for one in lit])
    bars = []
    for one in lit:
        task: Task = one["task"]
        begins = at(local_day(task.created_at))
        width = max((at(task.due_on) if task.due_on else 1000) - begins, 8)
        bars.append(
            one | {
                "x": begins, "width": width, "done": width * task.percent // 100,
                "steps": [(at(step.due_on), step) for step in steps.get(task.pk, [])],
            }
        )  # fmt: skip
    first = [
        date(start.year + (start.month - 1 + n) // 12, (start.month - 1 + n) % 12 + 1, 1) for n in range(12)
    ]
    return {"bars": bars, "months": [(at(one), one) for one in first], "now": at(today)}

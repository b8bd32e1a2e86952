"""The tasks a printed number counts, as a condition a link can carry: what is measured, of which year, over which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from zhize.apps.work.models import Task, TaskDigestFigure
from zhize.kit.scope import NOTHING

Measure = TaskDigestFigure.Measure
DECIDED = "conference."
"""A condition is written late.7.2012-01-01.2012-06-30 (measure, year, days), or conference.5 (what that one decided)."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The tasks of a year of a jurisdiction as of the end of `end`; `start` begins what counts as done lately."""

    jurisdiction_id: int
    year_id: int
    start: date
    end: date


def done_q(end: date) -> Q:
    """Closed, for work done by that day: a check that comes later makes nobody late."""
    return Q(state=Task.State.CLOSED) & (Q(done_on__isnull=True) | Q(done_on__lte=end))


def late_q(end: date) -> Q:
    """Due before that day, and by then neither done nor handed in; continuing tasks have no date to miss."""
    handed_in = Q(state=Task.State.ASKED) & Q(done_on__lte=end)
    return Q(due_on__lt=end) & ~Q(state=Task.State.CONTINUING) & ~done_q(end) & ~handed_in


def owed_q(year_id: int, end: date) -> Q:
    """Handed out by the end of that day; what is paused or cancelled is not owed and not counted."""
    after = timezone.make_aware(datetime.combine(end + timedelta(days=1), time.min))
    out = Q(state__in=(Task.State.SUSPENDED, Task.State.CANCELLED))
    return Q(year_id=year_id, created_at__lt=after) & ~out


def measure_q(measure: str, start: date, end: date) -> Q:
    """Which of the tasks owed a measure counts; every task is in exactly one of done, going, late and standing."""
    standing = Q(state=Task.State.CONTINUING)
    conditions = {
        Measure.TOTAL: Q(),
        Measure.FRESH: done_q(end) & Q(done_on__gte=start),
        Measure.DONE: done_q(end),
        Measure.LATE: late_q(end),
        Measure.STANDING: standing,
        Measure.GOING: ~done_q(end) & ~late_q(end) & ~standing,
    }
    return conditions[Measure(measure)]


def counted_url(measure: str, where: Stretch, **narrowed: str) -> str:
    """The list of exactly the tasks a number counts; `narrowed` are further filters (lead_unit, part)."""
    text = f"{measure}.{where.year_id}.{where.start}.{where.end}"
    return f"{reverse('work:tasks')}?{urlencode({'counted': text, **narrowed})}"


def decided_url(conference_id: int, tally: str) -> str:
    """The list of the tasks a conference's decisions became, of one tally."""
    return f"{reverse('work:tasks')}?{urlencode({'counted': f'{DECIDED}{conference_id}', 'tally': tally})}"


def counted_q(text: str) -> Q:
    """The condition written in a link; nothing where it cannot be read."""
    if (number := text.removeprefix(DECIDED)) != text:
        return (
            Q(source_kind="work.conference", source_id=int(number))
            if number.isdecimal() and len(number) < 18
            else NOTHING
        )
    read = _read(text)
    if read is None:
        return NOTHING
    measure, year_id, start, end = read
    return owed_q(year_id, end) & measure_q(measure, start, end)


def counted_words(text: str) -> str:
    """逾期未办结（2012-01-01 至 2012-06-30）."""
    if text.startswith(DECIDED):
        return _("一次会议的决定")
    read = _read(text)
    if read is None:
        return text
    measure, _year, start, end = read
    return _("%(measure)s（%(start)s 至 %(end)s）") % {
        "measure": Measure(measure).label,
        "start": start,
        "end": end,
    }


def _read(text: str) -> tuple[str, int, date, date] | None:
    try:
        measure, year, start, end = text.split(".")
        return Measure(measure).value, int(year), date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        return None

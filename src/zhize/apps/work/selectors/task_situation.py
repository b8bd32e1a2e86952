"""Tasks on the situation page and the leader's page: owed, done, overdue; by unit, by region; who is stuck and why."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhize.apps.regulations.selectors import bounds
from zhize.apps.regulations.selectors.situation import percent
from zhize.apps.work.models import Task
from zhize.apps.work.selectors.task_lights import TaskLight, TaskTally, light_case, task_light_q, task_tally_q
from zhize.apps.years.selectors import year_by_pk
from zhize.kit.actor import Actor
from zhize.kit.contributions import BRIEF_LINES, Brief, BriefLine, BriefQuestion, Figure, Situation
from zhize.kit.kept import kept
from zhize.kit.rules import rule
from zhize.kit.scope import ScopedQuerySet

HEADS = (gettext_lazy("应完成"), gettext_lazy("已办结"), gettext_lazy("逾期"), gettext_lazy("办结率"))
DONE = (TaskLight.DONE, TaskLight.DONE_LATE)
NOT_OWED = (TaskLight.WAIVED, TaskLight.CONTINUING)
SHOWN = (TaskLight.RETURNED, TaskLight.SOON, TaskLight.BEHIND, TaskLight.CLAIMED, TaskLight.CONTINUING)
WEEK = timedelta(days=7)
Lights = Counter[str]


def tasks_situation(actor: Actor, year_id: int, today: date) -> Situation:
    """Owed, done, overdue and the share done, by lead unit and by its region (of those without a unit here).

    Paused, cancelled and continuing tasks are not owed. One statement beside the year's and the day's boundaries.
    """
    year = year_by_pk(actor, year_id)
    if year is None:
        return Situation()
    day = bounds(today)
    rows = Task.objects.visible_to(actor).filter(year_id=year_id).annotate(light=light_case(day)).order_by()
    keys = ("lead_unit_id", "lead_unit__code", "lead_unit__region_id", "lead_unit__region__code", "light")
    units: dict[tuple[int, str], Lights] = {}
    regions: dict[tuple[int, str], Lights] = {}
    total: Lights = Counter()
    for unit, code, region, region_code, word, number in rows.values_list(*keys).annotate(n=Count("pk")):
        total[word] += number
        if region == actor.region_id:
            units.setdefault((unit, code), Counter())[word] += number
        else:
            regions.setdefault((region, region_code), Counter())[word] += number
    here: dict[str, object] = {"year": year.label}
    return Situation(
        totals=_totals(total, here) if total else (),
        by_unit={pk: _figures(lights, here | {"lead_unit": code}) for (pk, code), lights in units.items()},
        by_region={pk: _figures(lights, here | {"region": code}) for (pk, code), lights in regions.items()},
    )


def _address(query: dict[str, object]) -> str:
    return f"{reverse('work:tasks')}?{urlencode(query)}"


def _figures(lights: Lights, query: dict[str, object]) -> tuple[Figure, ...]:
    owed = sum(number for word, number in lights.items() if word not in NOT_OWED)
    done, late = sum(lights[one] for one in DONE), lights[TaskLight.OVERDUE]
    return (
        Figure(HEADS[0], str(owed), _address(query | {"tally": TaskTally.OWED})),
        Figure(HEADS[1], str(done), _address(query | {"tally": TaskTally.DONE})),
        Figure(
            HEADS[2], str(late), _address(query | {"light": TaskLight.OVERDUE}), "overdue" if late else ""
        ),
        Figure(
            HEADS[3],
            percent(done, owed),
            _address(query | {"tally": TaskTally.OWED}),
            level=done / owed if owed else None,
        ),
    )


def _totals(lights: Lights, query: dict[str, object]) -> tuple[Figure, ...]:
    """The share first, then the sums, then each light that asks for somebody's attention."""
    main = _figures(lights, query)
    others = (
        Figure(one.label, str(lights[one]), _address(query | {"light": one.value}), one.value)
        for one in SHOWN
        if lights[one]
    )
    return (main[3], main[0], main[1], main[2], *others)


def tasks_brief(actor: Actor, asked: BriefQuestion) -> Brief:
    """What was closed and fell late lately, and which overdue tasks are stuck and why; at most a minute old where there are
    many. Two statements beside the year's."""
    year = year_by_pk(actor, asked.year_id)
    if year is None:
        return Brief()
    rows = Task.objects.visible_to(actor).filter(year=year).order_by()
    if asked.region:
        rows = rows.filter(lead_unit__region__code=asked.region)
    elif asked.unit_ids:
        rows = rows.filter(lead_unit_id__in=asked.unit_ids)
    late = task_light_q(TaskLight.OVERDUE, bounds(asked.today))
    often = int(
        rule("work/attention", on=asked.today, jurisdiction=actor.jurisdiction_code)["leader_reminders"]
    )
    ids = "-".join(map(str, asked.unit_ids))
    key = f"work.tasks.brief:{year.pk}:{asked.since}:{ids}:{asked.region}"
    now = datetime.combine(asked.today, time())
    found, stuck = kept(
        key, actor, now, lambda: _lately(rows, late, asked, often), rows=lambda one: one[0]["all"]
    ).value
    base: dict[str, object] = {"year": year.label, **({"region": asked.region} if asked.region else {})}
    changed = (
        (
            found["chased"],
            _("督办 %(times)s 次以上仍未办结的任务 %(n)s 项"),
            base | {"tally": TaskTally.LEFT, "reminders_from": often},
        ),
        (
            found["done"],
            _("办结任务 %(n)s 项"),
            base | {"tally": TaskTally.DONE, "done_on_from": asked.since},
        ),
        (
            found["late"],
            _("新增逾期任务 %(n)s 项"),
            base | {"light": TaskLight.OVERDUE, "due_on_from": asked.since},
        ),
        (
            found["soon"],
            _("未来 7 天到期而尚未办结的任务 %(n)s 项"),
            base | {"tally": TaskTally.LEFT, "due_on_from": asked.today, "due_on_to": asked.today + WEEK},
        ),
    )
    return Brief(
        changed=tuple(
            BriefLine(words % {"n": n, "times": often}, _address(query)) for n, words, query in changed if n
        ),
        stuck=tuple(
            BriefLine(one.title, reverse("work:task", args=[one.pk]), one.lead_unit_id, one.due_on, _why(one))
            for one in stuck
        ),
    )


def _lately(
    rows: ScopedQuerySet[Task], late: Q, asked: BriefQuestion, often: int
) -> tuple[dict[str, int], list[Task]]:
    """The numbers of the week, and the tasks that are stuck. Two statements."""
    left = task_tally_q(TaskTally.LEFT)
    found = rows.aggregate(
        all=Count("pk"),
        done=Count("pk", filter=Q(state=Task.State.CLOSED, done_on__gte=asked.since)),
        late=Count("pk", filter=late & Q(due_on__gte=asked.since)),
        chased=Count("pk", filter=left & Q(reminders__gte=often)),
        soon=Count("pk", filter=left & Q(due_on__gte=asked.today, due_on__lte=asked.today + WEEK)),
    )
    return found, list(rows.filter(late).order_by("-reminders", "due_on", "pk")[:BRIEF_LINES])


def _why(task: Task) -> str:
    """What is known of why it is late: how often it was chased, and the last word of the unit."""
    chased = _("已督办 %(n)s 次") % {"n": task.reminders} if task.reminders else ""
    word = task.last_word or (_("尚未承办确认") if task.state == Task.State.ASSIGNED else _("没有报告进展"))
    return "；".join(part for part in (chased, word) if part)

"""The light of a task: the rule of obligations (`duties.lights`) over what each state of a task means; yellow too where
it is behind its steps (`tasks.curve`), as stored."""

from __future__ import annotations

from django.db import models
from django.db.models import Case, CharField, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from zhize.apps.work.models import Task
from zhize.core.duties.lights import Boundaries, light_within
from zhize.core.duties.states import Progress
from zhize.core.workflow.task import PROGRESS
from zhize.kit.scope import NOTHING


class TaskLight(models.TextChoices):
    """What a person sees: the value names shape and colour in the design system."""

    OVERDUE = "overdue", _("逾期")
    RETURNED = "returned", _("已退回")
    SOON = "soon", _("临期")
    BEHIND = "behind", _("进度滞后")
    CLAIMED = "claimed", _("待核查")
    NOT_DUE = "not_due", _("未到期")
    DONE = "done", _("已办结")
    DONE_LATE = "done_late", _("逾期办结")
    CONTINUING = "standing", _("持续推进")
    WAIVED = "waived", _("暂停或取消")


class TaskTally(models.TextChoices):
    """What sums count, each whatever its light: paused, cancelled and continuing tasks are not owed by a date."""

    OWED = "owed", _("应完成")
    DONE = "done", _("已办结")
    LEFT = "left", _("未办结")


# The core names a light by its Chinese word; tasks have words of their own for some.
_BY_WORD = {
    "逾期": TaskLight.OVERDUE,
    "已退回": TaskLight.RETURNED,
    "临期": TaskLight.SOON,
    "已报待确认": TaskLight.CLAIMED,
    "未到期": TaskLight.NOT_DUE,
    "已落实": TaskLight.DONE,
    "逾期落实": TaskLight.DONE_LATE,
    "常态": TaskLight.CONTINUING,
    "免办": TaskLight.WAIVED,
}
_OPEN = [state for state, progress in PROGRESS.items() if progress is Progress.OPEN]
_WAITING = [*_OPEN, Task.State.RETURNED.value]
_WAIVED = [state for state, progress in PROGRESS.items() if progress is Progress.WAIVED]
UNSETTLED = [*_WAITING, Task.State.ASKED.value]
"""Still owed, or handed in and not yet checked."""


def task_light(task: Task, day: Boundaries) -> TaskLight:
    """The light of a row already read: no query."""
    light = _BY_WORD[light_within(PROGRESS[task.state], task.due_on, task.done_on, day).word]
    return TaskLight.BEHIND if light is TaskLight.NOT_DUE and task.behind else light


def task_light_q(light: str, day: Boundaries) -> Q:
    """The SQL condition of one light; holds exactly where `task_light` gives it (a property test compares them)."""
    late = Q(due_on__lt=day.today)
    in_time = Q(due_on__isnull=True) | Q(due_on__gte=day.today)
    after_due = Q(due_on__isnull=False, done_on__isnull=False, done_on__gt=F("due_on"))
    by_due = Q(due_on__isnull=True) | Q(done_on__isnull=True) | Q(done_on__lte=F("due_on"))
    ahead = Q(state__in=_OPEN) & (Q(due_on__isnull=True) | Q(due_on__gt=day.warn_until))
    conditions = {
        TaskLight.OVERDUE: Q(state__in=_WAITING) & late,
        TaskLight.RETURNED: Q(state=Task.State.RETURNED) & in_time,
        TaskLight.SOON: Q(state__in=_OPEN, due_on__gte=day.today, due_on__lte=day.warn_until),
        TaskLight.NOT_DUE: ahead & Q(behind=False),
        TaskLight.BEHIND: ahead & Q(behind=True),
        TaskLight.CLAIMED: Q(state=Task.State.ASKED),
        TaskLight.DONE: Q(state=Task.State.CLOSED) & by_due,
        TaskLight.DONE_LATE: Q(state=Task.State.CLOSED) & after_due,
        TaskLight.CONTINUING: Q(state=Task.State.CONTINUING),
        TaskLight.WAIVED: Q(state__in=_WAIVED),
    }
    return conditions[TaskLight(light)] if light in TaskLight.values else NOTHING


def light_case(day: Boundaries) -> Case:
    """The light as a column of the database."""
    return Case(
        *(When(task_light_q(one.value, day), then=Value(one.value)) for one in TaskLight),
        default=Value(""),
        output_field=CharField(),
    )


def task_tally_q(tally: str) -> Q:
    """The SQL condition of one sum."""
    not_owed = Q(state__in=[*_WAIVED, Task.State.CONTINUING.value])
    conditions = {
        TaskTally.OWED: ~not_owed,
        TaskTally.DONE: Q(state=Task.State.CLOSED),
        TaskTally.LEFT: ~not_owed & ~Q(state=Task.State.CLOSED),
    }
    return conditions[TaskTally(tally)] if tally in TaskTally.values else NOTHING

"""Numbers of tasks: measures for metric cards, each with the rows it counts. One statement a measure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from zhize.apps.work.models import Task
from zhize.core.kernel.rounding import share
from zhize.kit.measures import By, Measure, Measured, Where

COUNTED = "a measure counts a whole jurisdiction"
CLOSED = Q(state=Task.State.CLOSED)
IN_TIME = CLOSED & (Q(due_on__isnull=True) | Q(done_on__lte=F("due_on")))
# Neither owed nor done: not counted either way.
LEFT_OUT = (Task.State.CANCELLED, Task.State.SUSPENDED, Task.State.CONTINUING)
EVERY = frozenset(By)
_KEYS = {
    By.UNIT: ("lead_unit_id", "lead_unit__code"),
    By.REGION: ("lead_unit__region_id", "lead_unit__region__code"),
}
_FILTERS = {By.UNIT: "lead_unit", By.REGION: "region"}


def _due(where: Where) -> Any:
    """What fell due within the days."""
    rows = Task.objects.system(COUNTED).filter(jurisdiction_id=where.jurisdiction_id)
    return rows.filter(due_on__gte=where.start, due_on__lte=where.end).exclude(state__in=LEFT_OUT)


def _url(where: Where, by: By, code: str, **more: str) -> str:
    query = {"year": "", "due_on_from": where.start.isoformat(), "due_on_to": where.end.isoformat(), **more}
    if by in _FILTERS:
        query[_FILTERS[by]] = code
    return f"{reverse('work:tasks')}?{urlencode(query)}"


def _grouped(where: Where, by: By, top: Q) -> Mapping[int, tuple[str, int, int]]:
    """key → (code, how many fulfil `top`, how many there are)."""
    rows = _due(where)
    if by is By.JURISDICTION:
        found = rows.aggregate(top=Count("pk", filter=top), all=Count("pk"))
        return {0: ("", found["top"], found["all"])}
    key, code = _KEYS[by]
    if where.ids:
        rows = rows.filter(**{f"{key}__in": where.ids})
    grouped = rows.order_by().values_list(key, code).annotate(top=Count("pk", filter=top), all=Count("pk"))
    return {pk: (text, n, total) for pk, text, n, total in grouped}


def _share(top: Q) -> Callable[[Where, By], Mapping[int, Measured]]:
    """Percent of the tasks that fell due, unrounded; None where none did."""

    def load(where: Where, by: By) -> Mapping[int, Measured]:
        return {
            key: Measured(share(n * 100, total), n, total, _url(where, by, code))
            for key, (code, n, total) in _grouped(where, by, top).items()
        }

    return load


def _number(where: Where, by: By) -> Mapping[int, Measured]:
    """How many fell due."""
    return {
        key: Measured(Decimal(total), total, None, _url(where, by, code))
        for key, (code, _n, total) in _grouped(where, by, CLOSED).items()
    }


NOTE = _("按完成期限落在期间内的任务计；暂停、取消和持续推进的不计。分母为应完成数")
MEASURES = (
    Measure("work.tasks.done_rate", _("任务办结率"), "%", EVERY, _share(CLOSED), 2, NOTE),
    Measure("work.tasks.on_time_rate", _("任务按期办结率"), "%", EVERY, _share(IN_TIME), 2, NOTE),
    Measure("work.tasks.due", _("应完成任务数"), _("项"), EVERY, _number, 0, NOTE),
)

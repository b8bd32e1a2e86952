"""Tasks a person has in charge by name (责任人)."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from zhize.apps.orgs.models import Post, of_unit
from zhize.apps.orgs.selectors import current
from zhize.apps.work.models import Task
from zhize.kit.contributions import Found
from zhize.kit.scope import ScopedQuerySet

ENDED = (Task.State.CLOSED, Task.State.CANCELLED)


def in_charge_of(name: str, user_id: int, unit_id: int, today: date) -> ScopedQuerySet[Task]:
    """Not ended, led by the unit or by one it answers for, with this name as 责任人; none where a colleague in the unit bears
    the same name, since nobody could say whose they are. One statement more than what is read of it."""
    rows: ScopedQuerySet[Task] = Task.objects.system("what a person who leaves has in charge")
    others = Post.objects.system("people of the same name").filter(
        current(today), unit_id=unit_id, user__name=name
    )
    if not name or others.exclude(user_id=user_id).exists():
        return rows.none()
    return rows.filter(of_unit(unit_id, "lead_unit"), person=name).exclude(state__in=ENDED)


def tasks_held(name: str, user_id: int, unit_id: int, today: date) -> list[Found]:
    """For the page of a hand-over; a sub-task says so."""
    rows = in_charge_of(name, user_id, unit_id, today).order_by("due_on", "pk")
    return [
        Found(f"{code} {title}", _("子任务") if kind == "work.task" else "", reverse("work:task", args=[pk]))
        for pk, code, title, kind in rows.values_list("pk", "code", "title", "source_kind")
    ]

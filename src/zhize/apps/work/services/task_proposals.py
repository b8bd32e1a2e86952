"""What the ladder leaves to a person: to-dos of the office, as long as there is something to decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from zhize.apps.orgs.models import Jurisdiction, Todo
from zhize.apps.orgs.services.todos import NewTodo, todo_close, todo_open
from zhize.apps.work.models import Task
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.selectors.by_rule import KIND, proposed_of
from zhize.core.workflow.ladder import Rung
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.things import ThingRef

TODO_PROPOSED, TODO_PROPOSED_SIGNED = "task.proposed", "task.proposed_signed"


@transaction.atomic
def proposals_follow(jurisdiction: Jurisdiction, actor: Actor, now: datetime) -> None:
    """One to-do for what any hand of the office may decide, one for what the signed steps leave to a role of their own."""
    found = proposed_of(jurisdiction.pk, jurisdiction.code, now)
    every = [rung for _task, rung in found if set(policies.OFFICE) <= set(rung.roles)]
    apart = [rung for _task, rung in found if not set(policies.OFFICE) <= set(rung.roles)]
    _ask(jurisdiction, TODO_PROPOSED, "", every, actor, now)
    _ask(jurisdiction, TODO_PROPOSED_SIGNED, apart[0].roles[0] if apart else "", apart, actor, now)


def _ask(
    jurisdiction: Jurisdiction, kind: str, role: str, rungs: Sequence[Rung], actor: Actor, now: datetime
) -> None:
    ref = ThingRef(KIND, jurisdiction.pk)
    office = jurisdiction.office_unit_id
    if not rungs or office is None:
        todo_close(ref=ref, actor=actor, now=now, kind=kind)
        return
    names = "、".join(dict.fromkeys(rung.name for rung in rungs))
    title = f"按督办办法有任务应当{names}，请决定"
    todo_open(todo=NewTodo(jurisdiction.pk, office, kind, ref, title, local_day(now), audience=role), now=now)


def proposals_settle(tasks: Sequence[Task], actor: Actor, now: datetime) -> None:
    """A step was taken: the to-dos of these jurisdictions are looked at again. One statement where none is open."""
    ids = {task.jurisdiction_id: task.jurisdiction for task in tasks}
    rows = Todo.objects.system("what the office was asked to decide").filter(
        ref_kind=KIND, ref_id__in=list(ids), done_at__isnull=True
    )
    for pk in rows.order_by().values_list("ref_id", flat=True).distinct():
        proposals_follow(ids[pk], actor, now)

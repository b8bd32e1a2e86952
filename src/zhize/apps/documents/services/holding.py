"""交承办: a paper that came in given to units, what the app of tasks made of it, how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from zhize.apps.documents.events import IncomingAssigned
from zhize.apps.documents.log_types import (
    INCOMING_ASSIGNED,
    INCOMING_RESULT,
    INCOMING_TASKED,
)
from zhize.apps.documents.models import Incoming, IncomingHolder
from zhize.apps.documents.selectors import INCOMING
from zhize.apps.documents.services.common import checked
from zhize.apps.documents.services.incoming import (
    TODO_ANSWER,
    incoming_demand,
    incoming_log,
    incoming_save,
    incoming_step,
)
from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.services.todos import NewTodo, todo_open
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput
from zhize.kit.events import emit
from zhize.kit.things import ThingRef


@transaction.atomic
def incoming_assign(
    *,
    incoming: Incoming,
    unit_ids: Sequence[int],
    due_on: date | None,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> Incoming:
    """交承办: each unit becomes a holder and, by `IncomingAssigned`, has a task of its own; more units may follow."""
    current, before = incoming_step(incoming, "assign", version, actor, {"unit_ids": list(unit_ids)})
    known = IncomingHolder.objects.system("units already holding it").filter(incoming=current)
    already = set(known.values_list("unit_id", flat=True))
    units = Unit.objects.system("official order of the holders").filter(pk__in=set(unit_ids) - already)
    found = list(units.order_by("region__order", "order", "code"))
    if not found:
        raise BadInput("没有新的承办单位", where="承办单位", remedy="请选择承办单位；已交办的单位不必重复")
    if due_on and due_on < local_day(now):
        raise BadInput(f"办结期限 {due_on} 已经过去", where="办结期限", remedy="请改定期限")
    for unit in found:
        holder = IncomingHolder(incoming=current, unit=unit, due_on=due_on or current.due_on)
        checked(holder, "承办")
        holder.save()
        emit(IncomingAssigned(holder, actor, now))
    incoming_save(current)
    incoming_log(INCOMING_ASSIGNED, current, actor, now, before=before, units=[unit.pk for unit in found])
    return current


@transaction.atomic
def incoming_tasked(*, holder: IncomingHolder, ref: ThingRef, actor: Actor, now: datetime) -> None:
    """Notes what the app of tasks made of it. Called by its handler inside the transaction of the assignment."""
    incoming_demand(actor, holder.incoming.jurisdiction_id)
    holder.ref = str(ref)
    holder.save(update_fields=["ref"])
    incoming_log(INCOMING_TASKED, holder.incoming, actor, now, note=str(ref))


@transaction.atomic
def incoming_result(*, ref: ThingRef, result: str, actor: Actor, now: datetime) -> None:
    """The task `ref` was closed: its holder has finished. With the last one the office is asked to answer (回呈).

    Called by the handler of the task's closing: the policy was that of closing. A task of anything else is passed over.
    """
    rows = IncomingHolder.objects.system("the holder whose task was closed").filter(
        ref=str(ref), done_on=None
    )
    holder = rows.select_related("incoming__jurisdiction").first()
    if holder is None:
        return
    holder.done_on, holder.result = local_day(now), result.strip()[:500]
    holder.save(update_fields=["done_on", "result"])
    incoming = holder.incoming
    left = IncomingHolder.objects.system("who has not finished").filter(incoming=incoming, done_on=None)
    office = incoming.jurisdiction.office_unit_id
    if office and not left.exists():
        todo = NewTodo(
            incoming.jurisdiction_id,
            office,
            TODO_ANSWER,
            ThingRef(INCOMING, incoming.pk),
            f"回呈：{incoming.title}",
            due_on=incoming.due_on,
        )
        todo_open(todo=todo, now=now)
    incoming_log(INCOMING_RESULT, incoming, actor, now, note=f"{ref}：{holder.result}"[:200])

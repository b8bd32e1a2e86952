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
    lead_id: int | None = None,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> Incoming:
    """交承办: each unit becomes a holder and, by `IncomingAssigned`, has a task of its own; more units may follow.

    With `lead_id` there is one task: that unit leads it, the others support it and finish with it.
    """
    current, before = incoming_step(incoming, "assign", version, actor, {"unit_ids": list(unit_ids)})
    known = IncomingHolder.objects.system("units already holding it").filter(incoming=current)
    already = set(known.values_list("unit_id", flat=True))
    units = Unit.objects.system("official order of the holders").filter(
        pk__in={*unit_ids, *([lead_id] if lead_id else [])} - already
    )
    found = list(units.order_by("region__order", "order", "code"))
    if not found:
        raise BadInput("没有新的承办单位", where="承办单位", remedy="请选择承办单位；已交办的单位不必重复")
    if due_on and due_on < local_day(now):
        raise BadInput(f"办结期限 {due_on} 已经过去", where="办结期限", remedy="请改定期限")
    if lead_id and lead_id not in {unit.pk for unit in found}:
        raise BadInput(
            "牵头单位已经承办过这件来文", where="牵头单位", remedy="请另选牵头单位，或改为分别承办"
        )
    by = due_on or current.due_on
    supports = [unit for unit in found if lead_id and unit.pk != lead_id]
    for unit in found:
        if unit not in supports:
            holder = _held(IncomingHolder(incoming=current, unit=unit, due_on=by))
            emit(IncomingAssigned(holder, actor, now, tuple(one.pk for one in supports)))
    for unit in supports:
        _held(IncomingHolder(incoming=current, unit=unit, due_on=by, supports=True, ref=holder.ref))
    incoming_save(current)
    incoming_log(INCOMING_ASSIGNED, current, actor, now, before=before, units=[unit.pk for unit in found])
    return current


def _held(holder: IncomingHolder) -> IncomingHolder:
    checked(holder, "承办")
    holder.save()
    return holder


@transaction.atomic
def incoming_tasked(*, holder: IncomingHolder, ref: ThingRef, actor: Actor, now: datetime) -> None:
    """Notes what the app of tasks made of it. Called by its handler inside the transaction of the assignment."""
    incoming_demand(actor, holder.incoming.jurisdiction_id)
    holder.ref = str(ref)
    holder.save(update_fields=["ref"])
    incoming_log(INCOMING_TASKED, holder.incoming, actor, now, note=str(ref))


@transaction.atomic
def incoming_result(*, ref: ThingRef, result: str, actor: Actor, now: datetime) -> None:
    """The task `ref` was closed: who holds and who supports it has finished. With the last one the office is asked to
    answer (回呈).

    Called by the handler of the task's closing: the policy was that of closing. A task of anything else is passed over.
    """
    rows = IncomingHolder.objects.system("the holder whose task was closed").filter(
        ref=str(ref), done_on=None
    )
    holder = rows.select_related("incoming__jurisdiction").order_by("supports", "pk").first()
    if holder is None:
        return
    holder.done_on, holder.result = local_day(now), result.strip()[:500]
    holder.save(update_fields=["done_on", "result"])
    rows.update(done_on=holder.done_on)
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


@transaction.atomic
def incoming_reheld(*, ref: ThingRef, unit: Unit, actor: Actor, now: datetime) -> None:
    """The task `ref` went to another lead unit, which holds the paper from now on; if it supported, it leads instead.

    Called by the handler of the change: the policy was that of changing. A task of anything else is passed over.
    """
    rows = IncomingHolder.objects.system("the task changed hands").filter(ref=str(ref))
    holder = rows.select_related("incoming__jurisdiction").filter(supports=False).first()
    if holder is None:
        return
    others = IncomingHolder.objects.system("who holds the paper already").filter(incoming=holder.incoming)
    if others.filter(unit=unit).exclude(ref=str(ref)).exists():
        return  # it has a task of its own from this paper; the link on the holder still leads to this one
    rows.filter(unit=unit).delete()
    old = holder.unit.name
    holder.unit = unit
    holder.save(update_fields=["unit"])
    incoming_log(INCOMING_TASKED, holder.incoming, actor, now, note=f"{ref}：{old}改为{unit.name}")

"""到期提醒: each morning the units that keep a register are told what falls due; what has been seen to is taken off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Min

from zhize.apps.orgs.models import Todo
from zhize.apps.orgs.services.todos import NewTodo, todos_close, todos_open, todos_reassign
from zhize.apps.registers import log_types
from zhize.apps.registers.models import Record, record_types
from zhize.apps.registers.selectors import due_q
from zhize.kit.actor import Actor, system_actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.things import ThingRef

TODO = "registers.due"


@dataclass(frozen=True, slots=True)
class _Due:
    """What is due in one register of one unit."""

    jurisdiction_id: int
    jurisdiction_code: str
    unit_id: int
    code: str
    n: int
    first: date

    @property
    def ref(self) -> ThingRef:
        return ThingRef(f"{TODO}.{self.code}", self.unit_id)


@transaction.atomic
def due_remind(*, actor: Actor, now: datetime) -> int:
    """Opens a to-do for each unit and register with anything due soon or expired, closes those with nothing left.

    Gives how many were opened. A to-do already open keeps its words and gets the present earliest date. One entry in the
    chain of each jurisdiction where one was opened.
    """
    titles = {one.code: one.title for one in record_types(local_day(now))}
    due = _due(local_day(now))
    rows = Todo.objects.system("which reminders are open").filter(kind=TODO, done_at__isnull=True)
    opened = {ThingRef(kind, pk) for kind, pk in rows.values_list("ref_kind", "ref_id")}
    wanted = {one.ref: one for one in due}
    todos_close(refs=opened - set(wanted), actor=actor, now=now, kind=TODO)
    for ref in opened & set(wanted):
        todos_reassign(refs=[ref], due_on=wanted[ref].first, kind=TODO)
    new = [one for one in due if one.ref not in opened]
    todos_open(todos=[_todo(one, titles[one.code]) for one in new], now=now)
    for code in dict.fromkeys(one.jurisdiction_code for one in new):
        told = {f"{one.unit_id}:{one.code}": one.n for one in new if one.jurisdiction_code == code}
        record(log_types.DUE_REMINDED, actor=actor, thing=None, now=now, after=told, jurisdiction_code=code)
    return len(new)


def remind_each_day(now: datetime) -> None:
    """What the beat runs."""
    due_remind(actor=system_actor("台账到期提醒"), now=now)


def _due(today: date) -> list[_Due]:
    types = record_types(today)
    rows = Record.objects.system("what falls due, for whoever keeps it").filter(due_q(types, today))
    groups = rows.order_by().values("jurisdiction_id", "jurisdiction__code", "keeper_id", "type")
    return [
        _Due(
            one["jurisdiction_id"],
            one["jurisdiction__code"],
            one["keeper_id"],
            one["type"],
            one["n"],
            one["first"],
        )
        for one in groups.annotate(n=Count("pk"), first=Min("due_on"))
    ]


def _todo(one: _Due, title: str) -> NewTodo:
    return NewTodo(
        jurisdiction_id=one.jurisdiction_id,
        unit_id=one.unit_id,
        kind=TODO,
        ref=one.ref,
        title=f"{title}有即将到期或已过期的，请查看并提醒",
        due_on=one.first,
    )

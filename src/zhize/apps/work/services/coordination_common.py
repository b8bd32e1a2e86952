"""What every write of a matter shares: lock, step by the table, story, to-dos, words, the log."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q

from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.services.saving import checked
from zhize.apps.orgs.services.todos import NewTodo, notice_send_to_units, todo_close, todo_open
from zhize.apps.work.models import Matter, MatterStep
from zhize.apps.work.policies.tasks import UNIT
from zhize.apps.work.selectors.coordination import KIND
from zhize.core.workflow.coordination import TABLE
from zhize.core.workflow.table import next_state
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record
from zhize.kit.errors import BadInput
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

TODO_TAKE = "matter.take"
TODO_HANDLE = "matter.handle"
TODO_INSTRUCT = "matter.instruct"
TODO_REPLY = "matter.reply"
TODO_RETURNED = "matter.returned"
TODO_CONFIRM = "matter.confirm"
RELATIONS = ("jurisdiction", "year", "unit")
LOGGED = ["state", "title", "problem", "tried", "wanted", "wanted_of", "due_on", "answer", "answered_on"]


def ref_of(matter: Matter) -> ThingRef:
    return ThingRef(KIND, matter.pk)


def locked(matter: Matter, version: int | None, **mine: Any) -> Matter:
    """The matter locked for this write, its version compared. A matter may outlive its year: an open one is still handled."""
    rows = Matter.objects.system("locked for a write").select_for_update(of=("self",))
    current: Matter = rows.select_related("jurisdiction", "year", "unit").get(pk=matter.pk)
    check_version(current, version, mine=mine)
    return current


def said(words: str, where: str, remedy: str, why: str = "") -> str:
    """The words without blanks at the ends; BadInput where there are none."""
    if not words.strip():
        raise BadInput(f"没有填写{where}", where=where, why=why, remedy=remedy)
    return words.strip()


def moved(matter: Matter, action: str) -> None:
    """Takes the matter along its table; NoSuchStep in words where the state does not admit it."""
    matter.state = next_state(TABLE, matter.state, action).next_state


def save(matter: Matter) -> None:
    matter.version += 1
    checked(matter, exclude=RELATIONS)
    matter.save()


def tell_step(matter: Matter, what: str, words: str, actor: Actor, now: datetime, *, by: str = "") -> None:
    """One line of the story; `by` where it is entered for somebody else."""
    step = MatterStep(matter=matter, what=what, words=words, at=now, by=by or actor.by)
    checked(step, exclude=("matter",))
    step.save()


def desk_of(unit: Unit) -> int:
    return unit.answers_through_id or unit.pk


def tell_unit(matter: Matter, unit: Unit, text: str, now: datetime) -> None:
    """A message to the people of a unit."""
    notice_send_to_units(texts={desk_of(unit): text}, roles=UNIT, ref=ref_of(matter), now=now)


def await_unit(
    matter: Matter, kind: str, title: str, unit_id: int, now: datetime, due_on: date | None, role: str = ""
) -> None:
    todo = NewTodo(
        jurisdiction_id=matter.jurisdiction_id, unit_id=unit_id, kind=kind, ref=ref_of(matter), title=title,
        due_on=due_on, audience=role,
    )  # fmt: skip
    todo_open(todo=todo, now=now)


def await_office(matter: Matter, kind: str, title: str, now: datetime) -> None:
    """The office's turn, by the day the unit needs an answer."""
    if office := matter.jurisdiction.office_unit_id:
        await_unit(matter, kind, title, office, now, matter.due_on)


def await_leader(matter: Matter, title: str, now: datetime) -> None:
    """The leaders of the group are told by to-do, and the office, which enters what was written on the paper."""
    await_office(matter, TODO_INSTRUCT, title, now)
    if group := matter.jurisdiction.group_unit_id:
        await_unit(matter, TODO_INSTRUCT, title, group, now, matter.due_on, "leader")


def settle_todos(
    matter: Matter, actor: Actor, now: datetime, kind: str = "", unit_id: int | None = None
) -> None:
    todo_close(ref=ref_of(matter), kind=kind, unit_id=unit_id, actor=actor, now=now)


def units_found(ids: list[int]) -> list[Unit]:
    """The units by id, in official order; BadInput names what is not there. One statement."""
    rows = Unit.objects.system("whom the office asks").filter(Q(pk__in=ids)).order_by("order", "code")
    units = list(rows)
    if not units:
        raise BadInput("没有选择有关单位", where="有关单位", remedy="请选择至少一个单位")
    if missing := set(ids) - {unit.pk for unit in units}:
        raise BadInput("有关单位不在单位名录中", where=f"编号 {min(missing)}", remedy="请重新选择")
    return units


def log(
    what: LogType, matter: Matter, actor: Actor, now: datetime, before: dict[str, Any] | None, note: str = ""
) -> None:
    """One entry in the chain of the matter's jurisdiction."""
    record(
        what,
        actor=actor,
        thing=ref_of(matter),
        now=now,
        before=before,
        after=snapshot(matter, LOGGED),
        note=note[:500],
        jurisdiction_code=matter.jurisdiction.code,
    )

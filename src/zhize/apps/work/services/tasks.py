"""Handing tasks out: one by hand, many from a plan or a conference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.orgs.services.saving import checked
from zhize.apps.regulations.models import Duty
from zhize.apps.work.log_types import tasks as log_types
from zhize.apps.work.models import Task
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.services.task_common import KIND, RELATIONS, roll_up
from zhize.apps.work.services.task_links import link_new
from zhize.apps.work.services.task_part import parts_from_duties
from zhize.apps.work.services.task_target import TARGET_FIELDS, target_settle
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.rowfile import rowfile_store
from zhize.kit.things import ThingRef
from zhize.kit.versioned import snapshot


@dataclass(frozen=True, slots=True)
class NewTask:
    """What is handed out. `source` is one of `Task.Source`; `ref` the thing it comes from (a plan item, a resolution);
    `basis` says the same in words (a document number, the text of an instruction). Without `code` one is given; without
    `part` it is the one the cards of its duties agree on."""

    title: str
    lead_unit_id: int
    due_on: date | None = None
    goal: str = ""
    measure: str = ""
    target: str = ""
    target_kind: str = ""
    target_value: Decimal | None = None
    target_unit: str = ""
    base_value: Decimal | None = None
    source: str = Task.Source.HAND
    ref: ThingRef | None = None
    basis: str = ""
    support_unit_ids: Sequence[int] = ()
    duty_ids: Sequence[int] = ()
    code: str = ""
    person: str = ""
    weight: int = 1
    checker_id: int | None = None
    part: str = ""


@transaction.atomic
def task_create(
    *, task: NewTask, jurisdiction: Jurisdiction, year: WorkYear, actor: Actor, now: datetime
) -> Task:
    """Hands out one task: the lead unit gets a to-do 承办确认, supporting units a message. One that carries a task from
    above is a part of it: refused where that is handed in or ended, or ends sooner."""
    _demand_office(actor, jurisdiction)
    whole = _whole(task)
    made = _make([task], jurisdiction, year, now)[0]
    if whole:
        roll_up(whole.pk)
    record(
        log_types.CREATED,
        actor=actor,
        thing=ThingRef(KIND, made.pk),
        now=now,
        after={**snapshot(made), "duties": list(task.duty_ids)},
        jurisdiction_code=jurisdiction.code,
    )
    return made


@transaction.atomic
def tasks_create(
    *, tasks: Sequence[NewTask], jurisdiction: Jurisdiction, year: WorkYear, actor: Actor, now: datetime
) -> list[Task]:
    """Hands out many at once, in the order given; one entry with the row file. Statements do not grow with the tasks."""
    if not tasks:
        return []
    _demand_office(actor, jurisdiction)
    made = _make(tasks, jurisdiction, year, now)
    digest = rowfile_store({"id": t.pk, **snapshot(t)} for t in made)
    record(
        log_types.MANY_CREATED,
        actor=actor,
        thing=None,
        now=now,
        after={"tasks": len(made), "year": year.label},
        note=f"{made[0].code} 至 {made[-1].code}",
        rows_digest=digest,
        jurisdiction_code=jurisdiction.code,
    )
    return made


def hand_out_part(*, part: NewTask, whole: Task, checker_id: int | None, actor: Actor, now: datetime) -> Task:
    """A part of a task of the same jurisdiction and year; who may is asked by `task_divide`, which writes the entry."""
    new = replace(
        part, source=Task.Source.HAND, ref=ThingRef(KIND, whole.pk), checker_id=checker_id, part=whole.part
    )
    _whole(new)
    (made,) = _make([new], whole.jurisdiction, whole.year, now)
    roll_up(whole.pk)
    return made


def _whole(new: NewTask) -> Task | None:
    """The task this is a part of, locked; None where it is none."""
    if new.ref is None or new.ref.kind != KIND:
        return None
    rows = Task.objects.system("the whole of a part").select_for_update(of=("self",))
    whole: Task = rows.get(pk=new.ref.id)
    if whole.state in (Task.State.ASKED, Task.State.CLOSED, Task.State.CANCELLED, Task.State.SUSPENDED):
        raise StateConflict(
            f"{whole.get_state_display()}的任务不能再分解", where=whole.title, remedy="请与交办的办公室联系"
        )
    if not 1 <= new.weight <= 100:
        raise BadInput(f"权重 {new.weight} 不合适", where="权重", remedy="请填 1 至 100 的整数")
    if new.due_on and whole.due_on and new.due_on > whole.due_on:
        raise BadInput(
            f"子任务的期限 {new.due_on} 晚于整项任务的期限 {whole.due_on}",
            where="完成期限",
            remedy=f"请填 {whole.due_on} 或更早的日期",
        )
    return whole


def _demand_office(actor: Actor, jurisdiction: Jurisdiction) -> None:
    if not (actor.is_system or (policies.may_hand_out(actor) and jurisdiction.pk == actor.jurisdiction_id)):
        raise NotAllowed("只有本辖区办公室可以交办任务", remedy="请切换到办公室的身份")


def _make(tasks: Sequence[NewTask], jurisdiction: Jurisdiction, year: WorkYear, now: datetime) -> list[Task]:
    locked_year, units = year_locked(year), _units(tasks)
    _duties(tasks, jurisdiction)
    tasks = parts_from_duties(tasks)
    codes = Codes(locked_year)
    rows = [_row(new, codes, jurisdiction, locked_year, units, now) for new in tasks]
    for row in rows:
        checked(row, exclude=RELATIONS)
    refuse_taken(locked_year, [row.code for row in rows])
    Task.objects.bulk_create(rows, batch_size=500)
    link_new(tasks, rows, units, now)
    return rows


def year_locked(year: WorkYear) -> WorkYear:
    """The year, locked so that codes are given one after the other; refuses a closed one."""
    current = WorkYear.objects.system("codes are given in order").select_for_update().get(pk=year.pk)
    if current.state == WorkYear.State.CLOSED:
        raise StateConflict(f"{current.label}已关账，不能再交办任务", remedy="请选择进行中的年度")
    return current


class Codes:
    """Codes of a year's tasks: 2012-001, 2012-002 …; the year must be locked."""

    def __init__(self, year: WorkYear) -> None:
        self.prefix = f"{year.starts_on.year}-"
        tasks = Task.objects.system("the last code of the year").filter(year=year)
        self.last: int = tasks.aggregate(last=Max("seq"))["last"] or 0

    def next(self) -> tuple[str, int]:
        self.last += 1
        return f"{self.prefix}{self.last:03d}", self.last

    def seq_of(self, code: str) -> int:
        """The number in a code of our own form; 0 in others ("督〔2012〕5号"), which never meet ours."""
        own = re.fullmatch(re.escape(self.prefix) + r"(\d{1,9})", code)
        return int(own[1]) if own else 0


def refuse_taken(year: WorkYear, codes: Sequence[str]) -> None:
    """BadInput where a code is twice among these, or already in the year."""
    twice = {code for code in codes if codes.count(code) > 1} if len(set(codes)) < len(codes) else set()
    here = Task.objects.system("codes are unique within the year").filter(year=year, code__in=codes)
    if taken := sorted(twice | set(here.values_list("code", flat=True))):
        raise BadInput(
            f"任务编号已用过：{'、'.join(taken[:5])}",
            where="任务编号",
            remedy="请换一个编号，或留空由系统编号",
        )


def _row(
    new: NewTask,
    codes: Codes,
    jurisdiction: Jurisdiction,
    year: WorkYear,
    units: dict[int, Unit],
    now: datetime,
) -> Task:
    code, seq = (new.code.strip(), codes.seq_of(new.code.strip())) if new.code.strip() else codes.next()
    supports = [units[pk].name for pk in new.support_unit_ids if pk != new.lead_unit_id]
    row = Task(
        jurisdiction=jurisdiction,
        year=year,
        code=code,
        seq=seq,
        title=new.title.strip(),
        part=new.part,
        source=new.source,
        source_kind=new.ref.kind if new.ref else "",
        source_id=new.ref.id if new.ref else None,
        basis=new.basis.strip(),
        goal=new.goal.strip(),
        measure=new.measure.strip(),
        target=new.target.strip(),
        **{name: getattr(new, name) for name in TARGET_FIELDS},
        lead_unit=units[new.lead_unit_id],
        supports="、".join(supports)[:300],
        due_on=new.due_on,
        first_due_on=new.due_on,
        person=new.person.strip(),
        weight=new.weight,
        checker_id=new.checker_id,
        created_at=now,
    )
    return target_settle(row)


def _units(tasks: Sequence[NewTask]) -> dict[int, Unit]:
    wanted = {pk for new in tasks for pk in (new.lead_unit_id, *new.support_unit_ids)}
    found = {u.pk: u for u in Unit.objects.system("who a task is handed to").filter(pk__in=wanted)}
    if missing := wanted - set(found):
        raise BadInput(
            f"没有编号为 {'、'.join(map(str, sorted(missing)))} 的单位",
            where="牵头单位",
            remedy="请从单位名录选择",
        )
    return found


def _duties(tasks: Sequence[NewTask], jurisdiction: Jurisdiction) -> None:
    wanted = {pk for new in tasks for pk in new.duty_ids}
    if not wanted:
        return
    duties = Duty.objects.system("the duties a task serves").filter(pk__in=wanted, jurisdiction=jurisdiction)
    if duties.count() < len(wanted):
        raise BadInput("有的职责不在本辖区的责任清单中", where="对应职责", remedy="请从责任清单选择")

"""任务进展填报: the tasks a call asks a unit about, what it said of each, and what it said before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from zhize.apps.documents.models import Evidence
from zhize.apps.regulations.selectors import bounds
from zhize.apps.requests.models import UnitRequest
from zhize.apps.work.models import Matter, Task, TaskProgress, TaskReply, TaskReplyFile, TaskUnit
from zhize.apps.work.selectors.coordination import UNSETTLED
from zhize.apps.work.selectors.task_lights import TaskLight, task_light
from zhize.apps.years.models import WorkYear
from zhize.core.workflow.task import TABLE
from zhize.core.workflow.unit_request import TABLE as TABLE_OF_REQUEST
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day

CONTENT = "work.task_progress"
KIND = "work.task"
MOST = 300
ASKED_OF = [step.state for step in TABLE.steps if step.action == "report"]
"""The states in which a task takes a report."""
WHY_NOT = {
    Task.State.ASSIGNED: "还没有承办确认，确认后才能报进展",
    Task.State.HANDED_BACK: "已退回交办，等办公室改派",
    Task.State.ASKED: "已申请办结，等待核查",
    Task.State.SUSPENDED: "已暂停，恢复后再报",
    Task.State.CLOSED: "已办结销号",
    Task.State.CANCELLED: "已取消",
}
OURS = "tasks of the unit that is asked"


@dataclass(frozen=True, slots=True)
class Row:
    """A task as the answer has it. `said` is what is shown (`TaskReply.SAID`); `last` what the unit reported before."""

    task: Task
    role: str
    part: str
    light: TaskLight
    divided: bool
    said: Mapping[str, Any]
    reply: TaskReply | None = None
    last: TaskProgress | None = None
    is_new: bool = False
    files: tuple[Evidence, ...] = ()
    raised: Matter | None = None
    why_not: str = ""

    @property
    def leads(self) -> bool:
        return self.role == TaskUnit.Role.LEAD

    @property
    def counts(self) -> bool:
        """Whether its percent is asked for: of the lead unit, unless parts make it."""
        return self.leads and not self.divided

    def problems(self) -> list[tuple[str, str, str]]:
        """What keeps it from being handed in: (name of the field, what, remedy)."""
        said, found = self.said, []
        if not said["words"] and not said["nothing"]:
            found.append(("words", "没有填写进展情况", "请写做了什么、到哪一步；没有的选“本期无新进展”"))
        told = any(said[name] is not None for name in ("percent", "value", "is_reached"))
        if self.counts and not told and not said["nothing"]:
            found.append(("percent", "没有填写进度", "请填 0 至 100 的整数"))
        if said["wanted"] and not said["difficulties"]:
            found.append(("difficulties", "提请协调没有写明困难", "请写明卡在哪里、影响什么"))
        return found


@dataclass(slots=True)
class Sheet:
    """`rows` are to be filled in (or were handed in); `others` are tasks of the unit that take no report now;
    `most`, where not all stand here, how many do."""

    rows: list[Row] = field(default_factory=list)
    others: list[Row] = field(default_factory=list)
    most: int = 0

    @property
    def filled(self) -> int:
        return sum(bool(row.said["words"] or row.said["nothing"]) for row in self.rows)


def request_of(actor: Actor, pk: int) -> UnitRequest | None:
    """A request for the progress of tasks within the scope, with what its page needs."""
    rows = UnitRequest.objects.visible_to(actor).filter(pk=pk, call__content=CONTENT)
    return rows.select_related(
        "call__jurisdiction", "call__year", "unit__answers_through", "jurisdiction"
    ).first()


def requests_open(actor: Actor) -> list[UnitRequest]:
    """What the acting unit, or one it answers for, is still asked about its tasks, by due date. One statement."""
    rows = UnitRequest.objects.visible_to(actor).filter(UnitRequest.answered_q(actor), call__content=CONTENT)
    waiting = [one.value for one in TABLE_OF_REQUEST.states if not one.locked]
    rows = rows.filter(call__state="issued", state__in=waiting).exclude(call__year__state="closed")
    return list(rows.select_related("call").order_by("due_on", "pk")[:5])


def taking_part(request: UnitRequest) -> list[TaskUnit]:
    """Leads and supports of the asked unit in the jurisdiction, handed out by the end of the period, in years not closed;
    what was settled before the period is left out. The first `MOST`, and one more where there are more. One statement."""
    start = request.call.period_start or request.call.year.starts_on
    end = request.call.period_end or request.call.year.ends_on
    settled = Q(task__state__in=(Task.State.CLOSED, Task.State.CANCELLED))
    in_period = Q(task__closed_on__gte=start) & ~Q(task__state=Task.State.CANCELLED)
    rows = (
        TaskUnit.objects.system(OURS)
        .filter(unit=request.unit_id, task__jurisdiction=request.jurisdiction_id)
        .filter(task__year__starts_on__lte=end, task__created_at__date__lte=end)
        .filter(~settled | in_period)
        .exclude(role=TaskUnit.Role.GUIDE)
        .exclude(task__year__state=WorkYear.State.CLOSED)
    )
    ordered = rows.select_related("task__lead_unit", "task__year").order_by(
        F("task__due_on").asc(nulls_last=True), "task_id"
    )
    return list(ordered[: MOST + 1])


def sheet_of(
    request: UnitRequest,
    today: date,
    *,
    handed: bool,
    replies: Mapping[int, TaskReply] | None = None,
) -> Sheet:
    """The answer: the working copy, or what was handed in, or what was written elsewhere and is not kept (`replies` by task).
    Eight statements at most, whatever the number of tasks. Whoever calls has asked who may read which."""
    kept = replies_of(request) if replies is None else replies
    found = taking_part(request)
    parts = {one.task_id: one for one in found[:MOST]}
    tasks = {pk: one.task for pk, one in parts.items()} | {
        pk: one.task for pk, one in kept.items() if pk not in parts
    }
    divided, last, raised = divided_of(tasks), _last(request, list(tasks)), raised_of(request, list(tasks))
    files = _files(kept, handed)
    day, start = bounds(today), request.call.period_start
    sheet = Sheet(most=MOST if len(found) > MOST else 0)
    for pk, task in tasks.items():
        reply, before, part = kept.get(pk), last.get(pk), parts.get(pk)
        is_new = bool(before and start and local_day(before.at) >= start)
        why = why_not(task, part)
        row = Row(
            task=task, role=part.role if part else TaskUnit.Role.SUPPORT, part=part.part if part else "",
            light=task_light(task, day), divided=pk in divided, reply=reply, last=before, is_new=is_new,
            files=tuple(files.get(pk, ())), raised=raised.get(pk), why_not=why,
            said=_said(task, reply, before if is_new else None, part, handed, pk in divided),
        )  # fmt: skip
        if handed:
            if reply and reply.handed is not None:
                sheet.rows.append(row)
        elif why:
            sheet.others.append(row)
        else:
            sheet.rows.append(row)
    return sheet


def why_not(task: Task, part: TaskUnit | None) -> str:
    """Why a task takes no report of this unit now; empty where it does."""
    if part is None or part.role == TaskUnit.Role.GUIDE:
        return "已改派，不再由本单位承办"
    if task.year.state == WorkYear.State.CLOSED:
        return f"{task.year.label}已关账"
    return "" if task.state in ASKED_OF else WHY_NOT[Task.State(task.state)]


def _said(
    task: Task, reply: TaskReply | None, new: TaskProgress | None, part: TaskUnit | None, handed: bool, divided: bool
) -> Mapping[str, Any]:  # fmt: skip
    """What the row shows: what was handed in, or the working copy, or what the product knows: where the task stands, and
    what the unit has reported within the period already."""
    if handed and reply and reply.handed is not None:
        value = reply.handed["value"]
        return {**reply.handed, "value": None if value is None else Decimal(value)}
    if reply is not None:
        return {**reply.said, "value": reply.value}
    leads = part is not None and part.role == TaskUnit.Role.LEAD
    return {
        "percent": task.percent if leads and not divided else None,
        "value": task.reached_value if leads else None,
        "is_reached": task.is_reached if leads else None,
        "nothing": False,
        "words": new.words if new else "",
        "difficulties": new.difficulties if new else "",
        "wanted": "",
    }


def replies_of(request: UnitRequest) -> dict[int, TaskReply]:
    """By task. One statement."""
    rows = TaskReply.objects.system("rows of an answer the caller may read").filter(request=request)
    return {one.task_id: one for one in rows.select_related("task__lead_unit", "task__year")}


def divided_of(tasks: Mapping[int, Task] | Sequence[int]) -> set[int]:
    """Those whose percent their parts make. One statement."""
    rows = Task.objects.system(OURS).filter(source_kind=KIND, source_id__in=list(tasks))
    found = rows.order_by().values_list("source_id", flat=True).distinct()
    return {pk for pk in found if pk is not None}


def _last(request: UnitRequest, tasks: list[int]) -> dict[int, TaskProgress]:
    """What the unit, or who answers for it, reported last, by task. One statement."""
    units = [pk for pk in (request.unit_id, request.unit.answers_through_id) if pk]
    order = [F("at").desc(), F("pk").desc()]
    rows = TaskProgress.objects.system(OURS).filter(task__in=tasks, unit__in=units)
    newest = rows.annotate(nth=Window(RowNumber(), partition_by=["task_id"], order_by=order))
    return {one.task_id: one for one in newest.filter(nth=1)}


def raised_of(request: UnitRequest, tasks: list[int]) -> dict[int, Matter]:
    """The matter the unit has raised about a task and that is not settled. One statement."""
    rows = Matter.objects.system("nobody raises the same twice").filter(
        ref_kind=KIND, ref_id__in=tasks, unit=request.unit_id, state__in=[*UNSETTLED, Matter.State.ANSWERED]
    )
    return {one.ref_id: one for one in rows.order_by("pk") if one.ref_id}


def _files(kept: Mapping[int, TaskReply], handed: bool) -> dict[int, list[Evidence]]:
    """Materials by task. One statement, none without rows."""
    ids = {one.pk: task for task, one in kept.items() if one.pk}
    found: dict[int, list[Evidence]] = {}
    links = TaskReplyFile.objects.filter(reply__in=list(ids), **({"handed_in": True} if handed else {}))
    for link in links.select_related("evidence__file").order_by("pk") if ids else ():
        found.setdefault(ids[link.reply_id], []).append(link.evidence)
    return found

"""任务进展填报 follows its request: fixed when handed in, taken back, and written onto the tasks when it is accepted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from zhize.apps.documents.models import Evidence
from zhize.apps.documents.services import evidence_hand_in
from zhize.apps.orgs.services.saving import checked
from zhize.apps.requests.models import UnitRequest
from zhize.apps.work.log_types import tasks as log_types
from zhize.apps.work.models import Task, TaskReply, TaskReplyFile, TaskUnit
from zhize.apps.work.selectors.task_replies import raised_of, sheet_of, why_not
from zhize.apps.work.services.coordination import matter_add
from zhize.apps.work.services.digests import label_of
from zhize.apps.work.services.task_common import KIND, RELATIONS, moved, roll_up
from zhize.apps.work.services.task_replies import log_reply
from zhize.apps.work.services.task_reports import Report, Said, reports_add
from zhize.apps.years.models import WorkYear
from zhize.apps.years.selectors import year_of_day
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.things import ThingRef

NOTHING = "本期无新进展"
SHOWN = [
    "state", "percent", "reached_value", "is_reached", "last_word", "reported_on", "behind", "version"
]  # fmt: skip


def hand_over(request: UnitRequest, now: datetime) -> None:
    """What was written is fixed beside the working copy; a nil report says of every task that there is nothing new. Earlier
    comments are answered by it; what was written of tasks that take no report any more is not handed in."""
    sheet = sheet_of(request, local_day(now), handed=False)
    rows = []
    for row in sheet.rows:
        reply = row.reply or TaskReply(request=request, task=row.task, nothing=request.nil_report)
        reply.handed = TaskReply(nothing=True).said if request.nil_report else reply.said
        rows.append(reply)
    for row in sheet.others:
        if row.reply:
            row.reply.handed = None
            rows.append(row.reply)
    for reply in rows:
        reply.comment, reply.left_out = "", ""
    TaskReply.objects.bulk_create([one for one in rows if not one.pk], batch_size=200)
    kept = [one for one in rows if one.pk]
    TaskReply.objects.system("handing in").bulk_update(
        kept, ["handed", "comment", "left_out"], batch_size=200
    )
    links = TaskReplyFile.objects.filter(reply__request=request, reply__handed__isnull=False)
    if links.filter(handed_in=False).update(handed_in=True):
        evidence_hand_in(evidence=links.values_list("evidence_id", flat=True), now=now)


def take_back(request: UnitRequest) -> None:
    """A withdrawn answer is the unit's draft again, seen by nobody else."""
    TaskReply.objects.system("taking back").filter(request=request).update(handed=None)
    TaskReplyFile.objects.filter(reply__request=request).update(handed_in=False)


def accept(request: UnitRequest, actor: Actor, now: datetime) -> None:
    """What was handed in becomes progress of the tasks, with the unit as its author and the moment it was handed in; what it
    asks to be coordinated becomes a matter. A task that takes no report any more keeps what it shows: the row says why.

    Statements do not grow with the rows, except for the matters and for wholes whose parts these are.
    """
    found = TaskReply.objects.system("accepting").select_for_update().filter(request=request)
    replies = {one.task_id: one for one in found.exclude(handed=None).order_by("task_id")}
    tasks = _locked(list(replies))
    parts, files = _parts(request, tasks), _files(replies)
    year = request.call.year
    start, end = request.call.period_start or year.starts_on, request.call.period_end or year.ends_on
    period = label_of(year, start, end)[:40]
    rows, written = [], []
    for pk, reply in replies.items():
        task, part = tasks[pk], parts.get(pk)
        if reply.progress_id is not None:
            continue
        if reason := why_not(task, part):
            reply.left_out = reason
            continue
        assert part is not None  # nosec B101 - who takes no part is left out above
        moved(task, "report")
        leads = part.role == TaskUnit.Role.LEAD
        rows.append(Said(task, _report(reply, task, period), leads, files.get(reply.pk, ())))
        written.append(reply)
    by, at = request.submitted_by or actor.name, request.submitted_at or now
    progress = reports_add(rows, unit_id=request.unit_id, by=by, at=at, actor=actor, now=now)
    for reply, one in zip(written, progress, strict=True):
        reply.progress = one
    _save([row.task for row in rows])
    TaskReply.objects.system("accepting").bulk_update(
        replies.values(), ["progress", "left_out"], batch_size=200
    )
    raised = _raise(request, written, actor, now)
    log_reply(
        log_types.REPLIES_TAKEN, request, actor, now,
        tasks=[one.task_id for one in written],
        left_out={str(pk): one.left_out for pk, one in replies.items() if one.left_out},
        matters=raised,
    )  # fmt: skip


def _locked(ids: Sequence[int]) -> dict[int, Task]:
    """The tasks by id, locked in their order."""
    rows = Task.objects.system("locked for a write").select_for_update(of=("self",)).filter(pk__in=ids)
    return {one.pk: one for one in rows.select_related("lead_unit", "year", "jurisdiction").order_by("pk")}


def _parts(request: UnitRequest, tasks: Sequence[int] | dict[int, Task]) -> dict[int, TaskUnit]:
    rows = TaskUnit.objects.system("whether the unit still takes part")
    return {one.task_id: one for one in rows.filter(unit=request.unit_id, task__in=list(tasks))}


def _files(replies: dict[int, TaskReply]) -> dict[int, list[Evidence]]:
    """Materials by reply. One statement."""
    links = TaskReplyFile.objects.filter(reply__in=[one.pk for one in replies.values()], handed_in=True)
    found: dict[int, list[Evidence]] = {}
    for link in links.select_related("evidence").order_by("pk"):
        found.setdefault(link.reply_id, []).append(link.evidence)
    return found


def _report(reply: TaskReply, task: Task, period: str) -> Report:
    """What was handed in, as a report of the task. A figure that the task does not ask for any more goes into the words."""
    said = reply.handed or {}
    report = Report(
        words=NOTHING if said["nothing"] else said["words"],
        percent=said["percent"],
        period=period,
        difficulties=said["difficulties"],
    )
    if said["nothing"]:
        return report
    value = None if said["value"] is None else Decimal(said["value"])
    if value is not None and task.target_kind != Task.TargetKind.FIGURE:
        return replace(report, words=f"{report.words}（完成值 {value.normalize():f}）"[:2000])
    reached = said["is_reached"] if task.target_kind == Task.TargetKind.YES_NO else None
    return replace(report, value=value, is_reached=reached)


def _save(tasks: Sequence[Task]) -> None:
    """The tasks as they are now, and the wholes that they are parts of."""
    for task in tasks:
        task.version += 1
        checked(task, exclude=RELATIONS)
    Task.objects.system("accepting").bulk_update(tasks, SHOWN, batch_size=200)
    for whole in sorted({one.source_id for one in tasks if one.source_kind == KIND and one.source_id}):
        roll_up(whole)


def _raise(request: UnitRequest, replies: Sequence[TaskReply], actor: Actor, now: datetime) -> list[int]:
    """提请协调 where the unit asked for it and has not raised the same task already; gives the matters."""
    asked = [one for one in replies if one.handed and one.handed["wanted"]]
    if not asked:
        return []
    there = raised_of(request, [one.task_id for one in asked])
    years = WorkYear.objects.system("a matter is raised in the year in progress").filter(
        jurisdiction=request.jurisdiction
    )
    year = year_of_day(years.order_by("-starts_on"), local_day(now)) or request.call.year
    made = []
    for one in asked:
        if one.task_id in there or one.handed is None:
            continue
        said, by = one.handed, request.submitted_by or actor.name
        data = {
            "title": one.task.title, "problem": said["difficulties"], "tried": said["words"], "wanted": said["wanted"]
        }  # fmt: skip
        matter = matter_add(
            jurisdiction=request.jurisdiction, year=year, unit=request.unit, data=data, ref=ThingRef(KIND, one.task_id),
            by=by, step_by=f"{request.unit.name} {by}", actor=actor, now=now,
        )  # fmt: skip
        made.append(matter.pk)
    return made

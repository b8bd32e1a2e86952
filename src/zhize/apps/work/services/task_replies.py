"""任务进展填报: a unit writes what it has to say of each of its tasks; the office returns single rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from zhize.apps.orgs.services.saving import checked
from zhize.apps.requests.models import UnitRequest
from zhize.apps.requests.services import request_return, request_save
from zhize.apps.work.log_types import tasks as log_types
from zhize.apps.work.models import Task, TaskReply
from zhize.apps.work.models.task_replies import SAID
from zhize.apps.work.selectors.task_replies import Row, sheet_of
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput
from zhize.kit.things import ThingRef

REQUEST = "requests.unit_request"
COMMENT = 300
Rows = Mapping[int, "Written"]


@dataclass(frozen=True, slots=True)
class Written:
    """What a unit wrote into the row of one task."""

    percent: int | None = None
    value: Decimal | None = None
    is_reached: bool | None = None
    nothing: bool = False
    words: str = ""
    difficulties: str = ""
    wanted: str = ""


@transaction.atomic
def task_replies_save(
    *,
    request: UnitRequest,
    rows: Rows,
    statement: str | None = None,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> UnitRequest:
    """Keeps the unit's working copy (`rows` by task); what is missing is told when it is handed in.

    Who may, in which state, and against which version is decided by `requests.request_save`, called first.
    """
    current = request_save(
        request=request,
        answers=request.answers,
        statement=request.statement if statement is None else statement,
        nil_report=False,
        version=version,
        actor=actor,
        now=now,
    )
    replies_keep(request=current, rows=rows, actor=actor, now=now)
    return current


@transaction.atomic
def task_replies_carry_over(
    *, request: UnitRequest, task_ids: Sequence[int] | None = None, version: int | None, actor: Actor, now: datetime
) -> int:  # fmt: skip
    """沿用上期: empty rows (all, or of these tasks) take the words the unit reported last. Gives how many; percent and figure
    stand as the tasks have them."""
    sheet = sheet_of(request, local_day(now), handed=False)
    rows = {
        row.task.pk: Written(**{**row.said, "words": row.last.words})
        for row in sheet.rows
        if row.last and not row.said["words"] and not row.said["nothing"]
        if task_ids is None or row.task.pk in task_ids
    }
    if rows:
        task_replies_save(request=request, rows=rows, version=version, actor=actor, now=now)
    return len(rows)


@transaction.atomic
def task_replies_return(
    *,
    request: UnitRequest,
    comments: Mapping[int, str],
    comment: str,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> UnitRequest:
    """Sends the answer back with a word on single rows (`comments` by reply). Policy: `requests.request_return`."""
    said = {pk: words.strip()[:COMMENT] for pk, words in comments.items() if words.strip()}
    found = TaskReply.objects.system("rows of the request").select_for_update().filter(request=request)
    rows = {one.pk: one for one in found}
    if unknown := set(said) - set(rows):
        raise BadInput(f"没有编号为 {min(unknown)} 的任务进展", remedy="请刷新页面后再退回")
    total = comment.strip() or (f"有 {len(said)} 项任务的进展需要补正，见各项的意见" if said else "")
    current = request_return(request=request, comment=total, version=version, actor=actor, now=now)
    for pk, row in rows.items():
        row.comment = said.get(pk, "")
        row.version += 1
    TaskReply.objects.system("rows of the request").bulk_update(rows.values(), ["comment", "version"])
    log_reply(
        log_types.REPLIES_RETURNED, current, actor, now, rows={str(pk): words for pk, words in said.items()}
    )
    return current  # fmt: skip


def replies_keep(*, request: UnitRequest, rows: Rows, actor: Actor, now: datetime) -> None:
    """Writes rows of the working copy, whatever the way they came; the caller has locked the request and asked who may.

    A row that says nothing beyond what the product knows is not kept. What was written about a task that takes no report
    any more stays as it was. Statements do not grow with the rows.
    """
    sheet = sheet_of(request, local_day(now), handed=False)
    known = {row.task.pk: row for row in (*sheet.rows, *sheet.others)}
    if strangers := set(rows) - set(known):
        raise BadInput(f"有 {len(strangers)} 项任务不在本单位的任务中", remedy="请刷新页面后重新填写")
    new: list[TaskReply] = []
    changed: list[TaskReply] = []
    for pk, written in rows.items():
        row = known[pk]
        if row.why_not:
            continue
        if row.reply is None and not _says(row, written):
            continue
        reply = row.reply or TaskReply(request=request, task=row.task)
        before = reply.said if reply.pk else None
        put(reply, written, row)
        if reply.said == before:
            continue
        checked(reply, exclude=("request", "task", "progress"))
        reply.version += bool(reply.pk)
        (changed if reply.pk else new).append(reply)
    TaskReply.objects.bulk_create(new, batch_size=200)
    TaskReply.objects.system("own working copy").bulk_update(changed, [*SAID, "version"], batch_size=200)
    if new or changed:
        log_reply(
            log_types.REPLIES_SAVED, request, actor, now, tasks=[one.task_id for one in (*new, *changed)]
        )


def put(reply: TaskReply, written: Written, row: Row) -> None:
    """The words onto the row; what is not asked of it (a supporting unit's percent) is not kept."""
    kind, figure, yes_no = row.task.target_kind, Task.TargetKind.FIGURE, Task.TargetKind.YES_NO
    reply.percent = written.percent if row.counts and not written.nothing else None
    reply.value = written.value if row.leads and kind == figure else None
    reply.is_reached = written.is_reached if row.leads and kind == yes_no else None
    reply.nothing = written.nothing
    reply.words = "" if written.nothing else written.words.strip()
    reply.difficulties, reply.wanted = written.difficulties.strip(), written.wanted.strip()


def _says(row: Row, written: Written) -> bool:
    if written.nothing or written.difficulties.strip() or written.wanted.strip():
        return True
    known = (row.said["percent"], row.said["value"], row.said["is_reached"], row.said["words"])
    return bool(written.words.strip()) or known != (
        written.percent, written.value, written.is_reached, written.words.strip()
    )  # fmt: skip


def log_reply(what: LogType, request: UnitRequest, actor: Actor, now: datetime, **after: Any) -> None:
    record(
        what,
        actor=actor,
        thing=ThingRef(REQUEST, request.pk),
        now=now,
        after=after,
        jurisdiction_code=request.jurisdiction.code,
    )

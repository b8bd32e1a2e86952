"""回头看: whether a problem was put right, seen on the spot; and the end of the whole check."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from zhize.apps.inspection import log_types
from zhize.apps.inspection.models import CheckedPlace, Finding, Inspection
from zhize.apps.inspection.selectors.findings import KIND
from zhize.apps.inspection.services.common import demand_office, locked, log, moved, save
from zhize.apps.inspection.services.findings import demand_group, locked_finding, move_finding, save_finding
from zhize.apps.orgs.services.todos import NewTodo, todo_close, todo_open
from zhize.apps.work.models import Task
from zhize.apps.work.services import task_settle
from zhize.apps.work.services.task_common import KIND as TASK
from zhize.apps.work.services.task_common import TODO_CHECK, checked_by
from zhize.apps.years.selectors import confirm_by
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.things import ThingRef
from zhize.kit.versioned import snapshot

TODO_CLOSE = "finding.close"
ENDED = (Task.State.CLOSED, Task.State.CANCELLED)


@transaction.atomic
def finding_look(
    *,
    finding: Finding,
    fixed: bool,
    words: str,
    on: date,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Finding:
    """回头看: the group or the office saw on the spot whether it was put right; what the task says decides nothing."""
    current = locked_finding(finding, version)
    demand_group(actor, current.checked)
    if not words.strip():
        raise BadInput("没有写回头看的情况", where="回头看情况", remedy="写明看了什么、改到什么程度")
    if on > local_day(now) or (current.sent_on and on < current.sent_on):
        raise BadInput(f"回头看日期 {on} 不对", where="回头看日期", remedy="应在下发之后、今天以前")
    before = snapshot(current)
    move_finding(current, "fixed" if fixed else "unfixed")
    current.look, current.looked_on, current.looked_by = words.strip(), on, actor.by
    save_finding(current)
    if fixed:
        _propose_closing(current, actor, now)
    note = f"{current.get_state_display()}：{current.look}"
    log(log_types.FINDING_LOOKED, current.checked.inspection, actor, now, before, snapshot(current), note)
    return current


def _propose_closing(finding: Finding, actor: Actor, now: datetime) -> None:
    """Whoever checks the task is asked to close it; where the unit had applied already, this takes the place of that to-do."""
    task = finding.task
    if task is None or task.state in ENDED:
        return
    todo_close(ref=ThingRef(TASK, task.pk), kind=TODO_CHECK, actor=actor, now=now)
    if unit := checked_by(task):
        due = confirm_by(task.jurisdiction.code, local_day(now))
        title = f"回头看已整改到位，请销号：{task.title}"
        todo_open(
            todo=NewTodo(
                task.jurisdiction_id, unit, TODO_CLOSE, ThingRef(KIND, finding.pk), title, due_on=due
            ),
            now=now,
        )


@transaction.atomic
def finding_settle(*, finding: Finding, version: int | None = None, actor: Actor, now: datetime) -> Finding:
    """据回头看销号: one step closes the task of a problem seen to be put right, with what was seen as its ground."""
    current = locked_finding(finding, version)
    task = current.task
    if current.state != Finding.State.FIXED or task is None or current.looked_on is None:
        raise StateConflict(
            f"{current.get_state_display()}的问题不能据回头看销号",
            where=current.words,
            remedy="请先登记回头看",
        )
    words = f"回头看认定已整改到位：{current.look}（{current.looked_by}）"
    task_settle(task=task, words=words, on=current.looked_on, actor=actor, now=now)
    log(
        log_types.FINDING_SETTLED, current.checked.inspection, actor, now, None, {"task": task.pk}, task.title
    )
    return current


@transaction.atomic
def inspection_close(
    *, inspection: Inspection, version: int | None = None, actor: Actor, now: datetime
) -> Inspection:
    """办结: every place signed or left out, no problem waiting to be sent or looked at."""
    current = locked(inspection, version)
    demand_office(actor, current)
    open_places = CheckedPlace.objects.system("whether all is signed").filter(
        checked__inspection=current, state__in=[CheckedPlace.State.RECORDING, CheckedPlace.State.SIGNING]
    )
    open_findings = Finding.objects.system("whether all is put right").filter(
        checked__inspection=current,
        state__in=[Finding.State.LISTED, Finding.State.SENT, Finding.State.UNFIXED],
    )
    left = [
        f"{n}{words}"
        for n, words in (
            (open_places.count(), "个核查点没有签齐"),
            (open_findings.count(), "个问题没有整改到位"),
        )
        if n
    ]
    if left:
        raise StateConflict(f"还有{'，'.join(left)}", where=current.title, remedy="请办完再办结，或取消核查")
    before = snapshot(current)
    moved(current, "close")
    save(current)
    log(log_types.CLOSED, current, actor, now, before, snapshot(current))
    return current

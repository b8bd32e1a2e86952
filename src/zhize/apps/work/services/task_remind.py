"""督办: one step of the ladder against one task, or against many at once (一键催办)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType

from django.db import transaction
from django.db.models import F

from zhize.apps.orgs.services.todos import notice_send_to_units, todos_close, todos_open
from zhize.apps.work.log_types import tasks as log_types
from zhize.apps.work.models import Task, TaskReminder
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.selectors.chase import chase_of, overdue_days, steps_taken, why_not
from zhize.apps.work.selectors.ladder import ladder_of
from zhize.apps.work.services.slips import slips_draft
from zhize.apps.work.services.task_common import (
    LOGGED,
    TODO_REMINDED,
    desk_of,
    locked,
    log,
    ref_of,
    said,
    todo_of,
)
from zhize.apps.work.services.task_proposals import proposals_settle
from zhize.apps.years.selectors import calendar
from zhize.core.papers.days import printed_day
from zhize.core.workflow.ladder import Rung
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.rowfile import rowfile_store
from zhize.kit.versioned import snapshot

NOBODY = "只有交办的办公室可以督办"
MOST = 500


@dataclass(frozen=True, slots=True)
class Chased:
    """What a step against many did: how many tasks were reminded, which were left out and why, how many papers drafted."""

    reminded: int
    left_out: tuple[tuple[Task, str], ...]
    papers: int = 0


@transaction.atomic
def task_remind(
    *, task: Task, step: str, text: str = "", signer: str = "", actor: Actor, now: datetime
) -> TaskReminder:
    """One step (`work/ladder`) against one task. Refuses in words what the ladder does not allow yet."""
    current = locked(task)
    if not policies.may_manage(actor, current):
        raise NotAllowed(NOBODY, remedy="请切换到办公室的身份")
    ladder = ladder_of(current.jurisdiction.code, local_day(now))
    rung = ladder.rung(step)
    _demand_role(rung, actor)
    taken = steps_taken([current]).get(current.pk, [])
    if why := why_not(current, ladder, rung, taken, local_day(now)):
        raise StateConflict(f"不能{rung.name}：{why}", where=current.title, remedy="请选择其他督办方式")
    before = snapshot(current, LOGGED)
    (reminder,) = reminders_write([(current, rung)], text, _signed(rung, signer), actor, now)
    proposals_settle([current], actor, now)
    log(log_types.REMINDED, current, actor, now, before, note=f"{rung.name}：{reminder.text}")
    return reminder


@transaction.atomic
def tasks_remind(
    *, task_ids: Sequence[int], step: str = "", text: str = "", signer: str = "", actor: Actor, now: datetime
) -> Chased:
    """一键催办: the given step, or for each task the one that comes next, against all of these.

    What cannot be reminded (closed, not one's own, the ladder forbids it) is left out and said. One entry with the row
    file; statements do not grow with the tasks; one message a unit. Raises BadInput beyond 500 tasks.
    """
    if not policies.may_hand_out(actor):
        raise NotAllowed(NOBODY, remedy="请切换到办公室的身份")
    if not 0 < len(task_ids) <= MOST:
        raise BadInput("没有选择任务" if not task_ids else f"一次最多督办 {MOST} 项", remedy="请重新勾选")
    rows = Task.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk__in=task_ids)
    tasks = list(rows.select_related("lead_unit", "year", "jurisdiction").order_by("pk"))
    if step:
        _demand_role(ladder_of(actor.jurisdiction_code, local_day(now)).rung(step), actor)
    chases = chase_of(tasks, step, actor, now)
    chosen = [(chase.task, chase.rung) for chase in chases if chase.rung]
    left_out = [(chase.task, chase.why) for chase in chases if not chase.rung]
    if any(rung.signer for _task, rung in chosen):
        signer = said(signer, "签发人", "请写明签发的领导或督查机构")
    papers = 0
    if chosen:
        reminders = reminders_write(chosen, text, signer, actor, now)
        proposals_settle(tasks, actor, now)
        papers = len({one.slip_id for one in reminders} - {None})
        digest = rowfile_store(snapshot(reminder) for reminder in reminders)
        record(
            log_types.MANY_REMINDED,
            actor=actor,
            thing=None,
            now=now,
            after={"reminded": len(chosen), "left_out": len(left_out)},
            rows_digest=digest,
        )
    return Chased(len(chosen), tuple(left_out), papers)


def _demand_role(rung: Rung, actor: Actor) -> None:
    if not actor.is_system and not actor.roles & set(rung.roles):
        raise NotAllowed(f"您的身份不能{rung.name}", remedy="请由督办办法规定的人员办理")


def _signed(rung: Rung, signer: str) -> str:
    return said(signer, "签发人", "请写明签发的领导或督查机构") if rung.signer else signer.strip()


def reminders_write(
    chosen: Sequence[tuple[Task, Rung]],
    text: str,
    signer: str,
    actor: Actor,
    now: datetime,
    keys: Mapping[int, str] = MappingProxyType({}),
) -> list[TaskReminder]:
    """The steps of many tasks with their papers, counts, to-dos and messages, the entry in the log being the caller's.

    `keys`: for what the rule sends by itself, the key of each task that makes it once.
    """
    reply_by = _reply_by([rung for _task, rung in chosen], local_day(now))
    slips = slips_draft(chosen, reply_by, text, actor, now)
    reminders = [
        TaskReminder(
            task=task,
            jurisdiction_id=task.jurisdiction_id,
            unit_id=task.lead_unit_id,
            step=rung.key,
            name=rung.name,
            text=(text.strip() or _words(task, reply_by.get(rung.key), now))[:500],
            signer=signer if rung.signer else "",
            due_on=task.due_on,
            at=now,
            by=actor.name,
            reply_by=reply_by.get(rung.key),
            slip=slips.get((task.lead_unit_id, rung.key)),
            rule_key=keys.get(task.pk, ""),
        )
        for task, rung in chosen
    ]
    for one in reminders:
        one.clean_fields(exclude=("task", "jurisdiction", "unit", "slip"))
    TaskReminder.objects.bulk_create(reminders, batch_size=500)
    rows = Task.objects.system("counted with the reminder").filter(pk__in=[t.pk for t, _ in chosen])
    rows.update(reminders=F("reminders") + 1, version=F("version") + 1)
    for task, _rung in chosen:
        task.reminders, task.version = task.reminders + 1, task.version + 1
    todos = [
        replace(
            todo_of(t, TODO_REMINDED, f"{rung.name}，请反馈：{t.title}"),
            due_on=reply_by.get(rung.key, t.due_on),
        )
        for t, rung in chosen
    ]
    # An open to-do of an earlier step would stay and hide this one.
    todos_close(refs=[ref_of(t) for t, _ in chosen], kind=TODO_REMINDED, actor=actor, now=now)
    todos_open(todos=todos, now=now)
    texts: dict[int, list[str]] = {}
    for (task, rung), reminder in zip(chosen, reminders, strict=True):
        texts.setdefault(desk_of(task.lead_unit), []).append(f"{rung.name}：{task.title}。{reminder.text}")
    said_once = {d: t[0] if len(t) == 1 else f"{t[0]}（共{len(t)}项，见待办）" for d, t in texts.items()}
    notice_send_to_units(texts=said_once, roles=policies.UNIT, ref=None, now=now)
    return reminders


def _reply_by(rungs: Sequence[Rung], today: date) -> dict[str, date]:
    """By step: the working day until which an answer is asked for."""
    days = {rung.key: rung.reply_days for rung in rungs if rung.reply_days}
    if not days:
        return {}
    workdays = calendar((today.year, today.year + 1))
    return {key: workdays.add(today, number) for key, number in days.items()}


def _words(task: Task, reply_by: date | None, now: datetime) -> str:
    """What is written where nobody wrote anything: the date and how late it is, and until when to answer."""
    ask = f"请抓紧办理，并于{printed_day(reply_by)}前反馈。" if reply_by else "请抓紧办理并报告进展。"
    if task.due_on is None:
        return ask
    days = overdue_days(task, local_day(now)) or 0
    late = f"已逾期 {days} 日" if days > 0 else f"距期限 {-days} 日"
    return f"应于{printed_day(task.due_on)}前完成，{late}，{ask}"

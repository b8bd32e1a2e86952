"""后续要求: each demand of the sealed result becomes a task or a request of the object, once; the second look says whether it
was put right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from zhize.apps.assessment import log_types, policies, selectors
from zhize.apps.assessment.models import FollowUp, Round
from zhize.apps.assessment.services.common import (
    assessed_locked,
    checked,
    days_on,
    demand,
    demand_keeping,
    demand_state,
    log,
    ref_of,
    round_locked,
    step_of,
)
from zhize.apps.assessment.services.written_reports import askable, reports_ask
from zhize.apps.work.models import Task
from zhize.apps.work.services import NewTask, tasks_create
from zhize.apps.years.models import WorkYear
from zhize.apps.years.selectors import calendar, year_of_day
from zhize.core.scoring.scheme import Follow
from zhize.core.workflow.follow_up import TABLE
from zhize.kit.actor import Actor
from zhize.kit.chinese import in_chinese
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.versioned import check_version, snapshot


@transaction.atomic
@in_chinese
def follow_ups_issue(*, round_: Round, actor: Actor, now: datetime) -> list[FollowUp]:
    """下达后续要求: what waits of a circulated round becomes tasks and requests; done once, repeated it finds nothing to do.

    Raises `StateConflict` where nothing waits, or no year is open to hand tasks out in.
    """
    current = round_locked(round_)
    demand_keeping(policies.may_keep(actor, current))
    demand_state(current, *Round.PUBLIC, doing="下达后续要求")
    made = issue_waiting(current, actor, now)
    if made is None:
        raise StateConflict(
            "没有进行中的年度", where=current.title, remedy="请先建立、开启本年度，再下达后续要求"
        )
    if not made:
        raise StateConflict(
            "没有待下达的后续要求", where=current.title, remedy="已下达的见各对象的考核表页面"
        )
    return made


def issue_waiting(round_: Round, actor: Actor, now: datetime) -> list[FollowUp] | None:
    """The same inside the transaction of who publishes; None where no year is open. Statements do not grow with the
    objects."""
    objects = selectors.objects_of(round_)
    waiting = selectors.demands_waiting(round_, objects, selectors.follow_ups_of(objects))
    if not waiting:
        return []
    year = _year(round_, local_day(now))
    if year is None:
        return None
    due = _due_days(round_, {(one.demand.days, one.demand.by) for one in waiting}, now)
    rows = [
        FollowUp(
            assessed=one.assessed, number=one.number, says=one.demand.says, by=one.demand.by.value,
            due_on=due[one.demand.days, one.demand.by], sent_on=local_day(now),
        )
        for one in waiting
    ]  # fmt: skip
    _hand_out(round_, year, rows, "整改", actor, now)
    FollowUp.objects.bulk_create(rows, batch_size=500)
    after = {
        "follow_ups": {_sent_as(row): f"{row.assessed.name}：{row.says}" for row in rows},
    }
    log(log_types.FOLLOW_UPS_SENT, round_, actor, now, after=after, note=f"{len(rows)}项")
    return rows


@transaction.atomic
@in_chinese
def follow_up_look(
    *,
    follow_up: FollowUp,
    fixed: bool,
    words: str,
    on: date,
    due_on: date | None = None,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> FollowUp:
    """回头看: the office saw whether it was put right; what was not is sent once more, due on `due_on`."""
    assessed = assessed_locked(follow_up.assessed)
    demand(
        policies.may_look(actor, assessed),
        "回头看由组织考核的办公室记录", "请切换到该办公室的身份",
    )  # fmt: skip
    current = FollowUp.objects.system("locked for a write").select_related("task").get(pk=follow_up.pk)
    current.assessed = assessed
    check_version(current, version, mine={"look": words})
    today = local_day(now)
    if not words.strip():
        raise BadInput("没有写回头看的情况", where="回头看情况", remedy="写明看了什么、改到什么程度")
    if not current.sent_on <= on <= today:
        raise BadInput(f"回头看日期 {on} 不对", where="回头看日期", remedy="应在下达之后、今天以前")
    if not fixed and (due_on is None or due_on < today):
        raise BadInput("没有再次整改的期限", where="再次整改期限", remedy="没有到位的，请填今天以后的日期")
    before = snapshot(current)
    current.state = step_of(TABLE, current.state, "fixed" if fixed else "again", current.says).next_state
    current.look, current.looked_on = words.strip(), on
    current.looked_by = actor.by
    if not fixed and due_on is not None:
        current.due_on, current.sent_on = due_on, today
        _again(current, actor, now)
    current.version += 1
    checked(current, "后续要求")
    current.save()
    log(
        log_types.FOLLOW_UP_LOOKED,
        assessed,
        actor,
        now,
        before=before,
        after=snapshot(current),
        note=current.look[:200],
    )
    return current


def _again(row: FollowUp, actor: Actor, now: datetime) -> None:
    round_ = row.assessed.round
    year = _year(round_, local_day(now))
    if year is None:
        raise StateConflict("没有进行中的年度", where=round_.title, remedy="请先建立、开启本年度")
    _hand_out(round_, year, [row], "再次整改", actor, now)


def _sent_as(row: FollowUp) -> str:
    return row.task.code if row.task else f"报送件{row.request_id}"


def _hand_out(
    round_: Round, year: WorkYear, rows: Sequence[FollowUp], verb: str, actor: Actor, now: datetime
) -> None:
    """To be put right: a task each; to be answered in writing: a request each."""
    reports = askable(round_, rows, now)
    reports_ask(round_, year, reports, actor, now)
    asked = {(row.assessed.pk, row.number) for row in reports}
    rest = [row for row in rows if (row.assessed.pk, row.number) not in asked]
    tasks = [
        NewTask(
            title=f"{verb}：{row.says}（{round_.title}）"[:120], lead_unit_id=row.assessed.unit_id, due_on=row.due_on, goal=row.says,
            measure="对照考核结果单的失分项目逐项整改，书面报告整改情况。", source=Task.Source.RESULT, ref=ref_of(row.assessed),
            basis=f"{round_.title}结果通报"[:200],
        )
        for row in rest
    ]  # fmt: skip
    made = tasks_create(tasks=tasks, jurisdiction=round_.jurisdiction, year=year, actor=actor, now=now)
    for row, task in zip(rest, made, strict=True):
        row.task, row.request = task, None


def _due_days(
    round_: Round, asked: Iterable[tuple[int, Follow]], now: datetime
) -> dict[tuple[int, Follow], date]:
    """So many days after the circular, put off to a working day; without days in the scheme, working days by the rule."""
    start, today = round_.published_on or local_day(now), local_day(now)
    known = calendar((start.year, start.year + 2))
    return {
        (days, by): max(known.on_or_after(start + timedelta(days=days)), today)
        if days
        else days_on(round_, "report_days" if by is Follow.REPORT else "follow_days", now)
        for days, by in asked
    }


def _year(round_: Round, today: date) -> WorkYear | None:
    """The year what follows is worked on in: that of the day, not of the round, which may be over."""
    rows = WorkYear.objects.system("the year what follows belongs to").filter(
        jurisdiction=round_.jurisdiction
    )
    year = year_of_day(rows.order_by("-starts_on"), today)
    return year if year and year.state == WorkYear.State.OPEN else None

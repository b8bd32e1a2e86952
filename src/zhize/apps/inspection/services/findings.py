"""问题清单: listed by the group, sent by the office as tasks of the unit."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhize.apps.inspection import log_types
from zhize.apps.inspection.mapping.record import said
from zhize.apps.inspection.models import CheckedPlace, Finding, InspectedUnit, Inspection, PlaceEntry
from zhize.apps.inspection.policies import may_record
from zhize.apps.inspection.selectors.findings import JOINS, KIND, failing_records
from zhize.apps.inspection.selectors.places import lines_of
from zhize.apps.inspection.services.common import (
    demand_office,
    demand_state,
    locked,
    log,
)
from zhize.apps.inspection.services.places import GROUP_ONLY, SWITCH
from zhize.apps.orgs.services.saving import assign
from zhize.apps.orgs.services.saving import checked as clean
from zhize.apps.work.models import Task
from zhize.apps.work.services import NewTask, tasks_create
from zhize.core.workflow.finding import TABLE
from zhize.core.workflow.table import next_state
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

FIELDS = ("item_name", "words", "demand", "due_on")
OUT = (Inspection.State.ANNOUNCED,)


@transaction.atomic
def finding_add(
    *,
    checked: InspectedUnit,
    data: dict[str, Any],
    place: CheckedPlace | None = None,
    actor: Actor,
    now: datetime,
) -> Finding:
    """Lists one problem of a unit by hand."""
    demand_group(actor, checked)
    demand_state(locked(checked.inspection, None), OUT, "再列问题", "已办结的，请另行交办任务")
    row = Finding(checked=checked, place=place, found_on=local_day(now), by=actor.by)
    assign(row, data, FIELDS)
    clean(row, exclude=("checked", "place", "item", "task"))
    row.save()
    log(log_types.FINDING_LISTED, checked.inspection, actor, now, None, snapshot(row), row.words)
    return row


@transaction.atomic
def findings_draw_up(*, checked: InspectedUnit, actor: Actor, now: datetime) -> list[Finding]:
    """One problem for each signed record that does not meet and has none yet; corrected verdicts count."""
    demand_group(actor, checked)
    demand_state(locked(checked.inspection, None), OUT, "再列问题", "已办结的，请另行交办任务")
    there = set(
        Finding.objects.system("problems already listed")
        .filter(checked=checked)
        .values_list("place_id", "item_id")
    )
    rows = [
        Finding(
            checked=checked, place=place, item=line.item, item_name=line.item.name, found_on=place.visited_on or local_day(now),
            words=f"{place.name}：{_words(line)}"[:500], demand=f"达到：{line.item.requirement}"[:500], by=actor.by,
        )
        for place in failing_records(checked)
        for line in lines_of(place)
        if line.verdict == PlaceEntry.Verdict.FAILS and (place.pk, line.item.pk) not in there
    ]  # fmt: skip
    if not rows:
        raise StateConflict(
            "双方已签字的记录中没有还未列入的不符合项",
            where=checked.unit.name,
            remedy="请等双方签字，或逐条填写",
        )
    Finding.objects.bulk_create(rows, batch_size=500)
    after = {"findings": [row.words for row in rows]}
    log(
        log_types.FINDINGS_LISTED,
        checked.inspection,
        actor,
        now,
        None,
        after,
        f"{checked.unit.name}：{len(rows)}个",
    )
    return rows


def _words(line: Any) -> str:
    if line.corrections:
        return str(line.corrections[-1].words or line.item.name)
    return line.entry.words if line.entry and line.entry.words else said(line.entry)


@transaction.atomic
def finding_change(
    *, finding: Finding, data: dict[str, Any], version: int | None = None, actor: Actor, now: datetime
) -> Finding:
    """Words, what is asked for and by when, until it is sent."""
    current = locked_finding(finding, version)
    demand_group(actor, current.checked)
    if current.state != Finding.State.LISTED:
        raise StateConflict(
            f"{current.get_state_display()}的问题不能再改",
            where=current.words,
            remedy="如有误，请与被查单位另行说明",
        )
    before = snapshot(current)
    assign(current, data, FIELDS)
    save_finding(current)
    log(
        log_types.FINDING_CHANGED,
        current.checked.inspection,
        actor,
        now,
        before,
        snapshot(current),
        current.words,
    )
    return current


@transaction.atomic
def finding_withdraw(
    *, finding: Finding, reason: str, version: int | None = None, actor: Actor, now: datetime
) -> Finding:
    """不列入 before it is sent, with the reason."""
    current = locked_finding(finding, version)
    demand_group(actor, current.checked)
    if not reason.strip():
        raise BadInput("没有写明为什么不列入", where="理由", remedy="写明已当场改正、证据不足等")
    before = snapshot(current)
    move_finding(current, "withdraw")
    current.look = reason.strip()
    save_finding(current)
    log(
        log_types.FINDING_WITHDRAWN,
        current.checked.inspection,
        actor,
        now,
        before,
        snapshot(current),
        current.look,
    )
    return current


@transaction.atomic
def findings_send(*, checked: InspectedUnit, due_on: date, actor: Actor, now: datetime) -> list[Finding]:
    """下发: every problem of the unit that waits, and those not put right, becomes a task of the unit; one without a day
    of its own is due on `due_on`."""
    inspection = locked(checked.inspection, None)
    demand_office(actor, inspection)
    demand_state(inspection, OUT, "下发问题", "请先批准并通知")
    today = local_day(now)
    if due_on < today:
        raise BadInput(f"整改期限 {due_on} 已过", where="整改期限", remedy="请填今天以后的日期")
    rows = list(
        Finding.objects.system("problems of a unit that go out")
        .select_for_update(of=("self",))
        .filter(checked=checked, state__in=[Finding.State.LISTED, Finding.State.UNFIXED])
        .order_by("pk")
    )
    if not rows:
        raise StateConflict("没有待下发的问题", where=checked.unit.name, remedy="请先列问题清单")
    for row in rows:
        if row.due_on is None or row.due_on < today:
            row.due_on = due_on
    tasks = tasks_create(
        tasks=[_task(row, checked) for row in rows], jurisdiction=inspection.jurisdiction, year=inspection.year, actor=actor,
        now=now,
    )  # fmt: skip
    for row, task in zip(rows, tasks, strict=True):
        move_finding(row, "send")
        row.task, row.sent_on, row.version = task, today, row.version + 1
    Finding.objects.system("problems of a unit that go out").bulk_update(
        rows, ["state", "task", "sent_on", "due_on", "version"], batch_size=500
    )
    after = {"unit": checked.unit.name, "findings": {str(row.pk): row.task_id for row in rows}}
    log(log_types.FINDINGS_SENT, inspection, actor, now, None, after, f"{checked.unit.name}：{len(rows)}个")
    return rows


def _task(row: Finding, checked: InspectedUnit) -> NewTask:
    again = "再次整改：" if row.state == Finding.State.UNFIXED else "整改："
    return NewTask(
        title=f"{again}{row.words}"[:120], lead_unit_id=checked.unit_id, due_on=row.due_on, goal=row.demand,
        measure=row.words, source=Task.Source.FINDING, ref=ThingRef(KIND, row.pk), basis=f"{checked.inspection.title}核查问题"[:200],
    )  # fmt: skip


def locked_finding(finding: Finding, version: int | None) -> Finding:
    rows = Finding.objects.system("locked for a write").select_for_update(of=("self",))
    current: Finding = rows.select_related(*JOINS).get(pk=finding.pk)
    check_version(current, version, mine={"words": finding.words})
    return current


def demand_group(actor: Actor, checked: InspectedUnit) -> None:
    if not may_record(actor, checked):
        raise NotAllowed(GROUP_ONLY, remedy=SWITCH)


def move_finding(row: Finding, action: str) -> None:
    row.state = next_state(TABLE, row.state, action).next_state


def save_finding(row: Finding) -> None:
    row.version += 1
    clean(row, exclude=("checked", "place", "item", "task"))
    row.save()

"""What a conference analysed and decided: problems in four dimensions, resolutions, tasks, minutes (一（二）)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from zhize.apps.documents.models import OfficialDocument
from zhize.apps.documents.selectors import recipients_of
from zhize.apps.documents.services import official_draft
from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.services.saving import checked
from zhize.apps.work.log_types import conferences as log_types
from zhize.apps.work.mapping.conference_paper import DIMENSIONS, call_blocks, minutes_blocks
from zhize.apps.work.models import Conference, ConferenceUnit, Resolution, Task
from zhize.apps.work.selectors.conference_rules import reply_by
from zhize.apps.work.services.conference_common import (
    LOGGED,
    demand_state,
    items_tick,
    locked_conference,
    log,
    moved,
    ref_of,
    refuse_second,
    save,
)
from zhize.apps.work.services.minutes_wordings import wordings_into_draft
from zhize.apps.work.services.tasks import NewTask, tasks_create
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record
from zhize.kit.chinese import in_chinese
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.several import parts
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

STATE = Conference.State
OPEN = (STATE.PREPARING, STATE.CALLED, STATE.HELD)
TASK_TITLE = 120


@transaction.atomic
def problems_note(
    *, conference: Conference, data: Mapping[str, str], version: int | None, actor: Actor, now: datetime
) -> Conference:
    """The state of quality and its main problems: product, engineering, service, environment."""
    current = locked_conference(conference, actor)
    mine = {name: data[name].strip() for name in DIMENSIONS if name in data}
    check_version(current, version, mine=dict(mine))
    demand_state(current, OPEN, "修改质量状况", "如需更正，请在下次会议说明")
    before = snapshot(current, list(DIMENSIONS))
    for name, words in mine.items():
        setattr(current, name, words)
    save(current)
    if any(mine.values()):
        items_tick(current, ("item.report",), actor, now)
    record(
        log_types.PROBLEMS_NOTED,
        actor=actor,
        thing=ref_of(current),
        now=now,
        before=before,
        after=snapshot(current, list(DIMENSIONS)),
        jurisdiction_code=current.jurisdiction.code,
    )
    return current


@transaction.atomic
def resolution_add(
    *,
    conference: Conference,
    text: str,
    lead_unit: Unit | None,
    supports: str = "",
    due_on: date | None = None,
    actor: Actor,
    now: datetime,
) -> Resolution:
    """A decision of the conference; without a lead unit it is a decision nobody has to carry out by a date."""
    current = locked_conference(conference, actor)
    demand_state(current, (STATE.HELD,), "记录决定", "请先登记会议召开")
    rows = Resolution.objects.system("numbered on").filter(conference=current)
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    resolution = Resolution(
        conference=current,
        number=number,
        text=text.strip(),
        lead_unit=lead_unit,
        supports=supports,
        due_on=due_on,
    )
    checked(resolution)
    resolution.save()
    _log(log_types.RESOLUTION_ADDED, current, resolution, actor, now)
    return resolution


@transaction.atomic
def resolution_remove(*, resolution: Resolution, actor: Actor, now: datetime) -> None:
    """Takes out what was noted wrongly, while it is no task yet."""
    current = locked_conference(resolution.conference, actor)
    demand_state(current, (STATE.HELD,), "删去决定", "已印发纪要的不能删去")
    rows = Resolution.objects.system("taken out").select_for_update().filter(pk=resolution.pk)
    row = rows.first()
    if row is None or row.task_id:
        raise StateConflict("该决定已转为任务，或已删去", where=current.title, remedy="请在任务页办理")
    _log(log_types.RESOLUTION_REMOVED, current, row, actor, now)
    rows.delete()


def _log(what: LogType, conference: Conference, row: Resolution, actor: Actor, now: datetime) -> None:
    record(
        what,
        actor=actor,
        thing=ref_of(conference),
        now=now,
        after=snapshot(row, ["number", "text", "lead_unit", "supports", "due_on"]),
        jurisdiction_code=conference.jurisdiction.code,
    )


@transaction.atomic
def resolutions_to_tasks(*, conference: Conference, actor: Actor, now: datetime) -> list[Task]:
    """转为任务: every decision with a lead unit that is no task yet is handed out (二（一）)."""
    current = locked_conference(conference, actor)
    demand_state(current, (STATE.HELD, STATE.MINUTED), "转为任务", "请先登记会议召开")
    rows = Resolution.objects.system("handed out as tasks").select_for_update(of=("self",))
    found = list(
        rows.filter(conference=current, task__isnull=True, lead_unit__isnull=False).order_by("number")
    )
    if not found:
        raise StateConflict(
            "没有要转为任务的决定", where=current.title, remedy="请先写明牵头单位；已转的不再转"
        )
    named = {u.name: u.pk for u in Unit.objects.system("names in decisions").filter(name__in=_names(found))}
    made = tasks_create(tasks=[_task(r, current, named) for r in found], jurisdiction=current.jurisdiction, year=current.year, actor=actor, now=now)  # fmt: skip
    for row, task in zip(found, made, strict=True):
        row.task = task
    rows.bulk_update(found, ["task"])
    log(log_types.RESOLUTIONS_HANDED_OUT, current, actor, now, None, tasks=[task.pk for task in made])
    return made


def _names(rows: list[Resolution]) -> set[str]:
    return {name for row in rows for name in parts(row.supports)}


def _task(row: Resolution, conference: Conference, named: Mapping[str, int]) -> NewTask:
    assert row.lead_unit_id is not None
    return NewTask(
        title=row.text[:TASK_TITLE],
        lead_unit_id=row.lead_unit_id,
        due_on=row.due_on,
        goal=row.text[:500],
        source=Task.Source.RESOLUTION,
        ref=ThingRef("work.conference", conference.pk),
        basis=f"{conference.title}（{conference.held_on}）",
        support_unit_ids=[named[name] for name in parts(row.supports) if name in named],
    )


@transaction.atomic
@in_chinese
def call_draft(*, conference: Conference, actor: Actor, now: datetime) -> OfficialDocument:
    """会议通知 drafted as an official document to the units called; issuing it calls the conference."""
    current = locked_conference(conference, actor)
    demand_state(current, (STATE.PREPARING,), "拟会议通知", "会议通知已发出")
    refuse_second(current, OfficialDocument.Kind.NOTICE, actor)
    rows = _rows(current)
    if not rows:
        raise BadInput("还没有参会单位", where=current.title, remedy="请先选择参会单位")
    units = recipients_of(row.unit_id for row in rows)
    until = reply_by(current.jurisdiction.code, current.held_on)
    return official_draft(
        jurisdiction=current.jurisdiction, kind=OfficialDocument.Kind.NOTICE, title=f"关于召开{current.title}的通知",
        addressee_ids=units.main, copy_ids=units.copies, blocks=call_blocks(current, until), source=ref_of(current), actor=actor, now=now,
    )  # fmt: skip


@transaction.atomic
@in_chinese
def minutes_draft(*, conference: Conference, actor: Actor, now: datetime) -> OfficialDocument:
    """纪要 drafted from agenda, problems, decisions and attendance, then with the words agreed with the units; issuing it
    closes the conference."""
    current = locked_conference(conference, actor)
    demand_state(current, (STATE.HELD,), "起草纪要", "请先登记会议召开")
    refuse_second(current, OfficialDocument.Kind.MINUTES, actor)
    rows = _rows(current)
    decided = Resolution.objects.system("decisions of one conference").filter(conference=current)
    units = recipients_of(row.unit_id for row in rows)
    blocks = minutes_blocks(current, rows, list(decided.select_related("lead_unit").order_by("number")))
    document = official_draft(
        jurisdiction=current.jurisdiction, kind=OfficialDocument.Kind.MINUTES, title=f"{current.title}纪要",
        addressee_ids=units.main, copy_ids=units.copies, blocks=blocks, source=ref_of(current), actor=actor, now=now,
    )  # fmt: skip
    wordings_into_draft(current, actor, now)
    document.refresh_from_db()
    return document


def _rows(conference: Conference) -> list[ConferenceUnit]:
    rows = ConferenceUnit.objects.system("the units of one conference").filter(conference=conference)
    return list(rows.select_related("unit__answers_through", "unit__region").order_by("order", "pk"))


@transaction.atomic
def conference_minuted(*, conference: Conference, number: str, actor: Actor, now: datetime) -> Conference:
    """The minutes went out: the conference is closed."""
    current = locked_conference(conference, actor)
    before = snapshot(current, LOGGED)
    moved(current, "minute")
    save(current)
    items_tick(current, ("item.minutes",), actor, now)
    log(log_types.MINUTED, current, actor, now, before, note=number)
    return current

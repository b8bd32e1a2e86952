"""What is brought to a conference and prepared for it: papers, items of the checklist."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max

from zhize.apps.documents.services import file_store
from zhize.apps.orgs.services.saving import checked
from zhize.apps.orgs.services.todos import NewTodo, todo_close, todos_close, todos_open
from zhize.apps.work.log_types import conferences as log_types
from zhize.apps.work.models import Conference, ConferenceCheck, ConferencePaper, ConferenceUnit
from zhize.apps.work.policies import conferences as policies
from zhize.apps.work.services.conference_common import (
    LOGGED,
    TODO_PAPER,
    demand_state,
    locked_conference,
    log,
    ref_of,
    save,
)
from zhize.apps.work.services.conferences import STATE, rows_of
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.versioned import check_version, snapshot

OPEN = (STATE.PREPARING, STATE.CALLED, STATE.HELD)


@transaction.atomic
def paper_add(
    *, conference: Conference, upload: File[bytes], title: str = "", actor: Actor, now: datetime
) -> ConferencePaper:
    """提交会议材料: from the office, or a unit that is called."""
    own = own_row(conference, actor)
    if not policies.may_bring_paper(actor, conference, own):
        raise NotAllowed("只有办公室和参会单位可以提交会议材料", remedy="请切换到参会单位的身份")
    conference = Conference.objects.system("papers get their numbers in order").select_for_update(of=("self",)).select_related("jurisdiction").get(pk=conference.pk)  # fmt: skip
    demand_state(conference, OPEN, "提交材料", "请另行报送办公室")
    file = file_store(upload=upload, actor=actor, now=now, jurisdiction=conference.jurisdiction)
    name = (upload.name or "").rsplit(".", 1)[0]
    unit_id, title = own.unit_id if own else actor.unit_id or 0, (title.strip() or name)[:120]
    rows = ConferencePaper.objects.system("the same paper brought before").filter(
        conference=conference, unit_id=unit_id, title=title
    )
    paper = ConferencePaper(
        conference=conference,
        unit_id=unit_id,
        title=title,
        number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
        file=file,
        at=now,
        by=actor.name,
    )
    checked(paper)
    paper.save()
    todo_close(ref=ref_of(conference), kind=TODO_PAPER, unit_id=unit_id, actor=actor, now=now)
    record(
        log_types.PAPER_ADDED,
        actor=actor,
        thing=ref_of(conference),
        now=now,
        after={"title": paper.title, "number": paper.number, "sha256": file.sha256},
        jurisdiction_code=conference.jurisdiction.code,
    )
    return paper


@transaction.atomic
def papers_ask(
    *,
    conference: Conference,
    unit_ids: Collection[int],
    due_on: date,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> Conference:
    """Which of the units called owe a paper, and by when; who has not brought one gets a to-do until it does."""
    current = locked_conference(conference, actor)
    check_version(current, version, mine={"papers_due_on": str(due_on)})
    demand_state(current, (STATE.PREPARING, STATE.CALLED), "布置会议材料", "请另行通知")
    if due_on > current.held_on:
        raise BadInput(
            f"材料期限 {due_on} 晚于会期 {current.held_on}",
            where="材料提交期限",
            remedy="请填会期当日或更早的日期",
        )
    before, wanted = snapshot(current, [*LOGGED, "papers_due_on"]), set(unit_ids)
    rows = ConferenceUnit.objects.system("who owes a paper").filter(conference=current)
    if unknown := wanted - set(rows.values_list("unit_id", flat=True)):
        raise BadInput("所选单位不在参会单位中", where=f"编号 {min(unknown)}", remedy="请刷新页面后重新选择")
    rows.update(owes_paper=False)
    rows.filter(unit_id__in=wanted).update(owes_paper=True)
    current.papers_due_on = due_on
    save(current)
    brought = ConferencePaper.objects.system("who has brought one").filter(conference=current)
    owing = sorted(wanted - set(brought.values_list("unit_id", flat=True)))
    todos_close(refs=[ref_of(current)], kind=TODO_PAPER, actor=actor, now=now)
    title = f"提交会议材料：{current.title}"
    todos_open(
        todos=[
            NewTodo(current.jurisdiction_id, pk, TODO_PAPER, ref_of(current), title, due_on) for pk in owing
        ],
        now=now,
    )
    log(log_types.PAPERS_ASKED, current, actor, now, before, units=sorted(wanted), due_on=due_on.isoformat())
    return current


@transaction.atomic
def check_tick(*, check: ConferenceCheck, done: bool, actor: Actor, now: datetime) -> ConferenceCheck:
    """勾选 or un-ticks an item of the checklist."""
    conference = locked_conference(check.conference, actor)
    rows = ConferenceCheck.objects.system("ticked by the office").select_for_update()
    current: ConferenceCheck = rows.get(pk=check.pk)
    current.done_at, current.done_by = (now, actor.name) if done else (None, "")
    current.save()
    record(
        log_types.CHECK_TICKED,
        actor=actor,
        thing=ref_of(conference),
        now=now,
        after={"item": current.name, "done": done},
        jurisdiction_code=conference.jurisdiction.code,
    )
    return current


def own_row(conference: Conference, actor: Actor) -> ConferenceUnit | None:
    """The place of the acting unit, or of one it answers for."""
    return next((row for row in rows_of(conference) if policies.is_own(actor, row)), None)

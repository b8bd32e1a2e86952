"""督办单: drafted where the ladder asks for a paper, one for each unit and step; noted when it went out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from zhize.apps.documents.models import OfficialDocument
from zhize.apps.documents.selectors import recipients_of
from zhize.apps.documents.services import official_draft
from zhize.apps.orgs.services.saving import checked
from zhize.apps.work.log_types import tasks as log_types
from zhize.apps.work.mapping.slip_paper import slip_blocks, slip_title
from zhize.apps.work.models import Task, TaskReminder, TaskSlip
from zhize.apps.work.selectors.slips import KIND
from zhize.core.workflow.ladder import Rung
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record
from zhize.kit.chinese import in_chinese
from zhize.kit.clock import local_day
from zhize.kit.errors import StateConflict
from zhize.kit.things import ThingRef
from zhize.kit.versioned import snapshot

LETTER = OfficialDocument.Kind.LETTER


def slips_draft(
    chosen: Sequence[tuple[Task, Rung]], reply_by: dict[str, date], text: str, actor: Actor, now: datetime
) -> dict[tuple[int, str], TaskSlip]:
    """The slips of a step, by lead unit and rung, each with its paper in draft; a part of the step that asks for them."""
    groups: dict[tuple[int, str], list[tuple[Task, Rung]]] = {}
    for task, rung in chosen:
        if rung.paper:
            groups.setdefault((task.lead_unit_id, rung.key), []).append((task, rung))
    if not groups:
        return {}
    before: dict[int, list[TaskReminder]] = {}
    rows = TaskReminder.objects.system("what was sent before").filter(
        task__in=[task.pk for group in groups.values() for task, _rung in group]
    )
    for row in rows.order_by("at", "pk"):
        before.setdefault(row.task_id, []).append(row)
    return {
        key: _slip([task for task, _rung in group], group[0][1], before, reply_by, text, actor, now)
        for key, group in groups.items()
    }


@in_chinese
def _slip(
    tasks: list[Task],
    rung: Rung,
    before: dict[int, list[TaskReminder]],
    reply_by: dict[str, date],
    text: str,
    actor: Actor,
    now: datetime,
) -> TaskSlip:
    unit, jurisdiction = tasks[0].lead_unit, tasks[0].jurisdiction
    to = recipients_of([unit.pk])
    kind, pattern = rung.paper, rung.paper_title
    if not to.main and kind != LETTER:
        # Who is under another line of command is asked by letter, not told by notice.
        was = str(OfficialDocument.Kind(kind).label)
        kind, pattern = LETTER, pattern.removesuffix(was) + str(LETTER.label)
    slip = TaskSlip(
        jurisdiction=jurisdiction, unit=unit, name=rung.name, title=slip_title(pattern, tasks)[:200],
        reply_by=reply_by.get(rung.key), made_at=now, by=actor.name[:80],
    )  # fmt: skip
    checked(slip, exclude=("jurisdiction", "unit"))
    slip.save()
    official_draft(
        jurisdiction=jurisdiction,
        kind=kind,
        title=slip.title,
        addressee_ids=to.main or to.copies,
        blocks=slip_blocks(slip, tasks, before, text.strip(), local_day(now)),
        source=ThingRef(KIND, slip.pk),
        actor=actor,
        now=now,
    )
    return slip


@transaction.atomic
def slip_issued(*, slip: TaskSlip, doc_no: str, on: date, actor: Actor, now: datetime) -> TaskSlip:
    """Its paper went out: the supervision ledger shows the number."""
    return _noted(slip, log_types.SLIP_ISSUED, actor, now, doc_no=doc_no[:60], issued_on=on)


@transaction.atomic
def slip_voided(*, slip: TaskSlip, reason: str, actor: Actor, now: datetime) -> TaskSlip:
    """Its paper was made void before it went out: the ledger says so; the step itself stands."""
    return _noted(slip, log_types.SLIP_VOIDED, actor, now, note=reason[:500], voided_on=local_day(now))


def _noted(
    slip: TaskSlip, what: LogType, actor: Actor, now: datetime, note: str = "", **values: object
) -> TaskSlip:
    rows = TaskSlip.objects.system("what became of its paper").select_for_update(of=("self",))
    current: TaskSlip = rows.select_related("jurisdiction").get(pk=slip.pk)
    if current.issued_on:
        raise StateConflict("这份督办单已经印发", where=current.title, remedy="请刷新页面查看")
    before = snapshot(current)
    for name, value in values.items():
        setattr(current, name, value)
    current.save()
    record(
        what,
        actor=actor,
        thing=ThingRef(KIND, current.pk),
        now=now,
        before=before,
        after=snapshot(current),
        note=note,
        jurisdiction_code=current.jurisdiction.code,
    )
    return current

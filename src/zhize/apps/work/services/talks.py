"""约谈: recorded by the office, with the tasks it was about; corrected with both versions in the log."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from zhize.apps.documents.services import file_store
from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.orgs.services.saving import checked
from zhize.apps.orgs.services.todos import notice_send_to_units
from zhize.apps.work.log_types import tasks as log_types
from zhize.apps.work.models import Talk, TalkTask, Task
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.selectors.talks import KIND
from zhize.apps.work.services.task_common import desk_of
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, Problem
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

EDITABLE = ("unit", "held_on", "leader", "present", "words", "promise", "due_on")
WORDS = (
    ("leader", "约谈人", "写职务和姓名，如“领导小组副组长 某某”"),
    ("words", "约谈内容", "写明指出的问题和提出的要求"),
)


@transaction.atomic
def talk_record(
    *,
    jurisdiction: Jurisdiction,
    year: WorkYear,
    data: Mapping[str, Any],
    task_ids: Collection[int] = (),
    scan: File[bytes] | None = None,
    actor: Actor,
    now: datetime,
) -> Talk:
    """Records a talk that was held (二（一）: decisions are carried through). `data`: EDITABLE; the tasks are those of the unit.

    The unit gets a message. Raises `BadInput` with every place: no leader, no words, a day to come, a task of another unit.
    """
    talk = Talk(jurisdiction=jurisdiction, year=year, at=now, by=actor.name[:80], version=0)
    _demand(actor, talk)
    _put(talk, data, task_ids, scan, actor, now)
    text = f"约谈记录已登记（{talk.held_on:%Y-%m-%d}，约谈人：{talk.leader}），请按承诺整改"
    notice_send_to_units(
        texts={desk_of(talk.unit): text}, roles=policies.UNIT, ref=ThingRef(KIND, talk.pk), now=now
    )
    _log(log_types.TALK_RECORDED, talk, task_ids, actor, now)
    return talk


@transaction.atomic
def talk_correct(
    *,
    talk: Talk,
    data: Mapping[str, Any],
    task_ids: Collection[int] = (),
    scan: File[bytes] | None = None,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> Talk:
    """Corrects a record; what it said before stays in the log."""
    rows = Talk.objects.system("locked for a write").select_for_update(of=("self",))
    current = rows.select_related("jurisdiction", "year", "unit").get(pk=talk.pk)
    _demand(actor, current)
    check_version(current, version, mine=dict(data))
    before = snapshot(current, list(EDITABLE))
    _put(current, data, task_ids, scan, actor, now)
    _log(log_types.TALK_CORRECTED, current, task_ids, actor, now, before=before)
    return current


def _demand(actor: Actor, talk: Talk) -> None:
    if not policies.may_record_talk(actor, talk.jurisdiction_id):
        raise NotAllowed("只有本辖区办公室可以登记约谈", remedy="请切换到办公室的身份")


def _put(
    talk: Talk,
    data: Mapping[str, Any],
    task_ids: Collection[int],
    scan: File[bytes] | None,
    actor: Actor,
    now: datetime,
) -> None:
    for name in EDITABLE:
        if name in data:
            value = data[name]
            setattr(talk, name, value.strip() if isinstance(value, str) else value)
    problems = [
        Problem(f"没有填写{label}", label, remedy=remedy)
        for name, label, remedy in WORDS
        if not getattr(talk, name)
    ]
    if talk.held_on > local_day(now):
        problems.append(
            Problem(f"约谈日期 {talk.held_on} 晚于今天", "约谈日期", remedy="约谈后再登记，或核对日期")
        )
    if talk.due_on and talk.due_on < talk.held_on:
        problems.append(
            Problem(f"整改期限 {talk.due_on} 早于约谈日期", "整改期限", remedy="请填约谈之后的日期")
        )
    own = Task.objects.system("tasks a talk is about").filter(
        pk__in=list(task_ids), lead_unit_id=talk.unit_id, jurisdiction_id=talk.jurisdiction_id
    )
    known = set(own.values_list("pk", flat=True))
    if len(known) != len(set(task_ids)):
        problems.append(
            Problem("涉及任务中有的不由被约谈单位牵头", "涉及任务", remedy="请只选该单位牵头的任务")
        )
    if problems:
        raise BadInput(problems[0].what, problems)
    if scan is not None:
        talk.scan = file_store(upload=scan, jurisdiction=talk.jurisdiction, actor=actor, now=now)
    talk.version += 1
    checked(talk, exclude=("jurisdiction", "year", "unit", "scan"))
    talk.save()
    TalkTask.objects.filter(talk=talk).exclude(task_id__in=known).delete()
    here = set(TalkTask.objects.filter(talk=talk).values_list("task_id", flat=True))
    TalkTask.objects.bulk_create(TalkTask(talk=talk, task_id=pk) for pk in sorted(known - here))


def _log(
    what: Any, talk: Talk, task_ids: Collection[int], actor: Actor, now: datetime, **values: Any
) -> None:
    record(
        what,
        actor=actor,
        thing=ThingRef(KIND, talk.pk),
        now=now,
        after=snapshot(talk, list(EDITABLE)) | {"tasks": sorted(task_ids)},
        jurisdiction_code=talk.jurisdiction.code,
        **values,
    )

"""收文: registered with its scan, an opinion proposed, given to units (each a task), answered to whoever asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from zhize.apps.documents import policies
from zhize.apps.documents.log_types import (
    INCOMING_ANSWERED,
    INCOMING_CHANGED,
    INCOMING_FILED,
    INCOMING_PROPOSED,
    INCOMING_REGISTERED,
)
from zhize.apps.documents.models import Incoming, IncomingHolder, StoredFile
from zhize.apps.documents.selectors import INCOMING
from zhize.apps.documents.services.common import checked, need
from zhize.apps.documents.services.files import file_store
from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.orgs.services.todos import NewTodo, todo_close, todo_open
from zhize.core.kernel.errors import NoSuchStep
from zhize.core.workflow.incoming import TABLE
from zhize.core.workflow.table import next_state
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.numbering import number_give
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

EDITABLE = (
    "sort", "title", "from_name", "number", "dated_on", "received_on", "due_on", "leader", "words", "instructed_on",
)  # fmt: skip
TODO_PROPOSE, TODO_ANSWER = "incoming.propose", "incoming.answer"


@transaction.atomic
def incoming_register(
    *,
    jurisdiction: Jurisdiction,
    data: Mapping[str, Any],
    scan: File[bytes] | StoredFile | None = None,
    actor: Actor,
    now: datetime,
) -> Incoming:
    """登记: gives the office's own number of the year (收〔2012〕3号) and lays 拟办 before the office. `data`: `EDITABLE`."""
    incoming_demand(actor, jurisdiction.pk)
    incoming = Incoming(
        jurisdiction=jurisdiction, registered_by=actor.name[:80], registered_at=now,
        **{name: data[name] for name in EDITABLE if name in data},
    )  # fmt: skip
    _judge(incoming, local_day(now))
    incoming.scan = _kept(scan, jurisdiction, actor, now)
    checked(incoming, "收文")
    incoming.save()
    ref = ThingRef(INCOMING, incoming.pk)
    incoming.serial = serial_give(incoming, actor, now)
    incoming.save(update_fields=["serial"])
    if office := jurisdiction.office_unit_id:
        todo_open(
            todo=NewTodo(
                jurisdiction.pk, office, TODO_PROPOSE, ref, f"拟办：{incoming.title}", due_on=incoming.due_on
            ),
            now=now,
        )
    incoming_log(INCOMING_REGISTERED, incoming, actor, now)
    return incoming


@transaction.atomic
def incoming_update(
    *,
    incoming: Incoming,
    data: Mapping[str, Any],
    scan: File[bytes] | StoredFile | None = None,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> Incoming:
    """Mends the registration until units carry it out; a new scan takes the place of the old one in the register."""
    current, before = incoming_step(incoming, "edit", version, actor, dict(data))
    if current.addressee_id:
        raise StateConflict(
            "系统内来文的登记不能修改",
            where=current.serial,
            why="标题、文号和日期以发来的公文为准",
            remedy="来文有误的，请发文的办公室更正",
        )
    for name in EDITABLE:
        if name in data:
            setattr(current, name, data[name])
    _judge(current, local_day(now))
    if scan is not None:
        current.scan = _kept(scan, current.jurisdiction, actor, now)
    incoming_save(current)
    incoming_log(INCOMING_CHANGED, current, actor, now, before=before)
    return current


@transaction.atomic
def incoming_propose(
    *, incoming: Incoming, proposal: str, version: int | None, actor: Actor, now: datetime
) -> Incoming:
    """拟办: what the office proposes to do with it, and by whom."""
    need(proposal, "请写明拟办意见", "拟办意见")
    current, before = incoming_step(incoming, "propose", version, actor, {"proposal": proposal})
    current.proposal, current.proposed_by = proposal.strip(), actor.name[:80]
    incoming_save(current)
    todo_close(ref=ThingRef(INCOMING, current.pk), actor=actor, now=now, kind=TODO_PROPOSE)
    incoming_log(INCOMING_PROPOSED, current, actor, now, before=before)
    return current


@transaction.atomic
def incoming_answer(
    *, incoming: Incoming, answer: str, on: date, version: int | None, actor: Actor, now: datetime
) -> Incoming:
    """回呈: what was done, reported to the sender or the leader. Refused while a unit has not finished."""
    need(answer, "请写明办理情况", "回呈内容")
    current, before = incoming_step(incoming, "answer", version, actor, {"answer": answer})
    if on > local_day(now):
        raise BadInput(f"回呈日期 {on} 晚于今天", where="回呈日期", remedy="请按实际日期填写")
    rows = IncomingHolder.objects.system("who has not finished").filter(incoming=current, done_on=None)
    if names := "、".join(rows.values_list("unit__name", flat=True)):
        raise StateConflict(
            f"还有单位没有办结：{names}",
            where=current.serial,
            why="全部办结后才能回呈",
            remedy="请催办；任务销号后自动记为办结",
        )
    current.answer, current.answered_on = answer.strip(), on
    incoming_save(current)
    todo_close(ref=ThingRef(INCOMING, current.pk), actor=actor, now=now)
    incoming_log(INCOMING_ANSWERED, current, actor, now, before=before)
    return current


@transaction.atomic
def incoming_file(
    *, incoming: Incoming, reason: str, version: int | None, actor: Actor, now: datetime
) -> Incoming:
    """阅存: nothing to be done with it."""
    need(reason, "请写明阅存的理由", "阅存理由")
    current, before = incoming_step(incoming, "file", version, actor, {"reason": reason})
    current.proposal = current.proposal or reason.strip()[:500]
    incoming_save(current)
    todo_close(ref=ThingRef(INCOMING, current.pk), actor=actor, now=now)
    incoming_log(INCOMING_FILED, current, actor, now, before=before, note=reason[:200])
    return current


def serial_give(incoming: Incoming, actor: Actor, now: datetime) -> str:
    """The office's next number of the year in which it was received: 收〔2012〕3号."""
    year = incoming.received_on.year
    given = number_give(
        series=f"incoming:{incoming.jurisdiction_id}:{year}", form=f"收〔{year}〕{{number}}号",
        ref=ThingRef(INCOMING, incoming.pk), actor=actor, now=now,
    )  # fmt: skip
    return given.text


def incoming_demand(actor: Actor, jurisdiction_id: int) -> None:
    if not policies.may_register_incoming(actor, jurisdiction_id):
        raise NotAllowed("只有本辖区办公室可以办理来文", remedy="请切换到办公室的身份")


def incoming_step(
    incoming: Incoming, action: str, version: int | None, actor: Actor, mine: dict[str, Any]
) -> tuple[Incoming, dict[str, Any]]:
    """The row locked, the policy, the version and the table asked, the state moved; and how it was before."""
    rows = Incoming.objects.system("locked for a write").select_for_update(of=("self",))
    current = rows.select_related("jurisdiction").get(pk=incoming.pk)
    incoming_demand(actor, current.jurisdiction_id)
    check_version(current, version, mine=mine)
    before = snapshot(current)
    try:
        current.state = next_state(TABLE, current.state, action).next_state
    except NoSuchStep as error:
        raise StateConflict(error.what, where=current.serial, why=error.why, remedy=error.remedy) from error
    return current, before


def _judge(incoming: Incoming, today: date) -> None:
    if incoming.received_on > today:
        raise BadInput(f"收到日期 {incoming.received_on} 晚于今天", where="收到日期", remedy="请核对日期")
    if incoming.sort == Incoming.Sort.INSTRUCTION:
        need(incoming.leader, "批示件须写明批示人", "批示人")
        need(incoming.words, "批示件须录入批示内容", "批示内容")


def _kept(
    scan: File[bytes] | StoredFile | None, jurisdiction: Jurisdiction, actor: Actor, now: datetime
) -> StoredFile | None:
    if isinstance(scan, File):
        return file_store(upload=scan, jurisdiction=jurisdiction, actor=actor, now=now)
    return scan


def incoming_save(incoming: Incoming) -> None:
    incoming.version += 1
    checked(incoming, f"收文“{incoming.title[:30]}”")
    incoming.save()


def incoming_log(
    log_type: LogType, incoming: Incoming, actor: Actor, now: datetime, *, before: dict[str, Any] | None = None,
    note: str = "", **more: Any,
) -> None:  # fmt: skip
    record(
        log_type, actor=actor, thing=ThingRef(INCOMING, incoming.pk), now=now, before=before,
        after={**snapshot(incoming), **more}, note=note, jurisdiction_code=incoming.jurisdiction.code,
    )  # fmt: skip

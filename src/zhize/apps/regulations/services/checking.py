"""Checking a proposed duty: accepted, not registered, taken up again, corrected; many at once above a confidence.

Every row records who checked it and when. Two people share a text: a stale click is refused with the name of whoever was
first, and what was typed is kept by the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhize.apps.regulations import log_types
from zhize.apps.regulations.models import Duty, ProposedDuty, RegulationVersion
from zhize.apps.regulations.services.proposals import stamp_checked
from zhize.apps.regulations.services.texts import refuse_stranger
from zhize.core.duties.recurrence import Recurrence
from zhize.core.kernel.periods import Every
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record
from zhize.kit.errors import BadInput, EditConflict, StateConflict
from zhize.kit.things import ThingRef
from zhize.kit.versioned import snapshot

VERSION_KIND = "regulations.version"
State = ProposedDuty.State
CORRECTED = ["text", "title", "kind", "nature", "recurrence", "holders", "keep_flag", "relation", "existing"]


@transaction.atomic
def row_accept(*, row: ProposedDuty, version: int | None, actor: Actor, now: datetime) -> ProposedDuty:
    """通过: the row enters the register as it stands. Refuses a row without a holder (责任空白)."""
    current = row_locked(row, version, actor)
    _refuse_nobody(current)
    return _check(current, State.ACCEPTED, "", actor, now)


@transaction.atomic
def row_drop(
    *, row: ProposedDuty, reason: str = "", version: int | None, actor: Actor, now: datetime
) -> ProposedDuty:
    """不登记: the sentence is no duty of anybody."""
    return _check(row_locked(row, version, actor), State.DROPPED, reason.strip(), actor, now)


@transaction.atomic
def row_reopen(*, row: ProposedDuty, version: int | None, actor: Actor, now: datetime) -> ProposedDuty:
    """重新核对: the row awaits a person again."""
    return _check(row_locked(row, version, actor), State.OPEN, "", actor, now)


@transaction.atomic
def row_update(
    *,
    row: ProposedDuty,
    data: Mapping[str, Any],
    accept: bool,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> ProposedDuty:
    """Corrects a row (`text`, `title`, `kind`, `nature`, `recurrence`, `holders`, `keep_flag`, `relation`, `existing`).

    A period that does not fit the nature is left out, one that makes no sense raises `BadRule`. With `accept` the row
    counts as checked.
    """
    current = row_locked(row, version, actor)
    before = snapshot(current, CORRECTED)
    for name in CORRECTED:
        if name in data:
            setattr(current, name, data[name])
    if not current.text.strip():
        raise BadInput("职责原文是空的", where="职责原文", remedy="请写明职责；不需要登记的请选“不登记”")
    current.recurrence = _fitting(current.nature, current.recurrence)
    if current.recurrence:
        Recurrence.from_mapping(current.recurrence, where="周期与期限")
    if current.relation in ("", ProposedDuty.Relation.OTHER):
        current.existing = None
    elif current.existing is None:
        raise BadInput("没有选定现有职责", where="与现有职责的关系", remedy="请选择是哪一项现有职责")
    if accept:
        _refuse_nobody(current)
        current.state = State.ACCEPTED
        stamp_checked(current, actor, now)
    else:
        current.version += 1
    current.full_clean(exclude=["clause", "text_version"])
    current.save()
    _log(log_types.ROW_CHANGED, current, actor, now, before=before, after=snapshot(current, CORRECTED))
    return current


def draft_locked(version: RegulationVersion, actor: Actor) -> RegulationVersion:
    """The draft text under lock; refuses strangers and texts already confirmed."""
    current = (
        RegulationVersion.objects.system("checking its rows")
        .select_for_update(of=("self",))
        .select_related("regulation__jurisdiction")
        .get(pk=version.pk)
    )
    refuse_stranger(actor, current.regulation.jurisdiction_id)
    _refuse_confirmed(current)
    return current


def row_locked(row: ProposedDuty, version: int | None, actor: Actor) -> ProposedDuty:
    """The row under lock with clause and text; refuses strangers, confirmed texts, and clicks on what has changed."""
    current = (
        ProposedDuty.objects.system("checking a row")
        .select_for_update(of=("self",))
        .select_related("clause", "text_version__regulation__jurisdiction")
        .get(pk=row.pk)
    )
    refuse_stranger(actor, current.text_version.regulation.jurisdiction_id)
    _refuse_confirmed(current.text_version)
    if version is not None and version != current.version:
        at = f"{timezone.localtime(current.checked_at):%H:%M}" if current.checked_at else ""
        who = current.checked_by if current.checked_by_user != actor.user_id else "您在另一个窗口"
        raise EditConflict(
            f"{who or '他人'}{at and f'于 {at} '}已经处理过这一项（{current.get_state_display()}），您的操作没有保存",
            theirs=snapshot(current, CORRECTED),
            mine={},
            changed_by=current.checked_by,
        )
    return current


def _refuse_confirmed(version: RegulationVersion) -> None:
    if version.state != RegulationVersion.State.DRAFT:
        raise StateConflict("这份文本已经确认，不能再核对", remedy="请在责任清单中修改职责，或登记新版")


def _refuse_nobody(row: ProposedDuty) -> None:
    if not row.holders:
        raise BadInput(
            "没有责任主体，不能通过",
            where=row.clause.label,
            why="会成为责任空白",
            remedy="请指定责任单位，或选“不登记”",
        )


def _check(row: ProposedDuty, state: str, reason: str, actor: Actor, now: datetime) -> ProposedDuty:
    before = {"state": row.state}
    row.state, row.drop_reason = state, reason[:200]
    stamp_checked(row, actor, now)
    if state == State.OPEN:
        row.checked_at, row.checked_by, row.checked_by_user = None, "", None
    row.save()
    _log(log_types.ROW_CHECKED, row, actor, now, before=before, after={"state": state, "reason": reason})
    return row


def _fitting(nature: str, recurrence: dict[str, Any]) -> dict[str, Any]:
    """The period where it fits the nature: a standing duty has none, a one-off matter only a day."""
    once = recurrence.get("every") == Every.ONCE.value
    if nature == Duty.Nature.STANDING or once != (nature == Duty.Nature.ONCE):
        return {}
    return recurrence


def _log(log_type: LogType, row: ProposedDuty, actor: Actor, now: datetime, **values: Any) -> None:
    record(
        log_type,
        actor=actor,
        thing=ThingRef(VERSION_KIND, row.text_version_id),
        now=now,
        note=f"{row.clause.label} {row.key}",
        jurisdiction_code=row.text_version.regulation.jurisdiction.code,
        **values,
    )

"""平时加减分 entered with facts and basis, told to the unit, withdrawn only with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from zhize.apps.assessment import log_types, policies
from zhize.apps.assessment.models import LedgerItem, Round
from zhize.apps.assessment.selectors.ledger import ITEM
from zhize.apps.assessment.services.common import checked, demand, demand_open_year
from zhize.apps.documents.services import evidence_register
from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.selectors import taking_part
from zhize.apps.orgs.services.saving import assign
from zhize.apps.orgs.services.todos import notice_send_to_units
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

FIELDS = ("dated_on", "category", "title", "points", "basis")
KEEPERS = ("只有本辖区领导小组办公室可以登记加减分", "请切换到办公室的身份")


@transaction.atomic
def ledger_record(
    *,
    year: WorkYear,
    unit: Unit,
    data: Mapping[str, Any],
    upload: File[bytes] | None = None,
    actor: Actor,
    now: datetime,
) -> LedgerItem:
    """Enters points of a unit that takes part in the jurisdiction, on a day of an open year; the unit gets a message.

    `points` in the points of the scheme, below nought where they are taken off. Refuses nought, days outside the year or
    still to come, and the own unit. A round not yet scored takes it in when its data are collected again.
    """
    demand(policies.may_enter_points(actor, year.jurisdiction_id, unit), *KEEPERS)
    demand_open_year(year)
    item = LedgerItem(
        jurisdiction=year.jurisdiction, year=year, unit=unit, recorded_at=now, recorded_by=actor.hat or actor.name, is_demo=year.is_demo
    )  # fmt: skip
    assign(item, dict(data), FIELDS)
    item.title, item.category, item.basis = (one.strip() for one in (item.title, item.category, item.basis))
    _refuse_wrong(item, now)
    if upload is not None:
        item.evidence = evidence_register(
            upload=upload, jurisdiction=year.jurisdiction, title=item.title, dated_on=item.dated_on, actor=actor, now=now
        )  # fmt: skip
    checked(item, "平时加减分")
    item.save()
    _tell(item, f"平时加减分台账登记：{item.title}，{item.in_words}", now)
    _stale(item, now)
    _log(log_types.LEDGER_RECORDED, item, actor, now, None)
    return item


@transaction.atomic
def ledger_withdraw(
    *, item: LedgerItem, reason: str, version: int | None = None, actor: Actor, now: datetime
) -> LedgerItem:
    """Takes an entry back: it counts no more, and stands with the reason."""
    rows = LedgerItem.objects.system("locked for a write").select_for_update(of=("self",))
    row: LedgerItem = rows.select_related("unit", "year", "jurisdiction").get(pk=item.pk)
    demand(policies.may_enter_points(actor, row.jurisdiction_id, row.unit), *KEEPERS)
    demand_open_year(row.year)
    check_version(row, version, mine={"withdraw_reason": reason})
    if row.withdrawn_at is not None:
        raise StateConflict("这一笔已经撤销", where=row.title, remedy="请刷新页面")
    if not reason.strip():
        raise BadInput("没有写明撤销理由", where="撤销理由", remedy="请写明依据，如复核结论")
    before = snapshot(row)
    row.withdrawn_at, row.withdrawn_by = now, actor.hat or actor.name
    row.withdraw_reason, row.version = reason.strip(), row.version + 1
    checked(row, "平时加减分")
    row.save()
    _tell(row, f"平时加减分已撤销：{row.title}（{row.withdraw_reason}）", now)
    _stale(row, now)
    _log(log_types.LEDGER_WITHDRAWN, row, actor, now, before)
    return row


def _refuse_wrong(item: LedgerItem, now: datetime) -> None:
    if not item.points:
        raise BadInput("分值不能是0", where="加减分值", remedy="加分写正数，扣分写负数")
    if not item.year.starts_on <= item.dated_on <= item.year.ends_on:
        raise BadInput(
            f"{item.dated_on}不在{item.year.label}之内",
            where="发生日期",
            remedy=f"请填 {item.year.starts_on} 至 {item.year.ends_on}",
        )
    if item.dated_on > local_day(now):
        raise BadInput(f"发生日期 {item.dated_on} 晚于今天", where="发生日期", remedy="请核对日期")
    there = taking_part(item.jurisdiction_id, item.dated_on, "whose points are kept here")
    if not there.filter(unit=item.unit_id).exists():
        raise BadInput(
            f"{item.unit.name}当日不在本辖区的成员单位和被考核地区之内",
            where="单位或地区",
            remedy="请核对单位和日期",
        )


def _tell(item: LedgerItem, text: str, now: datetime) -> None:
    desk = item.unit.answers_through_id or item.unit_id
    notice_send_to_units(texts={desk: text}, roles=policies.UNIT, ref=ThingRef(ITEM, item.pk), now=now)


def _log(what: LogType, item: LedgerItem, actor: Actor, now: datetime, before: dict[str, Any] | None) -> None:
    record(
        what,
        actor=actor,
        thing=ThingRef(ITEM, item.pk),
        now=now,
        before=before,
        after=snapshot(item),
        note=item.withdraw_reason,
        jurisdiction_code=item.jurisdiction.code,
    )


def _stale(item: LedgerItem, now: datetime) -> None:
    """Rounds of the year that are being checked must collect anew."""
    rows = Round.objects.system("what was entered may count in them").filter(
        year=item.year_id, state__in=policies.CHECKING, cut_off_on__gte=item.dated_on
    )
    rows.update(stale_since=now)

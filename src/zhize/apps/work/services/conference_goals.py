"""What a conference keeps beside its minutes: the record (会议记录), and goals its decisions set on metric cards (一（四）)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from zhize.apps.metrics.models import Card, Target
from zhize.apps.metrics.services import target_set, target_update
from zhize.apps.work.log_types import conferences as log_types
from zhize.apps.work.models import Conference, Resolution
from zhize.apps.work.services.conference_common import demand_state, locked_conference, log, ref_of, save
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.audit import record as audit
from zhize.kit.errors import StateConflict
from zhize.kit.versioned import check_version, snapshot

STATE = Conference.State


@transaction.atomic
def record_keep(
    *, conference: Conference, record: str, version: int | None, actor: Actor, now: datetime
) -> Conference:
    """会议记录: who said what, for the office that holds the conference; it goes into no document."""
    current = locked_conference(conference, actor)
    check_version(current, version, mine={"record": record})
    demand_state(current, (STATE.CALLED, STATE.HELD, STATE.MINUTED), "填写会议记录", "请在会议通知发出后填写")
    before = snapshot(current, ["record"])
    current.record = record.strip()
    save(current)
    log(log_types.RECORD_KEPT, current, actor, now, before, record=current.record)
    return current


@transaction.atomic
def resolution_goal(
    *,
    resolution: Resolution,
    card: Card,
    year: WorkYear,
    value: Decimal,
    upper: Decimal | None = None,
    actor: Actor,
    now: datetime,
) -> Target:
    """设为指标目标: a decision's goal as the target of a card for the whole jurisdiction in a year; one that is there is
    changed, with the decision as its new ground. Raises BadInput where the card's direction asks for other values."""
    conference = locked_conference(resolution.conference, actor)
    demand_state(conference, (STATE.HELD, STATE.MINUTED), "设定指标目标", "请先登记会议召开")
    rows = Resolution.objects.system("its goal becomes a target").select_for_update(of=("self",))
    current: Resolution = rows.get(pk=resolution.pk)
    if current.target_id:
        raise StateConflict("这项决定已设为指标目标", where=conference.title, remedy="请在指标目标页修改")
    document = f"{conference.title}决定第{current.number}项"[:200]
    data = {"value": value, "upper": upper, "document": document}
    jurisdiction = conference.jurisdiction
    held = Target.objects.system("the whole jurisdiction's target of the year").filter(
        jurisdiction=jurisdiction, year=year, card=card, region_id=jurisdiction.region_id
    )
    if there := held.first():
        target = target_update(
            target=there, data=data, steps=None, version=there.version, actor=actor, now=now
        )
    else:
        made = data | {"card": card, "year": year, "region": jurisdiction.region}
        target = target_set(jurisdiction=jurisdiction, data=made, steps=[], actor=actor, now=now)
    current.target = target
    current.save(update_fields=["target"])
    audit(
        log_types.GOAL_SET,
        actor=actor,
        thing=ref_of(conference),
        now=now,
        after={"number": current.number, "card": card.code, "year": year.label, "value": str(value)},
        jurisdiction_code=jurisdiction.code,
    )
    return target

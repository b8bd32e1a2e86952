"""Writing a plan item by item: add, change, remove, put in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from zhize.apps.orgs.services.saving import checked
from zhize.apps.work.log_types import plans as log_types
from zhize.apps.work.models import Plan, PlanItem
from zhize.apps.work.services.plan_common import ITEM_KIND, locked_open, log, save
from zhize.apps.work.services.plan_links import Known, links_save
from zhize.core.kernel.errors import CoreError
from zhize.core.plans.found import Year
from zhize.core.plans.steps import steps_read, steps_text
from zhize.core.workflow.plan import ITEM
from zhize.core.workflow.table import next_state
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

COLUMNS = (
    "part", "title", "goal", "measure", "steps", "due_on", "lead_unit", "person", "target", "card_code", "base_value",
    "target_value", "money", "carries",
)  # fmt: skip
ASIDE = 1_000_000  # while items change places, no two may hold one number


@transaction.atomic
def plan_item_create(*, plan: Plan, data: Mapping[str, Any], actor: Actor, now: datetime) -> PlanItem:
    """Adds an item at the end of an open plan. `data` by the names of COLUMNS and of `plan_links.LABELS`.

    Raises BadInput with the place for a date outside the year, an unknown unit or a duty that is not the plan's.
    """
    current = locked_open(plan, actor)
    item = PlanItem(plan=current, order=next_order(current), **columns(data))
    check(item, current)
    item.save()
    links_save([(item, data)], Known.of(current, actor, local_day(now)))
    log_item(log_types.ITEM_CREATED, item, current, actor, now, after=values(item, data))
    return item


@transaction.atomic
def plan_item_update(
    *, thing: PlanItem, data: Mapping[str, Any], version: int | None, actor: Actor, now: datetime
) -> PlanItem:
    """Changes an item of an open plan; one the office returned counts as corrected from then on."""
    current = locked_open(thing.plan, actor)
    item = item_locked(thing)
    check_version(item, version, mine=columns(data))
    before = snapshot(item)
    for name, value in columns(data).items():
        setattr(item, name, value)
    if item.review == PlanItem.Review.RETURNED:
        item.review = next_state(ITEM, item.review, "correct").next_state
    item.version += 1
    check(item, current)
    item.save()
    links_save([(item, data)], Known.of(current, actor, local_day(now)))
    log_item(log_types.ITEM_CHANGED, item, current, actor, now, before=before, after=values(item, data))
    return item


@transaction.atomic
def plan_item_remove(*, item: PlanItem, version: int | None, actor: Actor, now: datetime) -> None:
    """Takes an item out of an open plan; the entry in the log keeps what it said. In a consolidated plan the units'
    items it was made from may be taken in again."""
    current = locked_open(item.plan, actor)
    row = item_locked(item)
    check_version(row, version, mine={})
    ref, before = ThingRef(ITEM_KIND, row.pk), snapshot(row)
    row.delete()
    record(
        log_types.ITEM_REMOVED,
        actor=actor,
        thing=ref,
        now=now,
        before=before,
        jurisdiction_code=current.jurisdiction.code,
    )


@transaction.atomic
def plan_items_order(
    *, plan: Plan, ids: Sequence[int], version: int | None, actor: Actor, now: datetime
) -> None:
    """Puts the items in this order, numbered from 1. Raises BadInput when it is not exactly the plan's items."""
    current = locked_open(plan, actor)
    check_version(current, version, mine={"items": list(ids)})
    rows = PlanItem.objects.system("items of a plan in a new order").select_for_update().filter(plan=current)
    items = {item.pk: item for item in rows.order_by("order", "pk")}
    if sorted(ids) != sorted(items):
        raise BadInput(
            "次序里的事项与计划不一致",
            where=current.title,
            why="可能有人刚刚增减了事项",
            remedy="请刷新页面后重新排序",
        )
    before = list(items)
    renumber([items[pk] for pk in ids])
    save(current)
    log(log_types.ITEMS_ORDERED, current, actor, now, before={"items": before}, after={"items": list(ids)})


def renumber(items: Sequence[PlanItem]) -> None:
    """Numbers from 1 in this order; two statements."""
    PlanItem.objects.system("items change places").filter(pk__in=[item.pk for item in items]).update(
        order=F("order") + ASIDE
    )
    for number, item in enumerate(items, 1):
        item.order = number
    PlanItem.objects.system("items change places").bulk_update(items, ["order"], batch_size=500)


def next_order(plan: Plan) -> int:
    last = PlanItem.objects.system("the next number").filter(plan=plan).aggregate(last=Max("order"))["last"]
    return (last or 0) + 1


def columns(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in COLUMNS if name in data}


def steps_settle(item: PlanItem, plan: Plan) -> None:
    """Its steps as they are kept, the days written out. Raises BadFact naming the line."""
    year = Year(plan.year.starts_on, plan.year.ends_on)
    item.steps = steps_text(steps_read(item.steps or "", year, item.due_on))


def check(item: PlanItem, plan: Plan) -> None:
    """The model's own checks, and that the date lies in the year."""
    where = f"事项“{item.title}”"
    if item.due_on and not plan.year.starts_on <= item.due_on <= plan.year.ends_on:
        raise BadInput(
            f"完成时限 {item.due_on} 不在{plan.year.label}之内",
            where=f"{where} · 完成时限",
            why="年度计划的事项须在本年度内完成；跨年的请写本年度要达到的一步",
            remedy=f"请填写 {plan.year.starts_on} 至 {plan.year.ends_on} 之间的日期",
        )
    try:
        steps_settle(item, plan)
    except CoreError as error:
        raise BadInput(error.what, where=f"{where} · {error.where}", remedy=error.remedy) from error
    if (item.target_value is None) != (not item.card_code):
        raise BadInput(
            "指标代码和目标值须一起填写",
            where=f"{where} · 指标代码",
            why="只有一半，到时无法自动对照",
            remedy="请补上另一项；不挂指标的，请用“指标要求”写明",
        )
    checked(item)


def item_locked(item: PlanItem) -> PlanItem:
    rows = PlanItem.objects.system("locked for a write").select_for_update(of=("self",))
    row = rows.select_related("lead_unit").by_pk(item.pk)
    if row is None:
        raise BadInput("这个事项刚刚被删除", remedy="请返回计划页面查看")
    return row


def values(item: PlanItem, data: Mapping[str, Any]) -> dict[str, Any]:
    links = {name: data[name] for name in ("support_names", "co_act_names", "duty_codes") if name in data}
    return {**snapshot(item), **links}


def log_item(
    log_type: LogType, item: PlanItem, plan: Plan, actor: Actor, now: datetime, **values: Any
) -> None:
    record(
        log_type,
        actor=actor,
        thing=ThingRef(ITEM_KIND, item.pk),
        now=now,
        jurisdiction_code=plan.jurisdiction.code,
        **values,
    )

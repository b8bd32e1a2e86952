"""The office makes one plan of all: opens it, takes the units' items in, merges what is one matter (二（二）)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from zhize.apps.orgs.services.saving import checked
from zhize.apps.work.log_types import plans as log_types
from zhize.apps.work.mapping.plans import draft_of
from zhize.apps.work.models import Plan, PlanItem, PlanItemSource, PlanItemUnit
from zhize.apps.work.policies import plans as policies
from zhize.apps.work.selectors.plans import items_of, pool_of
from zhize.apps.work.services.plan_common import locked_open, locked_whole, log, save
from zhize.apps.work.services.plan_copy import items_made, link_duties, link_units
from zhize.apps.work.services.plan_items import renumber
from zhize.apps.years.models import WorkYear
from zhize.core.plans.merge import merge
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.versioned import snapshot

LONGEST = {"goal": ("目标", 500), "measure": ("措施", 2000), "steps": ("步骤", 2000)}


@transaction.atomic
def plan_consolidate(*, year: WorkYear, actor: Actor, now: datetime, title: str = "") -> Plan:
    """Opens the year's consolidated plan of the acting jurisdiction, empty. One a year; later ones are amendments."""
    if not (
        actor.is_system or (policies.may_consolidate(actor) and year.jurisdiction_id == actor.jurisdiction_id)
    ):
        raise NotAllowed("只有本辖区办公室可以汇总计划", remedy="请切换到办公室的身份")
    current = (
        WorkYear.objects.system("one consolidated plan a year")
        .select_for_update(of=("self",))
        .select_related("jurisdiction__programme", "jurisdiction__region", "jurisdiction__office_unit")
        .get(pk=year.pk)
    )
    if current.state == WorkYear.State.CLOSED:
        raise StateConflict(f"{current.label}已关账，不能再编制计划", remedy="请选择进行中的年度")
    held = Plan.objects.system("one consolidated plan a year").filter(
        year=current, level=Plan.Level.CONSOLIDATED
    )
    if held.exists():
        raise StateConflict(f"{current.label}的总计划已经建立", remedy="请打开已有的总计划；已印发的请修订")
    place = current.jurisdiction
    office = place.office_unit
    if office is None:
        raise BadInput(
            "本辖区还没有登记办公室", where=place.name, remedy="请先在机构设置中登记领导小组办公室"
        )
    plan = Plan(
        jurisdiction=place,
        year=current,
        unit=office,
        level=Plan.Level.CONSOLIDATED,
        title=title.strip() or f"{place.region.name}{current.label}{place.programme.name}工作计划",
        created_at=now,
    )
    checked(plan)
    plan.save()
    log(log_types.PLAN_OPENED, plan, actor, now, after=snapshot(plan))
    return plan


@transaction.atomic
def plan_items_take(
    *, plan: Plan, source_ids: Collection[int] | None, actor: Actor, now: datetime
) -> list[PlanItem]:
    """Takes accepted items of the units into the consolidated plan (None: all that are left), each linked to its source.

    Raises BadInput for one that is not accepted or already taken in. Statements do not grow with the items.
    """
    current = locked_open(locked_whole(plan, actor), actor)
    pool = pool_of(current)
    wanted = pool if source_ids is None else [item for item in pool if item.pk in set(source_ids)]
    if source_ids is not None and len(wanted) != len(set(source_ids)):
        raise BadInput(
            "选中的事项里有的不能取入",
            where=current.title,
            why="只取入已接收的计划中尚未取入的事项，可能有人刚刚取入",
            remedy="请刷新页面后重新选择",
        )
    if not wanted:
        raise BadInput(
            "没有选中事项", where=current.title, remedy="请勾选要取入的事项；没有可选的，请先接收各单位的计划"
        )
    made = items_made(current, wanted)
    PlanItemSource.objects.bulk_create(
        PlanItemSource(item=item, source=source) for item, source in zip(made, wanted, strict=True)
    )
    save(current)
    log(log_types.ITEMS_TAKEN, current, actor, now, after={"items": [item.pk for item in wanted]})
    return made


@transaction.atomic
def plan_items_merge(*, plan: Plan, ids: Collection[int], actor: Actor, now: datetime) -> PlanItem:
    """Makes one item of several: the first in order stays and takes what the others said, their sources too.

    Nothing is lost: goals and measures are joined (`core.plans.merge`) for a person to rewrite.
    """
    current = locked_open(locked_whole(plan, actor), actor)
    items = items_of(current)
    chosen = [item for item in items if item.pk in set(ids)]
    if len(chosen) < 2 or len(chosen) != len(set(ids)):
        raise BadInput(
            "请至少选两个要合并的事项",
            where=current.title,
            why="可能有人刚刚合并或删除了",
            remedy="请刷新页面后重新选择",
        )
    first, others = chosen[0], chosen[1:]
    before = snapshot(first)
    whole = merge([draft_of(item) for item in chosen])
    for name, (label, longest) in LONGEST.items():
        if len(getattr(whole, name)) > longest:
            raise BadInput(
                f"合并后的{label}超过 {longest} 字",
                where=first.title,
                remedy="请先精简要合并的事项，再合并",
            )
    first.goal, first.measure, first.steps, first.due_on, first.money = (
        whole.goal,
        whole.measure,
        whole.steps,
        whole.due_on,
        whole.money,
    )
    first.version += 1
    checked(first)
    first.save()
    _move_links(first, others, whole.supports, whole.duties)
    PlanItem.objects.system("merged into one").filter(pk__in=[item.pk for item in others]).delete()
    renumber([item for item in items if item not in others])
    save(current)
    log(
        log_types.ITEMS_MERGED,
        current,
        actor,
        now,
        before={"item": before, "others": [snapshot(item) for item in others]},
        after={"item": snapshot(first), "others": []},
    )
    return first


def _move_links(
    first: PlanItem, others: list[PlanItem], supports: tuple[int, ...], duties: tuple[int, ...]
) -> None:
    """Units and duties of all to the first; sources too, each once."""
    roles = {
        link.unit_id: link.role for item in (*others, first) for link in item.supports.all()
    }  # the first item's word on a unit counts most
    PlanItemUnit.objects.filter(item=first).delete()
    link_units([first], [[(pk, roles.get(pk, PlanItemUnit.Role.SUPPORT)) for pk in supports]])
    PlanItem.duties.through._default_manager.filter(planitem_id=first.pk).delete()
    link_duties([first], [duties])
    PlanItemSource.objects.filter(item__in=others).update(item=first)

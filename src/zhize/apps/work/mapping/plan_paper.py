"""The consolidated plan as the blocks of the official document that issues it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from zhize.apps.work.models import Plan, PlanItem
from zhize.core.papers.days import printed_day
from zhize.core.plans.steps import steps_kept
from zhize.kit.officialdoc import Attachment, Block, Run, heading, numbered, para, table
from zhize.kit.things import ThingRef

Said = str | Run
HEAD = ("序号", "工作事项", "牵头单位", "配合单位", "完成时限")


def title_of(plan: Plan) -> str:
    """关于印发《…》的通知"""
    amended = "修订后的" if plan.number > 1 else ""
    return f"关于印发{amended}《{plan.title}》的通知"


def blocks_of(plan: Plan, items: Sequence[PlanItem]) -> tuple[Block, ...]:
    """Two sentences, the plan as an attachment by part and item, and who does what by when in a table.

    Figures carry the reference of their item. Reads lead, taking part units of the items (prefetched).
    """
    approved = f"已经领导小组{_day(plan.approved_on)}审定，" if plan.approved_on else ""
    out: list[Block] = [
        para(f"《{plan.title}》{approved}现印发给你们，请结合实际，认真组织实施。"),
        Attachment(plan.title),
    ]
    out += [para(text) for text in plan.overview.splitlines() if text.strip()]
    for part in PlanItem.Part:
        here = [item for item in items if item.part == part]
        if here:
            out.append(heading(str(part.label)))
            out += [block for item in here for block in _item(item)]
    out += [Attachment(f"{plan.title}任务分工表"), table(HEAD, _rows(items))]
    return numbered(out)


def _item(item: PlanItem) -> Iterable[Block]:
    yield heading(item.title, level=2)
    yield para("目标：", item.goal.strip(), *_target(item))
    lines = [line.strip() for line in item.measure.splitlines() if line.strip()]
    yield para("措施：", lines[0] if lines else "")
    yield from (para(line) for line in lines[1:])
    if item.steps:
        yield para(
            "步骤：", "；".join(f"{_day(one.day)}前{one.text}" for one in steps_kept(item.steps)), "。"
        )
    yield para(_who(item))


def _target(item: PlanItem) -> list[Said]:
    """The figure of the goal, linked to its item."""
    parts: list[Said] = []
    ref = str(ThingRef("work.plan_item", item.pk))
    if item.target:
        parts += ["指标要求：", Run(item.target, ref), "。"]
    if item.target_value is not None:
        base = f"（基期{item.base_value.normalize():f}）" if item.base_value is not None else ""
        parts += ["目标值", Run(f"{item.target_value.normalize():f}", ref), f"{base}。"]
    return parts


def _who(item: PlanItem) -> str:
    said = [f"牵头单位：{item.lead_unit.name}"]
    said += [f"会同单位：{item.co_act_names}"] if item.co_act_names else []
    said += [f"配合单位：{item.support_names}"] if item.support_names else []
    return "；".join([*said, f"完成时限：{_day(item.due_on)}"]) + "。"


def _rows(items: Sequence[PlanItem]) -> Iterable[tuple[Said, ...]]:
    for number, item in enumerate(items, 1):
        others = "、".join(name for name in (item.co_act_names, item.support_names) if name)
        ref = str(ThingRef("work.plan_item", item.pk))
        yield str(number), Run(item.title, ref), item.lead_unit.name, others, _day(item.due_on)


def _day(day: date | None) -> str:
    return printed_day(day) if day else ""

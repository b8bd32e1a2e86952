"""Taking items over from another plan: last year's, the region's own, the version before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from zhize.apps.regulations.models import Duty
from zhize.apps.work.log_types import plans as log_types
from zhize.apps.work.models import Plan, PlanItem, PlanItemUnit
from zhize.apps.work.selectors.plan_choices import duties_of_plan
from zhize.apps.work.selectors.plans import items_of
from zhize.apps.work.services.plan_common import locked_open, log, save
from zhize.apps.work.services.plan_items import next_order
from zhize.core.plans.steps import steps_moved
from zhize.kit.actor import Actor
from zhize.kit.errors import NotAllowed, StateConflict

TAKEN_OVER = (
    "part", "title", "goal", "measure", "lead_unit_id", "person", "target", "card_code", "base_value", "target_value", "money",
    "carries_id",
)  # fmt: skip


@transaction.atomic
def plan_items_copy(*, plan: Plan, source: Plan, actor: Actor, now: datetime) -> list[PlanItem]:
    """Takes all items of another plan over that are not here yet, dates moved into the plan's year.

    Duties go along where the plan's unit owes one of the same code. `source` must be one the actor sees.
    """
    current = locked_open(plan, actor)
    if not Plan.objects.visible_to(actor).filter(pk=source.pk).exists():
        raise NotAllowed("不能沿用看不到的计划", remedy="请选择本单位的计划")
    here = {item.copied_from_id for item in items_of(current)}
    wanted = [item for item in items_of(source) if item.pk not in here]
    if not wanted:
        raise StateConflict(
            "没有可沿用的事项", where=source.title, why="它的事项都已在本计划中，或它没有事项"
        )
    made = items_made(current, wanted)
    if source.jurisdiction_id != current.jurisdiction_id and current.level == Plan.Level.LOCAL:
        current.origin = source
    save(current)
    log(
        log_types.ITEMS_COPIED,
        current,
        actor,
        now,
        after={"from": source.title, "items": [item.pk for item in wanted]},
    )
    return made


def items_made(plan: Plan, sources: Sequence[PlanItem]) -> list[PlanItem]:
    """New items of the plan like these, at its end, with units and those duties the plan knows. Five statements.

    Reads the prefetched units and duties of the sources. Part of another service's write.
    """
    first = next_order(plan)
    made = [
        PlanItem(
            plan=plan,
            order=number,
            due_on=_within(item.due_on, plan),
            steps=steps_moved(item.steps, lambda day: _within(day, plan)),
            copied_from=item,
            **{name: getattr(item, name) for name in TAKEN_OVER},
        )
        for number, item in enumerate(sources, first)
    ]
    PlanItem.objects.system("items taken over").bulk_create(made, batch_size=500)
    known = dict(duties_of_plan(plan).values_list("code", "pk"))
    link_units(made, [[(link.unit_id, link.role) for link in item.supports.all()] for item in sources])
    link_duties(made, [[known[d.code] for d in item.duties.all() if d.code in known] for item in sources])
    return made


def link_units(items: Sequence[PlanItem], units: Sequence[Sequence[tuple[int, str]]]) -> None:
    """Rows of taking part for new items; the lead is not repeated."""
    PlanItemUnit.objects.bulk_create(
        PlanItemUnit(item=item, unit_id=unit_id, role=role)
        for item, taking_part in zip(items, units, strict=True)
        for unit_id, role in dict(taking_part).items()
        if unit_id != item.lead_unit_id
    )


def link_duties(items: Sequence[PlanItem], duties: Sequence[Sequence[int]]) -> None:
    """Rows of served duties for new items."""
    through = PlanItem.duties.through
    through._default_manager.bulk_create(
        through(planitem_id=item.pk, duty_id=duty_id)
        for item, served in zip(items, duties, strict=True)
        for duty_id in dict.fromkeys(served)
    )


def _within(day: date, plan: Plan) -> date:
    """The same day of the plan's year; its last day where the year has none such (29 February)."""
    year = plan.year
    for candidate in range(year.starts_on.year, year.ends_on.year + 1):
        try:
            moved = day.replace(year=candidate)
        except ValueError:
            moved = date(candidate, 2, 28)
        if year.starts_on <= moved <= year.ends_on:
            return moved
    return year.ends_on


def duties_served(items: Sequence[PlanItem]) -> list[Duty]:
    """The duties of several items, each once. Reads the prefetched duties."""
    return list({duty.pk: duty for item in items for duty in item.duties.all()}.values())

"""Plan items to the core's dataclasses; the values of rules/work/plans.yaml, typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from zhize.apps.work.models import PlanItem
from zhize.core.plans.calc import weighing_from
from zhize.core.plans.merge import Draft
from zhize.core.plans.similar import Item, Weighing
from zhize.kit.rules import register_schema, rule_as

SHARE = r"^(0(\.\d{1,4})?|1(\.0{1,4})?)$"  # sample: "0.40"


class PlanRule(BaseModel):
    """What the office may set about plans."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)
    no_item_kinds: list[str]
    threshold: str = Field(alias="similar.threshold", pattern=SHARE)
    title_weight: str = Field(alias="similar.title_weight", pattern=SHARE)
    same_duty: str = Field(alias="similar.same_duty", pattern=SHARE)
    common_share: str = Field(alias="similar.common_share", pattern=SHARE)


register_schema("work/plans", PlanRule)


def plan_rule(day: date, jurisdiction_code: str = "") -> PlanRule:
    """The values in force that day."""
    return rule_as(PlanRule, on=day, jurisdiction=jurisdiction_code)


def weighing_on(day: date, jurisdiction_code: str) -> Weighing:
    """How the core weighs titles, texts and duties when it looks for items that are alike."""
    shares = plan_rule(day, jurisdiction_code).model_dump(exclude={"no_item_kinds"})
    return weighing_from(shares)


def core_items(items: Iterable[PlanItem]) -> list[Item]:
    """As `plans.similar` compares them. Reads the prefetched duties."""
    return [
        Item(
            id=str(item.pk),
            title=item.title,
            text=f"{item.goal}\n{item.measure}",
            unit=str(item.lead_unit_id),
            duties=tuple(duty.code for duty in item.duties.all()),
        )
        for item in items
    ]


def draft_of(item: PlanItem) -> Draft:
    """As `plans.merge` joins them. Reads the lead unit and the prefetched links."""
    supports = [link.unit_id for link in item.supports.all()]
    return Draft(
        title=item.title,
        goal=item.goal,
        measure=item.measure,
        due_on=item.due_on,
        lead=item.lead_unit_id,
        lead_name=item.lead_unit.name,
        supports=tuple(supports),
        duties=tuple(duty.pk for duty in item.duties.all()),
        money=item.money,
        steps=item.steps,
    )

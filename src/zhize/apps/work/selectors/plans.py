"""Reads of plans and their items."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Prefetch

from zhize.apps.orgs.models.mine import mine_q
from zhize.apps.regulations.models import Duty
from zhize.apps.requests.models import UnitRequest
from zhize.apps.work.models import Plan, PlanItem, PlanItemSource, PlanItemUnit
from zhize.apps.work.selectors.plan_tasks import earlier_of, with_tasks
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet

CONTENT = "work.plan_items"
OPEN = (Plan.State.DRAFT, Plan.State.RETURNED)


def plans_listed(actor: Actor) -> ScopedQuerySet[Any]:
    """What the actor may see, with unit, year and the number of items: one statement."""
    rows: ScopedQuerySet[Plan] = Plan.objects.visible_to(actor)
    return rows.select_related("unit", "year", "jurisdiction").annotate(size=Count("items"))


def plan_by_pk(actor: Actor, pk: int) -> Plan | None:
    """One plan with what its page needs."""
    rows = Plan.objects.visible_to(actor)
    return rows.select_related(
        "unit__region", "year", "jurisdiction__region", "request__call", "previous", "origin__jurisdiction"
    ).by_pk(pk)


def request_by_pk(actor: Actor, pk: int) -> UnitRequest | None:
    """A request for plan items that the actor may see."""
    rows = UnitRequest.objects.visible_to(actor).filter(pk=pk, call__content=CONTENT)
    return rows.select_related("call__year", "unit__region", "jurisdiction").first()


def plan_of_request(actor: Actor, request_id: int) -> Plan | None:
    return Plan.objects.visible_to(actor).filter(request_id=request_id).first()


def with_links(rows: ScopedQuerySet[PlanItem]) -> ScopedQuerySet[PlanItem]:
    """Items with lead unit, taking part units and duties: three statements for any number."""
    units = PlanItemUnit.objects.select_related("unit").order_by("unit__order", "pk")
    duties = Duty.objects.system("of items the actor sees").order_by("order", "pk")
    return rows.select_related("lead_unit", "plan").prefetch_related(
        Prefetch("supports", queryset=units), Prefetch("duties", queryset=duties)
    )


def items_of(plan: Plan) -> list[PlanItem]:
    """All items of a plan the actor sees, in order."""
    rows = PlanItem.objects.system("of a plan the actor sees").filter(plan=plan).order_by("order", "pk")
    return list(with_links(rows))


def items_listed(actor: Actor) -> ScopedQuerySet[PlanItem]:
    """Items of all plans the actor sees, for lists, exports and imports."""
    rows = with_links(PlanItem.objects.visible_to(actor))
    return rows.select_related("plan__unit", "plan__year", "lead_unit")


def item_by_pk(actor: Actor, pk: int) -> PlanItem | None:
    """One item with what its page needs."""
    rows = with_tasks(actor, with_links(PlanItem.objects.visible_to(actor)))
    return rows.select_related(
        "plan__unit__region", "plan__year", "plan__jurisdiction__region", "lead_unit"
    ).by_pk(pk)


def plans_own_open(actor: Actor) -> ScopedQuerySet[Plan]:
    """The plans the acting unit may write in now; what an import offers."""
    mine = mine_q(actor)
    return Plan.objects.visible_to(actor).filter(mine, state__in=OPEN).order_by("-year__starts_on", "pk")


def consolidated_of_year(actor: Actor, year_id: int) -> Plan | None:
    """The newest consolidated plan of a year the actor sees."""
    rows = Plan.objects.visible_to(actor).filter(year_id=year_id, level=Plan.Level.CONSOLIDATED)
    return rows.order_by("-number").first()


def pool_of(plan: Plan) -> list[PlanItem]:
    """Accepted items of member units of the year that the consolidated plan has not taken in yet, in official order."""
    taken = PlanItemSource.objects.filter(item__plan=plan).values("source_id")
    rows = PlanItem.objects.system("what the office consolidates").filter(
        plan__jurisdiction_id=plan.jurisdiction_id,
        plan__year_id=plan.year_id,
        plan__level=Plan.Level.MEMBER,
        plan__state=Plan.State.ACCEPTED,
    )
    rows = rows.exclude(pk__in=taken).order_by("plan__unit__order", "plan_id", "order", "pk")
    return list(with_links(rows).select_related("plan__unit", "lead_unit"))


def units_not_in(plan: Plan) -> list[UnitRequest]:
    """Requests for the year's plan items that member units have not had accepted yet, in official order."""
    rows = UnitRequest.objects.system("whom the consolidation still waits for").filter(
        jurisdiction_id=plan.jurisdiction_id,
        call__year_id=plan.year_id,
        call__content=CONTENT,
        call__state="issued",
        unit__region_id=plan.jurisdiction.region_id,
    )
    rows = rows.exclude(state=UnitRequest.State.ACCEPTED)
    return list(rows.select_related("unit", "call").order_by("unit__order", "pk"))


def sources_of(actor: Actor, item_ids: list[int]) -> dict[int, list[PlanItem]]:
    """The units' items each of these was made from, as far as the actor sees them. Two statements."""
    links = list(PlanItemSource.objects.filter(item_id__in=item_ids).values_list("item_id", "source_id"))
    seen = PlanItem.objects.visible_to(actor).filter(pk__in=[source for _item, source in links])
    rows = {item.pk: item for item in seen.select_related("plan__unit", "lead_unit")}
    found: dict[int, list[PlanItem]] = {}
    for item_id, source_id in links:
        if source := rows.get(source_id):
            found.setdefault(item_id, []).append(source)
    return found


def taken_into(actor: Actor, item_ids: list[int]) -> dict[int, PlanItem]:
    """The consolidated item that each unit's item went into, as far as the actor sees it. Two statements."""
    links = list(PlanItemSource.objects.filter(source_id__in=item_ids).values_list("source_id", "item_id"))
    seen = PlanItem.objects.visible_to(actor).filter(pk__in=[item for _source, item in links])
    rows = {item.pk: item for item in seen.select_related("plan")}
    return {source: rows[item] for source, item in links if item in rows}


def carried_by(actor: Actor, item: PlanItem) -> list[PlanItem]:
    """Items of regions below that carry this one, or the one of a version before that it was taken over from, as far as
    they were handed in to the actor's jurisdiction. A plan of another year is none of its versions."""
    rows = PlanItem.objects.visible_to(actor).filter(carries_id__in=earlier_of([item])[item.pk])
    return list(
        rows.select_related("plan__unit", "lead_unit").order_by("plan__unit__region__order", "order")[:200]
    )


def items_of_duties(actor: Actor, duty_ids: list[int], year_id: int) -> list[PlanItem]:
    """What the year's plans mean to do about these duties: the issued plan's items, else the units' accepted ones."""
    rows = (
        PlanItem.objects.visible_to(actor)
        .filter(duties__in=duty_ids, plan__year_id=year_id)
        .exclude(plan__state=Plan.State.SUPERSEDED)
        .select_related("plan__unit", "lead_unit")
        .distinct()
        .order_by("plan_id", "order")[:300]
    )
    items = list(rows)
    whole = [
        i for i in items if i.plan.level == Plan.Level.CONSOLIDATED and i.plan.state == Plan.State.ISSUED
    ]
    return whole or items

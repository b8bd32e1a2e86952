"""What may be chosen when an item is written, and what the plan still lacks."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q

from zhize.apps.metrics.models import Card
from zhize.apps.orgs.models import Membership, Unit
from zhize.apps.orgs.models.mine import mine_q
from zhize.apps.orgs.selectors import in_force
from zhize.apps.regulations.models import Duty, Obligation
from zhize.apps.work.mapping.plans import plan_rule
from zhize.apps.work.models import Plan, PlanItem
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet


def units_for(actor: Actor, today: date) -> ScopedQuerySet[Unit]:
    """Units that may lead or support: of the acting jurisdiction, of the region the hat answers for, and the own one."""
    region = Unit.objects.system("the acting unit's own region").filter(pk=actor.unit_id or 0)
    places = Membership.objects.system("who may lead or support an item").filter(
        Q(jurisdiction_id=actor.jurisdiction_id) | Q(jurisdiction__region__in=region.values("region_id")),
        in_force(today),
        unit_id=OuterRef("pk"),
    )
    rows: ScopedQuerySet[Unit] = Unit.objects.visible_to(actor)
    return rows.filter(mine_q(actor, "") | Exists(places)).order_by("region__order", "order", "pk")


def units_at(plan: Plan, today: date) -> ScopedQuerySet[Unit]:
    """Units that may lead or support an item of this plan, whoever enters it: of the jurisdiction it is handed to, of its
    unit's own region, and the unit itself. One statement."""
    places = Membership.objects.system("who may lead or support an item").filter(
        Q(jurisdiction_id=plan.jurisdiction_id) | Q(jurisdiction__region_id=plan.unit.region_id),
        in_force(today),
        unit_id=OuterRef("pk"),
    )
    rows: ScopedQuerySet[Unit] = Unit.objects.system("who may lead or support an item")
    return rows.filter(Q(pk=plan.unit_id) | Exists(places)).order_by("region__order", "order", "pk")


def duties_owed(actor: Actor) -> ScopedQuerySet[Duty]:
    """The duties the acting unit owes, or answers for, under any jurisdiction; the whole register to its office."""
    own = mine_q(actor)
    owed = Obligation.objects.visible_to(actor).filter(own, duty_id=OuterRef("pk"))
    whole = (
        Q(jurisdiction_id=actor.jurisdiction_id)
        if actor.has("office_director", "office_staff")
        else Q(pk__in=[])
    )
    rows: ScopedQuerySet[Duty] = Duty.objects.system("duties of obligations the actor sees")
    return rows.filter(whole | Exists(owed)).order_by("order", "pk")


def duties_of_plan(plan: Plan) -> ScopedQuerySet[Duty]:
    """The duties a plan is about: what its unit owes this year; the whole register for the consolidated plan."""
    rows: ScopedQuerySet[Duty] = Duty.objects.system("duties of a plan the actor sees")
    rows = rows.filter(jurisdiction_id=plan.jurisdiction_id).order_by("order", "pk")
    if plan.level == Plan.Level.CONSOLIDATED:
        current = Q(valid_to__isnull=True) | Q(valid_to__gt=plan.year.starts_on)
        return rows.filter(current)
    owed = Obligation.objects.system("what the plan's unit owes this year").filter(
        unit_id=plan.unit_id, year_id=plan.year_id, duty_id=OuterRef("pk")
    )
    return rows.filter(Exists(owed))


def gaps_of(plan: Plan) -> list[Duty]:
    """Duties no item of the plan serves (二（二）、三（二）), without the kinds that need none (rule `no_item_kinds`)."""
    exempt = plan_rule(plan.year.starts_on, plan.jurisdiction.code).no_item_kinds
    served = PlanItem.objects.system("of a plan the actor sees").filter(plan=plan, duties=OuterRef("pk"))
    return list(duties_of_plan(plan).exclude(kind__in=exempt).exclude(Exists(served)))


def items_above(actor: Actor, plan: Plan) -> ScopedQuerySet[PlanItem]:
    """The items of the plan above that one of this plan may carry: issued, of the year that holds this plan's first day.

    For a region's plan at home, of the parent jurisdiction; for the one handed in there, of that jurisdiction itself.
    """
    above = plan.jurisdiction_id if plan.level == Plan.Level.LOCAL else plan.jurisdiction.parent_id or 0
    day = plan.year.starts_on
    rows: ScopedQuerySet[PlanItem] = PlanItem.objects.visible_to(actor)
    return rows.filter(
        plan__jurisdiction_id=above,
        plan__level=Plan.Level.CONSOLIDATED,
        plan__state=Plan.State.ISSUED,
        plan__year__starts_on__lte=day,
        plan__year__ends_on__gte=day,
    ).order_by("order", "pk")


def plans_to_copy(actor: Actor, plan: Plan) -> list[Plan]:
    """Where items may be taken over from: the unit's earlier plans, and the region's own plan for the one handed up."""
    earlier = Q(unit_id=plan.unit_id, level=plan.level, year__starts_on__lt=plan.year.starts_on)
    home = Q(jurisdiction__region_id=plan.unit.region_id, level=Plan.Level.CONSOLIDATED) & Q(
        state__in=(Plan.State.APPROVED, Plan.State.ISSUED, Plan.State.DRAFT, Plan.State.PRESENTED)
    )
    wanted = earlier | home if plan.level == Plan.Level.LOCAL else earlier
    rows = Plan.objects.visible_to(actor).filter(wanted).exclude(pk=plan.pk)
    return list(rows.select_related("year", "jurisdiction").order_by("-year__starts_on", "-number")[:10])


def cards_known(actor: Actor) -> list[tuple[str, str]]:
    """Code and name of the metric cards an item may name. One statement."""
    rows = Card.objects.visible_to(actor).filter(is_retired=False).order_by("order", "code")
    return list(rows.values_list("code", "name"))

"""What plans add to pages above: plans in and missing by unit and region, items by duty; what awaits the group; clauses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy

from zhize.apps.requests.models import UnitRequest
from zhize.apps.work.models import Plan, PlanItem
from zhize.apps.work.selectors.plan_tasks import with_tasks
from zhize.apps.work.selectors.plans import CONTENT, items_of_duties
from zhize.apps.years.selectors import year_by_pk
from zhize.kit.actor import Actor
from zhize.kit.contributions import Brief, BriefLine, BriefQuestion, Figure, Situation

HEADS = (gettext_lazy("计划"), gettext_lazy("计划事项"))
STATE = UnitRequest.State
WAITING = (STATE.WAITING, STATE.DRAFTING, STATE.RETURNED, STATE.WITHDRAWN)


def plans_situation(actor: Actor, year_id: int, today: date) -> Situation:
    """How many plans were asked for, are in, are missing; each unit's and region's own; how many items serve each duty.

    Four statements for any number of rows, beside the year's.
    """
    year = year_by_pk(actor, year_id)
    if year is None:
        return Situation()
    asked = list(
        UnitRequest.objects.visible_to(actor)
        .filter(call__year_id=year_id, call__content=CONTENT)
        .exclude(call__state__in=("draft", "cancelled"))
        .select_related("unit")
        .order_by("unit__order", "pk")
    )
    made = Plan.objects.visible_to(actor).filter(year_id=year_id).annotate(size=Count("items"))
    plans = list(made.order_by("-number").values("pk", "request_id", "level", "state", "size"))
    by_request = {plan["request_id"]: plan for plan in plans if plan["request_id"]}
    figures = {row: _of(row, by_request.get(row.pk), today) for row in asked}
    return Situation(
        totals=_totals(asked, plans, year.label),
        by_unit={row.unit_id: told for row, told in figures.items() if row.unit.region_id == actor.region_id},
        by_region={
            row.unit.region_id: told for row, told in figures.items() if row.unit.region_id != actor.region_id
        },
        by_duty=_by_duty(actor, year_id),
    )


def _of(row: UnitRequest, plan: Mapping[str, Any] | None, today: date) -> tuple[Figure, ...]:
    url = reverse("work:plan", args=[plan["pk"]]) if plan else ""
    light = {STATE.ACCEPTED: "done", STATE.SUBMITTED: "claimed", STATE.RETURNED: "returned"}.get(
        STATE(row.state), "overdue" if row.due_on < today else "not_due"
    )
    level = 1.0 if row.state == STATE.ACCEPTED else 0.5 if row.state == STATE.SUBMITTED else 0.0
    return (
        Figure(HEADS[0], str(row.get_state_display()), url, light=light, level=level),
        Figure(HEADS[1], str(plan["size"]) if plan else "—", url),
    )


def _totals(asked: list[UnitRequest], plans: Sequence[Mapping[str, Any]], year: str) -> tuple[Figure, ...]:
    """Asked for, accepted, still missing; then the consolidated plan in force, or else the one being made, by its state."""

    def url(tally: str) -> str:
        return reverse("requests:replies", query={"year": year, "content": CONTENT, "tally": tally})

    accepted = sum(1 for row in asked if row.state == STATE.ACCEPTED)
    missing = sum(1 for row in asked if row.state in WAITING)
    found = []
    if asked:
        found += [
            Figure(gettext_lazy("应报计划"), str(len(asked)), url("asked")),
            Figure(gettext_lazy("已接收计划"), str(accepted), url("accepted")),
            Figure(gettext_lazy("未报计划"), str(missing), url("missing"), light="soon" if missing else ""),
        ]
    wholes = [plan for plan in plans if plan["level"] == Plan.Level.CONSOLIDATED]
    in_force = [plan for plan in wholes if plan["state"] == Plan.State.ISSUED]
    if whole := next(iter((*in_force, *wholes)), None):
        page = reverse("work:plan", args=[whole["pk"]])
        found.append(Figure(gettext_lazy("总计划"), str(Plan.State(whole["state"]).label), page))
        found.append(Figure(gettext_lazy("总计划事项"), str(whole["size"]), page))
    return tuple(found)


def _by_duty(actor: Actor, year_id: int) -> dict[int, tuple[Figure, ...]]:
    """How many items of the issued plan serve each duty, each leading to these items of it."""
    rows = PlanItem.objects.visible_to(actor).filter(
        plan__year_id=year_id,
        plan__jurisdiction_id=actor.jurisdiction_id or 0,
        plan__level=Plan.Level.CONSOLIDATED,
        plan__state=Plan.State.ISSUED,
        duties__isnull=False,
    )
    counted = rows.values_list("plan_id", "duties", "duties__code").annotate(number=Count("pk"))
    return {
        duty: (
            Figure(HEADS[0], ""),
            Figure(HEADS[1], str(number), reverse("work:plan", args=[plan], query={"of_duty": code})),
        )
        for plan, duty, code, number in counted.order_by()
    }


def plans_of_clause(actor: Actor, duty_ids: list[int], year_id: int) -> dict[str, Any] | None:
    """The plan items that serve a clause's duties, with what became of them; None when there are none."""
    items = items_of_duties(actor, duty_ids, year_id)
    if not items:
        return None
    rows = PlanItem.objects.visible_to(actor).filter(pk__in=[item.pk for item in items])
    lit = with_tasks(actor, rows).select_related("plan__unit", "plan__year", "lead_unit")
    return {"rows": list(lit.order_by("plan_id", "order"))}


def plans_brief(actor: Actor, question: BriefQuestion) -> Brief:
    """Plans presented to the group and not yet approved. One statement."""
    rows = Plan.objects.visible_to(actor).filter(
        year_id=question.year_id, level=Plan.Level.CONSOLIDATED, state=Plan.State.PRESENTED
    )
    return Brief(
        decide=tuple(
            BriefLine(
                f"审定《{plan.title}》",
                reverse("work:plan", args=[plan.pk]),
                plan.unit_id,
                plan.submitted_at.date() if plan.submitted_at else None,
                "领导小组审定后印发",
            )
            for plan in rows.order_by("submitted_at")[:10]
        )
    )

"""Links to plans and items, and what a search finds of them: only what the actor may see."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from zhize.apps.work.models import Plan, PlanItem
from zhize.kit.actor import Actor
from zhize.kit.contributions import Found
from zhize.kit.things import ThingCard, ThingRef


def plan_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    rows = Plan.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", "title")
    return {
        pk: ThingCard(ThingRef("work.plan", pk), title, reverse("work:plan", args=[pk])) for pk, title in rows
    }


def item_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    rows = (
        PlanItem.objects.visible_to(actor)
        .filter(pk__in=ids)
        .values_list("pk", "title", "plan__title", "order")
    )
    return {
        pk: ThingCard(
            ThingRef("work.plan_item", pk),
            f"《{plan}》第{order}项 {title}",
            reverse("work:plan_item", args=[pk]),
        )
        for pk, title, plan, order in rows
    }


def find_items(actor: Actor, words: str, limit: int) -> list[Found]:
    """Items by title, goal or measure."""
    said = Q(title__icontains=words) | Q(goal__icontains=words) | Q(measure__icontains=words)
    rows = PlanItem.objects.visible_to(actor).filter(said).select_related("plan")
    return [
        Found(item.title, f"{item.plan.title} · {item.goal}", reverse("work:plan_item", args=[item.pk]))
        for item in rows.order_by("-plan__year__starts_on", "plan_id", "order")[:limit]
    ]


def item_figures(ids: list[int]) -> dict[int, list[str]]:
    """What a document may say of items: target, target value, title. One statement."""
    rows = PlanItem.objects.system("figures of documents compared with their source").filter(pk__in=ids)
    return {
        row.pk: [
            *([f"{row.target_value.normalize():f}"] if row.target_value is not None else []),
            *([row.target] if row.target else []),
            row.title,
        ]
        for row in rows.only("pk", "target", "target_value", "title")
    }


RESOLVERS = {"work.plan": plan_cards, "work.plan_item": item_cards}

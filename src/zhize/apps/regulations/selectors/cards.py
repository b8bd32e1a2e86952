"""Cards for links to things of this app: words and address, only of what the actor may see."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from zhize.apps.regulations.models import Clause, Duty, Obligation, Regulation, RegulationVersion
from zhize.kit.actor import Actor
from zhize.kit.contributions import Found
from zhize.kit.things import ThingCard, ThingRef


def obligation_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    rows = Obligation.objects.visible_to(actor).filter(pk__in=ids).select_related("duty", "unit")
    return {
        o.pk: ThingCard(
            ThingRef("regulations.obligation", o.pk),
            f"{o.unit.name} {o.duty.title}（{o.period_label}）",
            reverse("regulations:obligation", args=[o.pk]),
        )
        for o in rows
    }


def duty_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    rows = Duty.objects.visible_to(actor).filter(pk__in=ids)
    return {
        d.pk: ThingCard(ThingRef("regulations.duty", d.pk), d.title, reverse("regulations:duty", args=[d.pk]))
        for d in rows
    }


def regulation_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    rows = Regulation.objects.visible_to(actor).filter(pk__in=ids)
    return {
        r.pk: ThingCard(
            ThingRef("regulations.regulation", r.pk), r.title, reverse("regulations:detail", args=[r.pk])
        )
        for r in rows
    }


def version_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    rows = (
        RegulationVersion.objects.visible_to(actor)
        .filter(pk__in=ids)
        .select_related("regulation")
        .defer("text")
    )
    return {
        v.pk: ThingCard(
            ThingRef("regulations.version", v.pk),
            f"{v.regulation.title}（第{v.number}版）",
            reverse("regulations:detail", args=[v.regulation_id]),
        )
        for v in rows
    }


def find_duties(actor: Actor, words: str, limit: int) -> list[Found]:
    """Duties by title or text."""
    rows = Duty.objects.visible_to(actor).filter(Q(title__icontains=words) | Q(text__icontains=words))
    return [
        Found(d.title, d.text, reverse("regulations:duty", args=[d.pk]))
        for d in rows.order_by("order")[:limit]
    ]


def find_clauses(actor: Actor, words: str, limit: int) -> list[Found]:
    """Clauses by their own words."""
    rows = (
        Clause.objects.visible_to(actor).filter(text__icontains=words).select_related("version__regulation")
    )
    return [
        Found(f"{c.label} {c.version.regulation.title}", c.text, reverse("regulations:clause", args=[c.pk]))
        for c in rows.defer("version__text").order_by("version", "order")[:limit]
    ]


RESOLVERS = {
    "regulations.obligation": obligation_cards,
    "regulations.duty": duty_cards,
    "regulations.regulation": regulation_cards,
    "regulations.version": version_cards,
}

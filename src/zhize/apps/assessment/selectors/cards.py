"""Cards for links to things of this app: words and address, only of what the actor may see."""

from __future__ import annotations

from django.urls import reverse

from zhize.apps.assessment.models import Assessed, LocalReport, Round, SchemeDraft
from zhize.apps.assessment.selectors.ledger import ITEM, ledger_cards
from zhize.apps.assessment.selectors.surveys import survey_cards
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.contributions import Found
from zhize.kit.things import ThingCard, ThingRef


def round_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    rows = Round.objects.visible_to(actor).filter(pk__in=ids)
    return {
        row.pk: ThingCard(
            ThingRef("assessment.round", row.pk), row.title, reverse("assessment:round", args=[row.pk])
        )
        for row in rows.only("title")
    }


def assessed_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    rows = Assessed.objects.visible_to(actor).filter(pk__in=ids).select_related("round")
    return {
        row.pk: ThingCard(
            ThingRef("assessment.assessed", row.pk),
            f"{row.name}（{row.round.title}）",
            reverse("assessment:object", args=[row.pk]),
        )
        for row in rows.only("name", "round__title")
    }


def draft_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    rows = SchemeDraft.objects.visible_to(actor).filter(pk__in=ids)
    return {
        row.pk: ThingCard(
            ThingRef("assessment.draft", row.pk), row.title, reverse("assessment:draft", args=[row.pk])
        )
        for row in rows.only("title")
    }


def report_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    rows = LocalReport.objects.visible_to(actor).filter(pk__in=ids).select_related("unit")
    return {
        row.pk: ThingCard(
            ThingRef("assessment.local_report", row.pk),
            f"{row.unit.name} {row.title}",
            reverse("assessment:local_report", args=[row.pk]),
        )
        for row in rows
    }


def find_rounds(actor: Actor, words: str, limit: int) -> list[Found]:
    """Rounds by their title."""
    rows = Round.objects.visible_to(actor).filter(title__icontains=words).select_related("year")
    return [
        Found(
            row.title,
            f"{row.year.label} · {row.get_state_display()}",
            reverse("assessment:round", args=[row.pk]),
        )
        for row in rows.order_by("-created_at")[:limit]
    ]


def account_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    """The members' account of a year."""
    rows = WorkYear.objects.visible_to(actor).filter(pk__in=ids)
    return {
        row.pk: ThingCard(
            ThingRef("assessment.account", row.pk),
            f"{row.label}成员单位履职情况",
            reverse("assessment:accounts"),
        )
        for row in rows
    }


RESOLVERS = {
    "assessment.round": round_cards,
    "assessment.assessed": assessed_cards,
    "assessment.score": assessed_cards,
    "assessment.draft": draft_cards,
    "assessment.survey": survey_cards,
    ITEM: ledger_cards,
    "assessment.local_report": report_cards,
    "assessment.account": account_cards,
}

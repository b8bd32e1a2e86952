"""What the pages of other apps show of this one: links, search, a clause's cards, a unit's figures for its summary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from zhize.apps.metrics import mapping
from zhize.apps.metrics.models import Card, Observation, Target
from zhize.apps.metrics.selectors.alerts import alerts_listed
from zhize.apps.metrics.selectors.figures import observations_listed, subject_name
from zhize.apps.metrics.selectors.targets import targets_listed
from zhize.apps.regulations.models import Duty
from zhize.apps.years.selectors import year_by_pk
from zhize.kit.actor import Actor
from zhize.kit.contributions import Digest, Found
from zhize.kit.things import ThingCard, ThingRef

LATEST = 20


def card_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    rows = Card.objects.visible_to(actor).filter(pk__in=ids)
    return {
        c.pk: ThingCard(ThingRef("metrics.card", c.pk), str(c), reverse("metrics:card", args=[c.pk]))
        for c in rows
    }


def observation_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    rows = observations_listed(actor).filter(pk__in=ids)
    return {
        o.pk: ThingCard(
            ThingRef("metrics.observation", o.pk), words_of(o), reverse("metrics:figure", args=[o.pk])
        )
        for o in rows
    }


def target_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    rows: list[Target] = list(targets_listed(actor).filter(pk__in=ids))
    return {
        t.pk: ThingCard(
            ThingRef("metrics.target", t.pk),
            f"{t.card} {subject_name(t)} {t.year.label}",
            reverse("metrics:target", args=[t.pk]),
        )
        for t in rows
    }


def observation_figures(ids: list[int]) -> dict[int, list[str]]:
    """What a document may say of figures in force: as the card shows them. One statement."""
    rows = Observation.objects.system("figures of documents compared with their source").filter(
        pk__in=ids, card__identifiable=False
    )
    return {
        row.pk: [mapping.shown(row.card, row.value)]
        for row in rows.select_related("card")
        if row.value is not None
    }


def alert_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    rows = alerts_listed(actor).filter(pk__in=ids)
    return {
        a.pk: ThingCard(
            ThingRef("metrics.alert", a.pk), words_of(a.observation), reverse("metrics:alert", args=[a.pk])
        )
        for a in rows
    }


RESOLVERS = {
    "metrics.alert": alert_cards,
    "metrics.card": card_cards,
    "metrics.observation": observation_cards,
    "metrics.target": target_cards,
}


def words_of(row: Observation) -> str:
    """产品质量监督抽查批次合格率 兰州市 2012年第一季度：95.1%."""
    return f"{row.card} {subject_name(row)} {row.period_label}：{mapping.shown(row.card, row.value)}"


def find_cards(actor: Actor, words: str, limit: int) -> list[Found]:
    """Cards by name, code or definition."""
    named = Q(name__icontains=words) | Q(name_en__icontains=words) | Q(code__icontains=words)
    rows = Card.objects.visible_to(actor).filter(named | Q(definition__icontains=words), is_retired=False)
    return [
        Found(str(c), c.definition, reverse("metrics:card", args=[c.pk]))
        for c in rows.order_by("order", "code")[:limit]
    ]


@dataclass(frozen=True, slots=True)
class ClauseCard:
    """A card tied to a clause's duty, with the newest figure of the whole."""

    card: Card
    row: Observation | None
    shown: str


def clause_cards(actor: Actor, duty_ids: list[int], year_id: int) -> list[ClauseCard] | None:
    """The cards that speak about these duties, each with the year's newest figure of the whole. Four statements."""
    codes = list(Duty.objects.visible_to(actor).filter(pk__in=duty_ids).values_list("code", flat=True))
    cards = list(
        Card.objects.visible_to(actor)
        .filter(is_retired=False, duties__duty_code__in=codes)
        .distinct()
        .order_by("order", "code")
    )
    year = year_by_pk(actor, year_id) if cards else None
    if year is None:
        return None
    newest: dict[int, Observation] = {}
    rows = observations_listed(actor).filter(
        card__in=[card.pk for card in cards],
        jurisdiction_id=actor.jurisdiction_id or 0,
        region_id=actor.region_id or 0,
        period_end__lte=year.ends_on,
    )
    for row in rows.order_by("period_end", "-period_start", "pk"):
        newest[row.card_id] = row
    return [
        ClauseCard(card, row, mapping.shown(card, row.value) if row else "—")
        for card in cards
        for row in [newest.get(card.pk)]
    ]


def unit_digest(unit_id: int, jurisdiction_id: int, start: date, end: date) -> Digest | None:
    """A unit's figures of a period in words: its own, and those it reported; for its summary. One statement."""
    rows = (
        Observation.objects.system("a unit's own figures for its summary")
        .filter(
            Q(unit_id=unit_id) | Q(given_by_id=unit_id),
            jurisdiction_id=jurisdiction_id,
            period_start__gte=start,
            period_end__lte=end,
            value__isnull=False,
            card__identifiable=False,
        )
        .select_related("card", "region", "unit")
        .order_by("card__order", "card__code", "period_start", "pk")
    )
    found = list(rows[:LATEST])
    if not found:
        return None
    return Digest(
        heading=_("指标数据"),
        lines=tuple(words_of(row) for row in found),
        refs=tuple(str(ThingRef("metrics.observation", row.pk)) for row in found),
    )

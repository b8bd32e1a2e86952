"""A region's figures on its own page: what waits for an answer, and the newest figure of every card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from zhize.apps.metrics import mapping, policies
from zhize.apps.metrics.models import Alert, Card, Observation
from zhize.apps.metrics.selectors.alerts import alerts_of_region
from zhize.apps.metrics.selectors.series import change_words
from zhize.core.kernel.periods import add_months
from zhize.core.metrics.spans import ONE_DAY, Span
from zhize.kit.actor import Actor

SHOWN = 20
"""Cards on the page; the list of figures has all."""


@dataclass(frozen=True, slots=True)
class RegionLine:
    """A card's newest figure for the region, beside a year before."""

    row: Observation
    shown: str
    change: str
    alerts: tuple[Alert, ...]


@dataclass(frozen=True, slots=True)
class RegionFigures:
    """The section. `total` cards have figures, of which `lines` shows the first in the cards' order."""

    region_id: int
    code: str
    alerts: tuple[Alert, ...]
    lines: tuple[RegionLine, ...]
    total: int


def region_figures(actor: Actor, region_id: int, _today: object) -> RegionFigures | None:
    """Figures the acting jurisdiction has of a region, else those its own units gave to the one above; none that identifies
    a respondent. Three statements for any number of cards and years, one more where the jurisdiction has none."""
    if not policies.may_see(actor) or actor.jurisdiction_id is None:
        return None
    rows = Observation.objects.system("a jurisdiction's own figures, which all its people see")
    own = rows.filter(jurisdiction_id=actor.jurisdiction_id, region_id=region_id)
    cards = _cards(actor, own)
    if not cards:
        own = Observation.objects.visible_to(actor).filter(region_id=region_id)
        cards = _cards(actor, own)
    alerts = tuple(alerts_of_region(actor, region_id))
    if not cards and not alerts:
        return None
    lines = _lines(own.select_related("region"), cards[:SHOWN], alerts)
    region = (lines[0].row if lines else alerts[0].observation).region
    return RegionFigures(region_id, region.code if region else "", alerts, tuple(lines), len(cards))


def _cards(actor: Actor, own: Any) -> list[Any]:
    """The cards with figures among these, each with the start of its newest. One statement."""
    newest = (
        own.filter(card=OuterRef("pk")).order_by("-period_start", "period_end").values("period_start")[:1]
    )
    cards = Card.objects.visible_to(actor).filter(identifiable=False).annotate(newest=Subquery(newest))
    return list(cards.filter(newest__isnull=False).order_by("order", "code"))


def _lines(own: Any, cards: Sequence[Any], alerts: tuple[Alert, ...]) -> list[RegionLine]:
    near = Q(pk=0)
    starts: dict[date, list[int]] = {}
    for card in cards:
        for start in (card.newest, add_months(card.newest, -12)):
            starts.setdefault(start, []).append(card.pk)
    for start, ids in starts.items():
        near |= Q(period_start=start, card__in=ids)
    by_card: dict[int, dict[Span, Observation]] = {}
    for row in own.filter(near).order_by("period_start", "-period_end", "pk"):
        by_card.setdefault(row.card_id, {})[Span(row.period_start, row.period_end)] = row
    told: dict[int, list[Alert]] = {}
    for one in alerts:
        told.setdefault(one.observation_id, []).append(one)
    found = []
    for card in cards:
        rows = by_card[card.pk]
        span, row = list(rows.items())[-1]
        before = rows.get(Span(add_months(span.start, -12), add_months(span.end + ONE_DAY, -12) - ONE_DAY))
        change = change_words(card, row.value, before.value if before else None)
        row.card = card
        found.append(RegionLine(row, mapping.shown(card, row.value), change, tuple(told.get(row.pk, ()))))
    return found

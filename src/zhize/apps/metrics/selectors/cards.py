"""Reads of cards and their versions."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F, Q

from zhize.apps.metrics import mapping
from zhize.apps.metrics.models import Card, CardVersion
from zhize.apps.regulations.models import Duty
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet


def cards_listed(actor: Actor) -> ScopedQuerySet[Card]:
    """The cards of lists and exports, the own ones and those shipped."""
    rows: ScopedQuerySet[Card] = Card.objects.visible_to(actor)
    return rows.select_related("jurisdiction").prefetch_related("duties")


def card_by_pk(actor: Actor, pk: int) -> Card | None:
    return Card.objects.visible_to(actor).select_related("jurisdiction").by_pk(pk)


def card_by_code(actor: Actor, code: str) -> Card | None:
    """The card of a code; a jurisdiction's own before the shipped one."""
    rows = cards_listed(actor).filter(code=code)
    return rows.order_by(F("jurisdiction_id").desc(nulls_last=True)).first()


def cards_of_duties(actor: Actor, duty_codes: Collection[str]) -> list[Card]:
    """The cards that speak about these duties, each once, in order."""
    rows = Card.objects.visible_to(actor).filter(is_retired=False, duties__duty_code__in=duty_codes)
    return list(rows.distinct().order_by("order", "code"))


def versions_of(card: Card) -> list[CardVersion]:
    """Every wording of the card, newest first."""
    rows = CardVersion.objects.system("belongs to a card the actor sees").filter(card=card)
    return list(rows.order_by("-number"))


def cards_asked(actor: Actor) -> ScopedQuerySet[Card]:
    """The cards a call may ask for: those somebody fills in."""
    filled = (Card.Source.COLLECTED, Card.Source.IMPORTED)
    return (
        Card.objects.visible_to(actor).filter(is_retired=False, source__in=filled).order_by("order", "code")
    )


def duties_of_card(actor: Actor, card: Card) -> list[Duty]:
    """The duties of this jurisdiction's register the card speaks about. One statement."""
    codes = card.duties.values("duty_code")
    rows = Duty.objects.visible_to(actor).filter(code__in=codes, jurisdiction_id=actor.jurisdiction_id or 0)
    return list(rows.order_by("order", "pk"))


def cards_around(actor: Actor, card: Card) -> tuple[list[Card], list[Card]]:
    """The cards this one's formula names, in the order of the formula, and the computed cards whose formula names this one.
    One statement; the few that contain the text are read."""
    codes = mapping.codes_in(card.expression)
    naming = Q(source=Card.Source.COMPUTED, expression__contains=card.code)
    rows = list(Card.objects.visible_to(actor).filter(Q(code__in=codes) | naming).order_by("order", "code"))
    by_code = {one.code: one for one in rows}
    users = [one for one in rows if card.code in mapping.codes_in(one.expression)]
    return [by_code[code] for code in codes if code in by_code], users

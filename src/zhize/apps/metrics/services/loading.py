"""The shipped cards (rules/metrics/*.yaml) become rows that every jurisdiction shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from zhize.apps.metrics import log_types
from zhize.apps.metrics.models import Card, CardDuty, CardVersion
from zhize.apps.metrics.services.cards import WORDING, plain_body
from zhize.apps.metrics.services.judging import refuse_unsound
from zhize.core.kernel.fields import Fields
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.fields import Outcome
from zhize.kit.rowfile import rowfile_store
from zhize.kit.yaml_text import yaml_of

SHIPPED = "随系统发布"
TEXTS = (
    "name", "name_en", "definition", "formula", "unit", "direction", "frequency", "source", "expression", "measure",
    "source_body", "basis", "statistics", "statistics_document", "over_time", "over_regions", "sample",
)  # fmt: skip
FILE = ("about", "dimension", "order", "defaults", "cards")
ALLOWED = (
    *TEXTS,
    "code",
    "from",
    "cite",
    "decimals",
    "levels",
    "checks",
    "alerts",
    "identifiable",
    "duties",
    "order",
)


@dataclass(frozen=True, slots=True)
class ShippedCard:
    """A card as the file says it: the row it becomes, and the duties it speaks about."""

    card: Card
    duties: tuple[str, ...]


def shipped_cards(folder: Path | None = None) -> list[ShippedCard]:
    """Every card of the edition, in the order of the files. Raises `BadRule` naming file, card and field."""
    root = folder or Path(settings.RULES_DIR) / "metrics"
    found: list[ShippedCard] = []
    for path in sorted(root.glob("*.yaml")):
        body = Fields(yaml_of(path.read_text("utf-8")), FILE, path.name)
        common = body.child("defaults", ALLOWED).data if body.has("defaults") else {}
        for number, (entry, place) in enumerate(body.items("cards")):
            fields = Fields({**common, **entry} if isinstance(entry, dict) else entry, ALLOWED, place)
            found.append(_read(fields, body.text("dimension"), body.integer("order", 0, 10**6) + number))
    twice = [one.card.code for one in found]
    if len(set(twice)) < len(twice):
        raise BadInput(
            f"指标代码重复：{sorted({c for c in twice if twice.count(c) > 1})}", remedy="请改正规则文件"
        )
    return found


def _read(fields: Fields, dimension: str, order: int) -> ShippedCard:
    texts: dict[str, Any] = {name: fields.text(name) for name in TEXTS if fields.has(name)}
    card = Card(
        code=fields.text("code"),
        dimension=dimension,
        decimals=fields.integer("decimals", 0, 8, 1),
        levels=[str(one) for one, _place in fields.items("levels")],
        checks=[one for one, _place in fields.items("checks")],
        alerts=[plain_rule(one) for one, _place in fields.items("alerts")],
        identifiable=fields.flag("identifiable", False),
        valid_from=fields.day("from"),
        citation=fields.text("cite"),
        order=order,
        **texts,
    )
    return ShippedCard(card, tuple(str(one) for one, _place in fields.items("duties")))


def plain_rule(one: object) -> object:
    """A rule of the file as a column of JSON keeps it: its day as text."""
    if not isinstance(one, dict):
        return one
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in one.items()}


@transaction.atomic
def cards_load(*, actor: Actor, now: datetime, folder: Path | None = None) -> Outcome:
    """Adds what is new; a newer edition of a card becomes its next version. What an office has revised stays as revised.

    Statements do not grow with the cards.
    """
    if not actor.is_system:
        raise NotAllowed("指标卡随系统发布载入", remedy="请由系统管理员用 zhize metrics load 载入")
    wanted = {one.card.code: one for one in shipped_cards(folder)}
    here = {
        card.code: card
        for card in Card.objects.system("loading shipped cards")
        .select_for_update()
        .filter(jurisdiction__isnull=True)
    }
    shipped = {code: one.card for code, one in wanted.items()}
    refuse_unsound(here | shipped, shipped, shipped=True)
    theirs = set(
        CardVersion.objects.system("cards an office has revised")
        .filter(card__jurisdiction__isnull=True)
        .exclude(reason=SHIPPED)
        .values_list("card__code", flat=True)
    )
    new = [one.card for code, one in wanted.items() if code not in here]
    changed = [
        _renewed(here[code], one.card)
        for code, one in wanted.items()
        if code in here and code not in theirs and plain_body(here[code]) != plain_body(one.card)
    ]
    for card in [*new, *changed]:
        card.clean_fields(exclude=["jurisdiction"])
    Card.objects.bulk_create(new)
    Card.objects.system("loading shipped cards").bulk_update(
        changed, [*WORDING, "number", "version"], batch_size=200
    )
    CardVersion.objects.bulk_create(_version(card, actor, now) for card in [*new, *changed])
    _put_duties({card.code: card for card in [*here.values(), *new]}, wanted)
    outcome = Outcome(len(new), len(changed), len(wanted) - len(new) - len(changed))
    if new or changed:
        record(
            log_types.CARDS_LOADED,
            actor=actor,
            thing=None,
            now=now,
            after={"added": outcome.added, "changed": outcome.changed},
            rows_digest=rowfile_store({"code": c.code, **plain_body(c)} for c in [*new, *changed]),
        )
    return outcome


def _renewed(current: Card, shipped: Card) -> Card:
    for name in WORDING:
        setattr(current, name, getattr(shipped, name))
    current.number += 1
    current.version += 1
    return current


def _version(card: Card, actor: Actor, now: datetime) -> CardVersion:
    return CardVersion(
        card=card,
        number=card.number,
        valid_from=card.valid_from if isinstance(card.valid_from, date) else now.date(),
        body=plain_body(card),
        citation=card.citation,
        reason=SHIPPED,
        created_at=now,
        created_by=actor.name,
    )


def _put_duties(cards: dict[str, Card], wanted: dict[str, ShippedCard]) -> None:
    """The ties of the shipped cards are exactly those of the files."""
    pairs = {(cards[code].pk, duty) for code, one in wanted.items() for duty in one.duties}
    rows = CardDuty.objects.filter(card__in=[cards[code].pk for code in wanted])
    here = {(row.card_id, row.duty_code): row.pk for row in rows}
    CardDuty.objects.filter(pk__in=[pk for pair, pk in here.items() if pair not in pairs]).delete()
    CardDuty.objects.bulk_create(CardDuty(card_id=c, duty_code=d) for c, d in sorted(pairs - set(here)))

"""Figures that were published elsewhere, each with the document it was printed in."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from zhize.apps.metrics import policies
from zhize.apps.metrics.models import Card, Observation
from zhize.apps.metrics.services.figures import put_figures
from zhize.apps.metrics.services.new_figures import Locked, NewFigure
from zhize.apps.orgs.models import Jurisdiction
from zhize.core.kernel.errors import BadRule
from zhize.core.kernel.fields import Fields
from zhize.core.kernel.rounding import round_once, share
from zhize.core.metrics.spans import period_of
from zhize.core.metrics.units import unit_of
from zhize.kit.actor import Actor
from zhize.kit.errors import NotAllowed
from zhize.kit.fields import Outcome
from zhize.kit.yaml_text import yaml_of

FIELDS = ("card", "period", "value", "numerator", "denominator", "printed", "source")


@transaction.atomic
def published_load(*, jurisdiction: Jurisdiction, path: Path, actor: Actor, now: datetime) -> Outcome:
    """Keeps the published figures of a file (reference/gansu/published.yaml) as figures of the whole, with their source.

    A rate is worked out from its printed counts; where the printed rate disagrees, the figure says so. Raises `BadRule`
    with place and remedy for a line that cannot be read, names no known card, or has no source.
    """
    if not policies.may_keep_in(actor, jurisdiction):
        raise NotAllowed("只有本辖区办公室可以载入公开发布的数", remedy="请切换到办公室的身份")
    body = Fields(yaml_of(path.read_text("utf-8")), ("meta", "figures"), path.name)
    cards = {
        card.code: card for card in Card.objects.system("published figures").filter(jurisdiction__isnull=True)
    }
    figures = [_figure(Fields(entry, FIELDS, place), cards) for entry, place in body.items("figures")]
    return put_figures(
        jurisdiction=jurisdiction,
        figures=figures,
        reason="载入公开发布的数",
        locked=Locked.KEEP,
        actor=actor,
        now=now,
    )


def _figure(fields: Fields, cards: dict[str, Card]) -> NewFigure:
    code, source = fields.text("card"), fields.text("source")
    if code not in cards:
        raise BadRule(
            f"没有代码为“{code}”的指标", where=fields.place("card"), remedy="请先载入指标卡，或改正代码"
        )
    card, period = cards[code], period_of(fields.text("period"))
    counts = [fields.decimal(name) for name in ("numerator", "denominator") if fields.has(name)]
    value = fields.decimal("value") if fields.has("value") else None
    note = ""
    if len(counts) == 2:
        exact = share(counts[0], counts[1])
        value = None if exact is None else exact / unit_of(card.unit).scale
        note = _note(fields, card, value)
    return NewFigure(
        card_id=card.pk,
        start=period.start,
        end=period.end,
        label=period.label,
        value=value,
        numerator=counts[0] if counts else None,
        denominator=counts[1] if len(counts) == 2 else None,
        origin=Observation.Origin.PUBLISHED,
        source_words=source,
        note=note,
    )


def _note(fields: Fields, card: Card, value: Decimal | None) -> str:
    if not fields.has("printed") or value is None:
        return ""
    printed = fields.decimal("printed")
    rounded = round_once(value, max(0, -int(printed.as_tuple().exponent)))
    same = rounded == printed
    words = f"正文印为 {printed:f}{card.unit}"
    return f"{words}，与计数相符" if same else f"{words}，按计数应为 {rounded:f}{card.unit}"

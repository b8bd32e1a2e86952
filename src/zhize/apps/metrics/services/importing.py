"""Figures and targets from a file: what an import publishes, as the office of the acting jurisdiction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from zhize.apps.metrics import mapping, policies
from zhize.apps.metrics.models import Card, Observation
from zhize.apps.metrics.services.checking import problem_of, problems_of
from zhize.apps.metrics.services.computing import figures_derive, year_start
from zhize.apps.metrics.services.figures import put_figures
from zhize.apps.metrics.services.new_figures import Locked, NewFigure
from zhize.apps.metrics.services.targets import targets_save
from zhize.apps.orgs.models import Jurisdiction, Region
from zhize.core.kernel.errors import CoreError
from zhize.core.kernel.rounding import share
from zhize.core.metrics.spans import period_of
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed, Problem
from zhize.kit.fields import Outcome

SHOWN = 20


@transaction.atomic
def observations_import(
    *, rows: Iterable[Mapping[str, Any]], actor: Actor, now: datetime, digest: str
) -> Outcome:
    """Bulk door of an import: card, region, period_label, value, numerator, denominator, source_words, note.

    Each figure leads to what its file was made from, else to the import it came by, whose run whoever imported it sees
    row by row. A card the product works out itself is refused: its figure would be overwritten at the next count. A rate
    given only by its counts is worked out from them. A figure against its card's rules, or a rate against its own counts,
    is refused; a rule to explain wants the note. Wholes and formulas of the imported periods follow.
    """
    jurisdiction = _own(actor)
    figures, problems = [], []
    cards: dict[int, Card] = {}
    regions: dict[int | None, Region] = {}
    for row in rows:
        card: Card = row["card"]
        cards[card.pk], regions[row["region"].pk] = card, row["region"]
        place = f"{card.name}（{row['region']} {row['period_label']}）"
        try:
            period = period_of(str(row["period_label"]))
        except CoreError as error:
            problems.append(Problem(error.what, place, "", error.remedy))
            continue
        if card.source in (Card.Source.COMPUTED, Card.Source.MEASURE):
            problems.append(Problem("这项指标由系统计算", place, "", "请导入它用到的指标，不要直接导入结果"))
            continue
        figures.append(
            NewFigure(
                card_id=card.pk,
                region_id=row["region"].pk,
                start=period.start,
                end=period.end,
                label=period.label,
                value=_value(card, row),
                numerator=row.get("numerator"),
                denominator=row.get("denominator"),
                origin=Observation.Origin.IMPORTED,
                source_words=row.get("source_words") or "",
                source_ref=getattr(rows, "source_ref", ""),
                note=row.get("note") or "",
            )
        )
    problems += [
        problem_of(f"{cards[one.card_id].name}（{regions[one.region_id]} {one.label}）", found)
        for one, found in problems_of(jurisdiction, cards.values(), figures)
    ]
    if problems:
        raise BadInput("有行不能导入", problems[:SHOWN])
    outcome = put_figures(
        jurisdiction=jurisdiction, figures=figures, reason="导入文件", digest=digest, actor=actor, now=now
    )
    days = sorted({one.end for one in figures})
    if days:
        figures_derive(
            jurisdiction=jurisdiction,
            starts_on=year_start(jurisdiction.pk, days[-1]),
            days=days,
            reason="随导入重新计算",
            locked=Locked.KEEP,
            actor=actor,
            now=now,
        )
    return outcome


def _value(card: Card, row: Mapping[str, Any]) -> Decimal | None:
    """The value as written, else what its counts make it."""
    value: Decimal | None = row.get("value")
    if value is None and row.get("numerator") is not None and row.get("denominator") is not None:
        exact = share(row["numerator"], row["denominator"])
        return None if exact is None else exact / mapping.unit_of_card(card).scale
    return value


@transaction.atomic
def targets_import(*, rows: Iterable[Mapping[str, Any]], actor: Actor, now: datetime, digest: str) -> Outcome:
    """Bulk door of an import: card, region, year, value, upper, base, base_label, document, note."""
    found = [{name: value for name, value in row.items() if value is not None} for row in rows]
    return targets_save(jurisdiction=_own(actor), rows=found, actor=actor, now=now, digest=digest)


def _own(actor: Actor) -> Jurisdiction:
    own = Jurisdiction.objects.visible_to(actor).by_pk(actor.jurisdiction_id or 0)
    if own is None or not policies.may_keep_in(actor, own):
        raise NotAllowed("只有本辖区办公室可以导入", remedy="请切换到办公室的身份")
    return own

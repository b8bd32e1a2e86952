"""Reads of figures: one, many at once, put together over time by the card's rule."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models

from zhize.apps.metrics import mapping
from zhize.apps.metrics.models import Observation, Revision, Subject
from zhize.apps.orgs.selectors import region_name, unit_name
from zhize.core.metrics.combine import combine
from zhize.core.metrics.spans import Span, cover
from zhize.kit.actor import Actor
from zhize.kit.measures import By
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.things import ThingRef

KIND = "metrics.observation"
INPUTS = 200
WEAKEST_FIRST = [Observation.State.PROVISIONAL, Observation.State.FINAL, Observation.State.LOCKED]


@dataclass(frozen=True, slots=True)
class Figure:
    """A card's value over a period, unrounded, in the card's unit; with the counts of a rate.

    `refs` are the observations it was made of (one, or the quarters of a year); `missing` the days without any; `state`
    the weakest of theirs; `given_by_id` who reported them all, None where nobody or several did.
    """

    card_id: int
    card_code: str
    subject_id: int
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    state: str
    refs: tuple[ThingRef, ...]
    missing: tuple[Span, ...] = ()
    label: str = ""
    given_by_id: int | None = None

    @property
    def ref(self) -> ThingRef | None:
        return self.refs[0] if self.refs else None


def figures_of(
    *,
    jurisdiction_id: int,
    card_codes: Collection[str],
    period: tuple[date, date],
    by: By,
    ids: Collection[int] = (),
) -> dict[tuple[str, int], Figure]:
    """(code, id of the region or unit, 0 for the jurisdiction) → the figure of the period. One statement.

    Identifiable figures are never among them: they serve statistics alone, not an assessment, an archive or a credit file.
    The observation of exactly this period where there is one; else those within it, put together by `over_time`.
    Whoever calls has asked whether the figures of this jurisdiction may be read.
    """
    rows = _rows_by(by, jurisdiction_id, ids).filter(
        card__code__in=card_codes, period_start__gte=period[0], period_end__lte=period[1]
    )
    grouped: dict[tuple[str, int], list[Observation]] = {}
    for row in rows.select_related("card").order_by("card__jurisdiction_id", "period_start", "pk"):
        grouped.setdefault((row.card.code, subject_by(by, row)), []).append(row)
    return {
        (code, subject): figure_of(found, Span(*period), subject)
        for (code, subject), found in grouped.items()
    }


def subject_by(by: By, row: Subject) -> int:
    """The key a measure would use: the id of the region or the unit, 0 for the jurisdiction."""
    return {By.REGION: row.region_id, By.UNIT: row.unit_id}.get(by) or 0


def observation_value(
    *, jurisdiction_id: int, card_code: str, subject_id: int, period: tuple[date, date], by: By
) -> Figure | None:
    """One of `figures_of`."""
    ids = [subject_id] if subject_id else []
    found = figures_of(jurisdiction_id=jurisdiction_id, card_codes=[card_code], period=period, by=by, ids=ids)
    return found.get((card_code, subject_id))


def figure_of(rows: Sequence[Observation], whole: Span, subject: int = 0) -> Figure:
    """The figure of a period from the observations within it, all of one card and one subject (card joined)."""
    by_span = {Span(row.period_start, row.period_end): row for row in rows}
    if whole in by_span:
        return _single(by_span[whole], subject)
    spans, gaps = cover(whole, by_span)
    chosen = [by_span[span] for span in spans]
    card = rows[0].card
    if len(chosen) == 1 and not gaps:
        return _single(chosen[0], subject)
    made = combine(
        mapping.rule_of(card.over_time), mapping.parts_of(chosen), scale=mapping.unit_of_card(card).scale
    )
    return Figure(
        card_id=card.pk,
        card_code=card.code,
        subject_id=subject,
        value=made.value,
        numerator=made.numerator,
        denominator=made.denominator,
        state=_weakest(chosen),
        refs=tuple(ThingRef(KIND, row.pk) for row in chosen),
        missing=tuple(gaps),
        label=_from_to(chosen),
        given_by_id=only_one(row.given_by_id for row in chosen),
    )


def _single(row: Observation, subject: int) -> Figure:
    return Figure(
        card_id=row.card_id,
        card_code=row.card.code,
        subject_id=subject,
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        state=row.state,
        refs=(ThingRef(KIND, row.pk),),
        label=row.period_label,
        given_by_id=row.given_by_id,
    )


def only_one(givers: Iterable[int | None]) -> int | None:
    """Who gave all of these; None where somebody else gave one, or nobody."""
    found = set(givers)
    return found.pop() if len(found) == 1 else None


def _weakest(rows: Iterable[Observation]) -> str:
    states = {row.state for row in rows}
    return next((state.value for state in WEAKEST_FIRST if state in states), "")


def _from_to(rows: Sequence[Observation]) -> str:
    labels = [row.period_label for row in rows]
    return labels[0] if len(set(labels)) == 1 else f"{labels[0]}—{labels[-1]}" if labels else ""


def _rows_by(by: By, jurisdiction_id: int, ids: Collection[int]) -> ScopedQuerySet[Observation]:
    rows: ScopedQuerySet[Observation] = Observation.objects.system(
        "figures of a jurisdiction the caller may read"
    ).filter(jurisdiction_id=jurisdiction_id, card__identifiable=False)
    own = models.F("jurisdiction__region_id")
    match by:
        case By.REGION:
            rows = rows.filter(region__isnull=False).exclude(region_id=own)
            return rows.filter(region_id__in=ids) if ids else rows
        case By.UNIT:
            rows = rows.filter(unit__isnull=False)
            return rows.filter(unit_id__in=ids) if ids else rows
    return rows.filter(region_id=own)


def observations_listed(actor: Actor) -> ScopedQuerySet[Observation]:
    """The figures of lists and exports, with what a row shows."""
    rows: ScopedQuerySet[Observation] = Observation.objects.visible_to(actor)
    return rows.select_related("card", "region", "unit", "given_by", "jurisdiction")


def observations_given_out(actor: Actor) -> ScopedQuerySet[Observation]:
    """The figures of the list, its export and the interface: none that identifies a respondent, whoever asks."""
    return observations_listed(actor).filter(card__identifiable=False)


def observation_by_pk(actor: Actor, pk: int) -> Observation | None:
    return observations_listed(actor).by_pk(pk)


def subject_name(row: Subject) -> str:
    """The region or unit a figure or target is of, in the reader's language (joined)."""
    if row.region is not None:
        return region_name(row.region)
    return unit_name(row.unit) if row.unit is not None else ""


def revisions_of(observation: Observation) -> list[Revision]:
    """Every correction, newest first."""
    rows = Revision.objects.system("belongs to a figure the actor sees").filter(observation=observation)
    return list(rows.order_by("-number"))


def inputs_of(actor: Actor, row: Observation) -> list[Observation]:
    """The figures a computed one was worked out from: of the same subject and period, or of the regions of a whole."""
    if row.origin != Observation.Origin.COMPUTED:
        return []
    rows = observations_listed(actor).filter(
        jurisdiction_id=row.jurisdiction_id,
        period_start__gte=row.period_start,
        period_end__lte=row.period_end,
    )
    if codes := mapping.codes_in(row.card.expression):
        rows = rows.filter(card__code__in=codes, region=row.region_id, unit=row.unit_id)
    else:
        rows = rows.filter(card=row.card_id, region__isnull=False).exclude(pk=row.pk)
    return list(rows.order_by("card__order", "region__order", "period_start", "pk")[:INPUTS])

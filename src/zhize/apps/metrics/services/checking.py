"""What figures must keep before they are taken in, whatever door they come by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Q

from zhize.apps.metrics import mapping
from zhize.apps.metrics.models import Card, Collection, Observation
from zhize.apps.metrics.selectors.findings import span_before, span_year_ago
from zhize.apps.metrics.services.new_figures import NewFigure
from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.requests.models import Call, UnitRequest
from zhize.core.metrics.checks import Check, Finding, Given, Kind, Severity, broken
from zhize.core.metrics.spans import Span
from zhize.kit.errors import Problem, StateConflict

SHOWN = 5
Place = tuple[int | None, date, date]
OWN_COUNTS = Check(Kind.COUNTS, Severity.EXPLAIN)


def problems_of(
    jurisdiction: Jurisdiction, cards: Iterable[Card], figures: Sequence[NewFigure]
) -> list[tuple[NewFigure, Finding]]:
    """Broken rules of the cards among regional figures being brought in, and rates that contradict their own counts.

    What stands already counts as given where the lot says nothing. A rule to explain is kept where the figure has a note.
    Method: metrics.check. Two statements for any number of figures.
    """
    by_id = {card.pk: card for card in cards}
    rules = {card.code: [*mapping.checks_of(card), OWN_COUNTS] for card in by_id.values()}
    by_id |= _named(jurisdiction, rules)
    known = _known(jurisdiction, by_id, figures)
    known |= {_key(one.card_id, one.region_id, one.start, one.end): one.value for one in figures}
    lots: dict[Place, dict[str, NewFigure]] = {}
    for one in figures:
        lots.setdefault((one.region_id, one.start, one.end), {})[by_id[one.card_id].code] = one
    return [
        (lot[found.code], found)
        for place, lot in lots.items()
        for found in broken({code: rules[code] for code in lot}, _given(by_id, known, place, lot))
        if found.severity is Severity.HARD or not lot[found.code].note
    ]


def _named(jurisdiction: Jurisdiction, rules: dict[str, list[Check]]) -> dict[int, Card]:
    """The other cards the rules speak of."""
    codes = {code for checks in rules.values() for one in checks for code in (one.other, *one.parts) if code}
    rows = Card.objects.system("cards that rules compare with").filter(
        Q(jurisdiction__isnull=True) | Q(jurisdiction=jurisdiction), code__in=codes - set(rules)
    )
    return {card.pk: card for card in rows}


def _key(card: int, region: int | None, start: date, end: date) -> tuple[int, int | None, date, date]:
    return (card, region, start, end)


def _known(
    jurisdiction: Jurisdiction, by_id: dict[int, Card], figures: Sequence[NewFigure]
) -> dict[tuple[int, int | None, date, date], Decimal | None]:
    """Figures in force of these cards and regions, from a year before the first to the last."""
    if not figures:
        return {}
    first = min(span_year_ago(Span(one.start, one.end))[0] for one in figures)
    rows = Observation.objects.system("figures beside those being brought in").filter(
        jurisdiction=jurisdiction,
        card__in=list(by_id),
        region__in={one.region_id for one in figures},
        period_start__gte=min([first, *(span_before(Span(one.start, one.end))[0] for one in figures)]),
        period_end__lte=max(one.end for one in figures),
    )
    return {
        _key(card, region, start, end): value
        for card, region, start, end, value in rows.values_list(
            "card_id", "region_id", "period_start", "period_end", "value"
        )
    }


def _given(
    by_id: dict[int, Card],
    known: dict[tuple[int, int | None, date, date], Decimal | None],
    place: Place,
    lot: dict[str, NewFigure],
) -> Given:
    region, start, end = place
    own, last, year = (
        {card.code: known.get(_key(pk, region, *dates)) for pk, card in by_id.items()}
        for dates in ((start, end), span_before(Span(start, end)), span_year_ago(Span(start, end)))
    )
    return Given(
        values=own,
        before=last,
        year_ago=year,
        counts={
            code: (one.numerator, one.denominator)
            for code, one in lot.items()
            if one.numerator is not None and one.denominator is not None
        },
        names={card.code: card.name for card in by_id.values()},
        places={card.code: card.decimals for card in by_id.values()},
        scales={card.code: mapping.unit_of_card(card).scale for card in by_id.values()},
    )


def problem_of(place: str, finding: Finding) -> Problem:
    """A broken rule as a line of a refused import."""
    explain = finding.severity is Severity.EXPLAIN
    first = finding.remedy.partition("；")[0]
    remedy = f"{first}；确实如此的，请在说明列写明原因" if explain else finding.remedy
    return Problem(finding.what, place, "违反这张指标卡的审核规则", remedy)


def refuse_before_those_below(collection: Collection, request: UnitRequest) -> None:
    """A region's figures are taken in once its own office has taken in those it asked for below: same card, same days.

    Otherwise what the province keeps would be older than what its counties have said. One statement.
    """
    if (
        collection.subject not in (Collection.Subject.REGION, Collection.Subject.BELOW)
        or request.unit.region_id is None
    ):
        return
    days = [span for span, _label in collection.spans]
    below = (
        UnitRequest.objects.system("what is still open below")
        .filter(
            call__state=Call.State.ISSUED,
            call__metric_collection__rows__card__in=[row.card_id for row in collection.rows.all()],
            call__period_start__lte=max(span.end for span in days),
            call__period_end__gte=min(span.start for span in days),
            jurisdiction__parent=request.jurisdiction_id,
            jurisdiction__region=request.unit.region_id,
        )
        .exclude(state=UnitRequest.State.ACCEPTED)
        .select_related("unit", "call", "jurisdiction")
        .order_by("unit__order", "pk")
        .distinct()
    )
    open_ones = list(below)
    if not open_ones:
        return
    names = list(dict.fromkeys(one.unit.name for one in open_ones))
    more = f"等 {len(names)} 个单位" if len(names) > SHOWN else ""
    raise StateConflict(
        f"{open_ones[0].jurisdiction.name}向下征集的同一指标还没有收齐，不能接收",
        where=f"{'、'.join(names[:SHOWN])}{more}（{open_ones[0].call.title}）",
        why="先接收上级汇总数，下级改数后两级就不一致",
        remedy="请先退回，待下一级办公室接收或结束那次征集后再报送",
    )

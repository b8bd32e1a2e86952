"""One region's or unit's series of a card: chart, table, comparison."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhize.apps.metrics import mapping, selectors
from zhize.apps.metrics.models import Card, Observation, Target
from zhize.apps.metrics.selectors.series import Strand, goal_on, goals_of
from zhize.core.kernel.periods import add_months
from zhize.core.metrics.attainment import Goal
from zhize.kit.charts import Line, Point, Series, chart_response
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.things import ThingRef, resolve
from zhize.kit.views import found, page

SPANS = {"5": 5, "10": 10, "all": 0}


@require_safe
@page
def series(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """?of= the code of a region or unit (the whole where none is given), ?years= how far back."""
    card, strands, strand = _asked(request, pk)
    targets = selectors.targets_of_card(request.actor, card)
    lines = selectors.lines_of(card, strand, targets) if strand else []
    refs = [ThingRef.parse(line.row.source_ref) for line in lines if line.row.source_ref]
    context = {
        "card": card,
        "strand": strand,
        "strands": strands,
        "lines": lines,
        "sources": resolve(request.actor, refs),
        "ref_of": ThingRef.parse,
        "years": request.GET.get("years", "5"),
        "spans": [("5", _("近 5 年")), ("10", _("近 10 年")), ("all", _("全部"))],
        "target": next((t for t in targets if strand and (t.region_id, t.unit_id) == strand.key), None),
    }
    return render(request, "metrics/series.html", context)


@require_safe
@page
def spread(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One period over the regions: the tile diagram and the table beside it. ?period= first and last day."""
    card = found(selectors.card_by_pk(request.actor, pk))
    strands = selectors.strands_of(request.actor, card)
    targets = selectors.targets_of_card(request.actor, card)
    chosen, today = request.GET.get("period", ""), mapping.local_day(request.now)
    context = {
        "card": card,
        "spread": selectors.spread_of(request.actor, card, strands, targets, chosen, today),
    }
    return render(request, "metrics/spread.html", context)


@require_safe
@page
def chart(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The same series as an SVG file."""
    card, strands, strand = _asked(request, pk)
    targets = selectors.targets_of_card(request.actor, card)
    return chart_response(request, _chart(card, found(strand), strands, targets))


def _asked(request: HttpRequestWithActor, pk: int) -> tuple[Card, list[Strand], Strand | None]:
    card = found(selectors.card_by_pk(request.actor, pk))
    years = SPANS.get(request.GET.get("years", ""), 5)
    since = add_months(date(mapping.local_day(request.now).year, 1, 1), -12 * years) if years else None
    strands = selectors.strands_of(request.actor, card, since=since)
    code = request.GET.get("of", "")
    if code:
        return card, strands, found(next((s for s in strands if s.code == code), None))
    return card, strands, next(iter(strands), None)


def _chart(card: Card, strand: Strand, strands: list[Strand], targets: list[Target]) -> Series:
    """The strand, the whole beside it, the year before, the target: over the periods of the card's frequency."""
    rows = _with_gaps(strand.regular or strand.rows)
    axis = [(row.period_start, row.period_end) if row else None for row in rows]
    lines = [Line(strand.label, tuple(_point(row, card) for row in rows))]
    whole = next((s for s in strands if s.is_whole), None)
    if whole and whole is not strand and card.over_regions != Card.Combine.SUM:
        by_dates = {(row.period_start, row.period_end): row for row in whole.rows}
        lines.append(
            Line(whole.label, tuple(_point(by_dates.get(dates) if dates else None) for dates in axis))
        )
    goals = goals_of(strand, targets)
    wanted = [Point(_wanted(goal_on(goals, row.period_end), row.period_end) if row else None) for row in rows]
    if any(point.value is not None for point in wanted):
        lines.append(Line(_("目标"), tuple(wanted), dashed=True))
    labels = []
    for place, row in enumerate(rows):
        before = rows[place - 1] if place else None
        starts = row is not None and (before is None or before.period_start.year != row.period_start.year)
        labels.append(mapping.axis_label(row, with_year=starts) if row else "…")
    return Series(f"{card}：{strand.label}", card.unit, tuple(labels), tuple(lines), card.decimals)


def _with_gaps(rows: Sequence[Observation]) -> list[Observation | None]:
    """The rows with an empty place where periods between two of them have no figure: a line drawn across it would show
    a rise of years as one of a quarter."""
    found: list[Observation | None] = []
    for row in rows:
        if found and found[-1] is not None and row.period_start > found[-1].period_end + timedelta(days=1):
            found.append(None)
        found.append(row)
    return found


def _wanted(goal: Goal | None, end: date) -> Decimal | None:
    """What should be reached by the end of a period: the step due, or the year's target where no steps were set."""
    if goal is None:
        return None
    return goal.expected(end) if goal.steps else goal.value


def _point(row: Observation | None, card: Card | None = None) -> Point:
    """With the interval of the strand the page is about; those beside it stay readable without."""
    if row is None:
        return Point(None)
    found = mapping.interval_of(card, row) if card else None
    low, high = (found.low, found.high) if found else (None, None)
    return Point(row.value, low, high, open=row.state == Observation.State.PROVISIONAL)

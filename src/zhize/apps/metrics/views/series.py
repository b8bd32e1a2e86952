"""One region's or unit's series of a card: chart, table, comparison."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhize.apps.metrics import mapping, selectors
from zhize.apps.metrics.models import Card, Observation, Target
from zhize.apps.metrics.selectors.series import Aims, goal_on, goals_of
from zhize.apps.metrics.selectors.subjects import Strand
from zhize.core.kernel.periods import add_months
from zhize.core.metrics.attainment import Goal
from zhize.kit.charts import Line, Point, Series, chart_response
from zhize.kit.clock import local_day
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.things import ThingRef, resolve
from zhize.kit.views import found, page

SPANS = {"5": 5, "10": 10, "all": 0}
LINES = 60
"""Rows of the table on one page: five years of months."""


@require_safe
@page
def series(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """?of= the code of a region or unit (the whole where none is given), ?years= how far back."""
    card, strands, strand = _asked(request, pk)
    targets = _targets(request, card, strand)
    lines = selectors.lines_of(card, strand, Aims.of(targets)) if strand and strand.rows else []
    number = _page_number(request, len(lines))
    shown = lines[(number - 1) * LINES : number * LINES]
    refs = [ThingRef.parse(line.row.source_ref) for line in shown if line.row.source_ref]
    context = {
        "card": card,
        "strand": strand if lines else None,
        "chosen": strand,
        "strands": strands,
        "lines": lines,
        "shown": shown,
        "previous": _turned(request, number - 1) if number > 1 else None,
        "next": _turned(request, number + 1) if number * LINES < len(lines) else None,
        "alerts": selectors.alerts_of_figures(request.actor, [line.row.pk for line in shown]),
        "sources": resolve(request.actor, refs),
        "ref_of": ThingRef.parse,
        "years": request.GET.get("years", "5"),
        "spans": [("5", _("近 5 年")), ("10", _("近 10 年")), ("all", _("全部"))],
        "target": next((t for t in targets if strand and (t.region_id, t.unit_id) == strand.key), None),
    }
    return render(request, "metrics/series.html", context)


def _page_number(request: HttpRequestWithActor, lines: int) -> int:
    """The page of the table asked for, the last one where there are fewer."""
    asked = request.GET.get("page", "")
    return min(max(1, int(asked)), max(1, -(-lines // LINES))) if asked.isdecimal() else 1


def _turned(request: HttpRequestWithActor, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"{request.path}?{query.urlencode()}"


@require_safe
@page
def spread(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One period over the regions: the tile diagram and the table beside it. ?period= first and last day."""
    card = found(selectors.card_by_pk(request.actor, pk))
    chosen, today = request.GET.get("period", ""), local_day(request.now)
    context = {"card": card, "spread": selectors.spread_of(request.actor, card, chosen, today)}
    return render(request, "metrics/spread.html", context)


@require_safe
@page
def chart(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The same series as an SVG file."""
    card, strands, strand = _asked(request, pk)
    one = found(strand if strand and strand.rows else None)
    return chart_response(request, _chart(card, one, strands, _targets(request, card, one)))


def _asked(request: HttpRequestWithActor, pk: int) -> tuple[Card, list[Strand], Strand | None]:
    """The card, everybody with figures of it, and the one asked for (the whole where none is) with the figures of the years
    asked for; the whole has its figures too, for the line beside it."""
    card = found(selectors.card_by_pk(request.actor, pk))
    rows, strands = selectors.strands_of(request.actor, card)
    code = request.GET.get("of", "")
    if code:
        chosen = found(next((s for s in strands if s.code == code), None))
    elif not (chosen := next(iter(strands), None)):
        return card, [], None
    beside = [s for s in strands if s.key == chosen.key or s.is_whole]
    who = Q(region_id__in=[s.key[0] for s in beside if s.key[0]])
    if chosen.key[1]:
        who |= Q(unit_id=chosen.key[1])
    years = SPANS.get(request.GET.get("years", ""), 5)
    if years:
        who &= Q(period_end__gte=add_months(date(local_day(request.now).year, 1, 1), -12 * years))
    filled = {s.key: s for s in selectors.with_rows(card, beside, rows.filter(who))}
    return card, [filled.get(s.key, s) for s in strands], filled[chosen.key]


def _targets(request: HttpRequestWithActor, card: Card, strand: Strand | None) -> list[Target]:
    if strand is None or not strand.rows:
        return []
    between = strand.rows[0].period_start, max(row.period_end for row in strand.rows)
    return selectors.targets_of_card(request.actor, card, between, (strand.key[0], strand.key[1]))


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
    goals = goals_of(strand, Aims.of(targets))
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

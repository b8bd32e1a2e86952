"""总览 (一（一）): the year by unit, by region, by clause; every number leads to the rows it counts."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhize.apps.portal import policies
from zhize.apps.portal.selectors import roll_up
from zhize.apps.portal.selectors.tables import VIEWS, regions_below, sheet
from zhize.apps.portal.selectors.tiles import mapped, tile_map
from zhize.apps.years import selectors as years
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import NotAllowed
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import page

YEARS_SHOWN = 20


def today_of(request: HttpRequestWithActor) -> date:
    """The day of this request in the office's time zone."""
    return local_day(request.now)


def year_asked(request: HttpRequestWithActor) -> tuple[WorkYear | None, list[WorkYear]]:
    """The year the address names, else the one in progress; and all that may be chosen. One statement."""
    rows = list(years.years_visible(request.actor)[:YEARS_SHOWN])
    named = next((year for year in rows if str(year.pk) == request.GET.get("year")), None)
    return named or years.year_of_day(rows, today_of(request)), rows


def address(request: HttpRequest, **changes: object) -> str:
    """This page with some of its choices changed."""
    kept = {name: request.GET[name] for name in ("year", "by", "map") if name in request.GET}
    query = {name: str(value) for name, value in {**kept, **changes}.items() if value}
    return f"{request.path}?{urlencode(query)}" if query else request.path


def demand_situation(actor: Actor) -> None:
    """Refuses whose hat has no business with the year's figures."""
    if not policies.may_see_situation(actor):
        raise NotAllowed(
            _("您的身份不能查看总览"),
            why=_("总览供领导小组、办公室和成员单位使用"),
            remedy=_("请切换到有业务工作的岗位"),
        )


@require_safe
@page
def situation(request: HttpRequestWithActor) -> HttpResponse:
    """Totals of each part, then one table by the switch chosen, with the tile diagram where it is by region."""
    actor, today = request.actor, today_of(request)
    demand_situation(actor)
    year, rows = year_asked(request)
    if year is None:
        return render(request, "portal/situation.html", {"year": None})
    roll = roll_up(actor, year, request.now, fresh="fresh" in request.GET)
    by = request.GET.get("by", "")
    by = by if by in VIEWS else "unit"
    on = min(max(today, year.starts_on), year.ends_on)
    regions = regions_below(actor, on) if by == "region" else []
    chosen = request.GET.get("map", "")
    context = {
        "year": year,
        "years": [
            {"label": one.label, "url": address(request, year=one.pk), "current": one.pk == year.pk}
            for one in rows
        ],
        "roll": roll,
        "by": by,
        "sheet": sheet(roll, by, actor, on),
        "switches": [
            {"label": words, "url": address(request, by=key), "current": key == by}
            for key, words in VIEWS.items()
        ],
        "tile_map": tile_map(roll, chosen, regions, actor, on) if regions else None,
        "maps": [(part, address(request, map=part.key)) for part in mapped(roll)],
        "fresh": address(request, fresh=1),
        "may_brief": policies.may_see_brief(actor),
    }
    return render(request, "portal/situation.html", context)

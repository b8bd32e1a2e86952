"""大屏: the figures of 总览, large, for a wall. The scope is that of whoever signed in; it ends with the session."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhize.apps.portal.selectors import roll_up
from zhize.apps.portal.views.situation import demand_situation, year_asked
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import page


@require_safe
@page
def wall(request: HttpRequestWithActor) -> HttpResponse:
    """The totals of each part and no navigation; the page asks for itself anew each minute."""
    demand_situation(request.actor)
    year, _rows = year_asked(request)
    roll = roll_up(request.actor, year, request.now) if year else None
    return render(request, "portal/wall.html", {"year": year, "roll": roll})

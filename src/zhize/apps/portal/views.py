"""Pages across apps: the inbox first."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import page


@page
def inbox(request: HttpRequestWithActor) -> HttpResponse:
    """待办: everything that awaits any of my hats."""
    return render(request, "portal/inbox.html", {})

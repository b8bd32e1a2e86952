"""Search over everything, and the page that shows every component in every state."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhize.kit import contributions
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import page

SHOWN = 20


@require_safe
@page
def search(request: HttpRequestWithActor) -> HttpResponse:
    """全站搜索: duties, clauses, units and whatever else apps contribute, each within the hat's scope."""
    words = " ".join(request.GET.get("q", "").split())[:100]
    groups = []
    for source in contributions.search.items() if words else []:
        rows = source.find(request.actor, words, SHOWN + 1)
        if rows:
            groups.append({"label": source.label, "rows": rows[:SHOWN], "more": len(rows) > SHOWN})
    return render(request, "portal/search.html", {"words": words, "groups": groups})


@require_safe
@page
def design(request: HttpRequestWithActor) -> HttpResponse:
    """The design system: every component in every state, with made-up data."""
    return render(request, "design/showcase.html", {"sample": _sample()})


@lru_cache(maxsize=1)
def _sample() -> Any:
    return json.loads((settings.PACKAGE_DIR / "templates/design/sample.json").read_text("utf-8"))

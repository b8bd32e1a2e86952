"""公开文本: a clause anybody can read and cite, at an address that stays. No sign-in, nothing of the year's work."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhize.apps.regulations import policies, selectors, services
from zhize.apps.regulations.mapping.citing import citation
from zhize.apps.regulations.mapping.duty_papers import words_of_holder
from zhize.apps.regulations.models import Clause, RegulationVersion
from zhize.kit.errors import NotAllowed
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_safe
def text(request: HttpRequest, place: str, document: str, number: int) -> HttpResponse:
    """The whole text, each clause with its own address."""
    version, versions = _version(place, document, number)
    clauses = selectors.published_clauses(version)
    below: dict[int, list[Clause]] = {}
    for one in clauses:
        below.setdefault(one.parent_id or 0, []).append(one)
    context = {
        "version": version,
        "versions": versions,
        "count": len(clauses),
        "below": below,
        "citation": citation(version),
    }
    return render(request, "regulations/public_text.html", context)


@require_safe
def clause(request: HttpRequest, place: str, document: str, number: int, clause: str) -> HttpResponse:
    """One clause: its words, where it stands, who holds what it asks, how it is cited, what came after it."""
    version, versions = _version(place, document, number)
    clauses = selectors.published_clauses(version)
    at = next((n for n, one in enumerate(clauses) if one.path == clause), None)
    if at is None:
        raise Http404
    here = clauses[at]
    by_pk = {one.pk: one for one in clauses}
    above: list[Clause] = []
    parent = by_pk.get(here.parent_id or 0)
    while parent is not None:
        above.insert(0, parent)
        parent = by_pk.get(parent.parent_id or 0)
    context = {
        "version": version,
        "versions": versions,
        "clause": here,
        "above": above,
        "below": [one for one in clauses if one.parent_id == here.pk],
        "before": clauses[at - 1] if at else None,
        "after": clauses[at + 1] if at + 1 < len(clauses) else None,
        "duties": [
            (duty, "、".join(map(words_of_holder, holders)))
            for duty, holders in selectors.published_duties(here)
        ],
        "citation": citation(version, here),
        "address": request.build_absolute_uri(request.path),
    }
    return render(request, "regulations/public_clause.html", context)


@require_POST
@page
def opened(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The office opens a document to everybody, or closes it."""
    regulation = found(selectors.regulation_by_pk(request.actor, pk))
    if not policies.may_keep_register(request.actor):
        raise NotAllowed(_("只有本辖区办公室可以公开制度文件"), remedy=_("请切换到办公室的身份"))
    public = request.POST.get("public") == "1"
    services.regulation_open(regulation=regulation, public=public, actor=request.actor, now=request.now)
    messages.success(request, _("已公开：任何人都能查阅和引用") if public else _("已不再公开"))
    return redirect("regulations:detail", pk)


def _version(place: str, document: str, number: int) -> tuple[RegulationVersion, list[RegulationVersion]]:
    versions = list(selectors.published_versions(place, document))
    version = next((one for one in versions if one.number == number), None)
    if version is None:
        raise Http404
    return version, versions

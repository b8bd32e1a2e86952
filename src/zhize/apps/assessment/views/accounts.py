"""履职情况: the members' account of duties done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhize.apps.assessment import policies, services
from zhize.apps.assessment.selectors.accounts import account_of, accounts_of, digests_of
from zhize.apps.documents.selectors import OFFICIAL, told_of
from zhize.apps.orgs.selectors import unit_by_pk
from zhize.apps.years import selectors as years
from zhize.kit.errors import NotAllowed
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.things import ThingRef, resolve
from zhize.kit.views import found, page


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """Every member unit's year in figures and a sentence, in official order."""
    if not policies.may_see_rounds(request.actor):
        raise NotAllowed(_("请先切换到一个岗位"))
    today = request.now.date()
    year = years.year_in_progress(request.actor, today)
    rows = accounts_of(request.actor, year, today) if year else []
    context = {
        "year": year,
        "rows": rows,
        "told": told_of(request.actor, ThingRef("assessment.account", year.pk)) if year else [],
        "may_draft": bool(rows) and policies.may_keep_rounds(request.actor),
    }
    return render(request, "assessment/accounts.html", context)


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One unit: what it owed, one by one, and what else is known of its year."""
    today = request.now.date()
    year = found(years.year_in_progress(request.actor, today))
    unit = found(unit_by_pk(request.actor, pk))
    context = {
        "year": year,
        "unit": unit,
        "account": account_of(request.actor, year, unit, today),
        "digests": digests_of(unit.pk, year, today)
        if policies.may_read_digests(request.actor, unit.pk)
        else [],
    }
    return render(request, "assessment/account.html", context)


@require_POST
@page
def draft(request: HttpRequestWithActor) -> HttpResponse:
    """起草履职情况通报."""
    if not policies.may_keep_rounds(request.actor):
        raise NotAllowed(_("只有办公室可以起草履职情况通报"), remedy=_("请切换到办公室的身份"))
    year = found(years.year_in_progress(request.actor, request.now.date()))
    document = services.account_draft(year=year, actor=request.actor, now=request.now)
    messages.success(request, _("已起草，请核稿、签发后印发"))
    card = next(iter(resolve(request.actor, [ThingRef(OFFICIAL, document.pk)]).values()), None)
    return redirect(card.url) if card else redirect("assessment:accounts")

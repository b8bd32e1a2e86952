"""The register of duties: list, one duty, a unit's page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhize.apps.orgs import selectors as orgs
from zhize.apps.regulations import policies, selectors
from zhize.apps.regulations.mapping import recurrence_of, rule_of
from zhize.apps.regulations.specs import DUTY
from zhize.apps.years import selectors as years
from zhize.core.kernel.errors import CoreError
from zhize.kit.edit import update_page
from zhize.kit.errors import NotAllowed
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """责任清单: every duty, who holds it, where it stands in the text."""
    return list_page(request, DUTY, title=_("责任清单"))


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One duty: words, clauses, holders, rule in words, and this year's obligations."""
    duty = found(selectors.duty_by_pk(request.actor, pk))
    year = years.year_in_progress(request.actor, request.now.date())
    day = selectors.bounds(request.now.date())
    rows = selectors.obligations_of_duty(request.actor, duty.pk, year.pk if year else None)
    try:
        recurrence = recurrence_of(duty)
        words = {"recurrence": recurrence.words() if recurrence else "", "rule": rule_of(duty).words()}
    except CoreError as error:
        words = {"recurrence": "", "rule": str(error)}
    context = {
        "duty": duty,
        "words": words,
        "year": year,
        "rows": [{"row": row, "light": selectors.light_of_row(row, day)} for row in rows],
        "may_keep": policies.may_keep_register(request.actor),
    }
    return render(request, "regulations/duty.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """Changes a duty's title, nature, kind and dates."""
    return update_page(request, DUTY, pk)


@require_safe
@page
def unit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """A unit's page: what it owes this year, with lights."""
    who = found(orgs.unit_by_pk(request.actor, pk))
    if not policies.may_see_register(request.actor):
        raise NotAllowed(_("您还没有岗位，不能查看履职事项"), remedy=_("请联系本辖区的系统管理员"))
    year = years.year_in_progress(request.actor, request.now.date())
    day = selectors.bounds(request.now.date())
    rows = selectors.obligations_of_unit(request.actor, who.pk, year.pk if year else None)
    lit = [{"row": row, "light": selectors.light_of_row(row, day)} for row in rows]
    counts: dict[str, int] = {}
    for item in lit:
        counts[item["light"].value] = counts.get(item["light"].value, 0) + 1  # type: ignore[attr-defined]
    return render(
        request, "regulations/unit.html", {"unit": who, "rows": lit, "counts": counts, "year": year}
    )


@require_safe
@page
def mine(request: HttpRequestWithActor) -> HttpResponse:
    """The page of the acting unit."""
    if request.actor.unit_id is None:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return redirect("regulations:unit", pk=request.actor.unit_id)

"""The register of duties: list, one duty, a unit's page."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhize.apps.orgs import selectors as orgs
from zhize.apps.regulations import policies, selectors, services
from zhize.apps.regulations.mapping import recurrence_of, rule_of
from zhize.apps.regulations.mapping.citing import figures_said
from zhize.apps.regulations.models import Duty
from zhize.apps.regulations.specs import DUTY
from zhize.apps.years import selectors as years
from zhize.core.kernel.errors import CoreError
from zhize.kit import measures
from zhize.kit.edit import update_page
from zhize.kit.errors import NotAllowed
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

CALL_ISSUED = "requests.call.issued"


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """责任清单: every duty, who holds it, where it stands in the text."""
    may_copy = policies.may_keep_register(request.actor) and selectors.may_take_over(request.actor)
    may_import = policies.may_keep_register(request.actor)
    return list_page(
        request,
        DUTY,
        "regulations/duties.html",
        title=_("责任清单"),
        may_copy=may_copy,
        may_import=may_import,
    )


@require_POST
@page
def take_over(request: HttpRequestWithActor) -> HttpResponse:
    """由上级制度建立本辖区职责: an empty register starts as a copy of the parent's, to be edited."""
    if not policies.may_keep_register(request.actor):
        raise NotAllowed(_("只有本辖区办公室可以建立职责"), remedy=_("请切换到办公室的身份"))
    jurisdiction = found(orgs.own_jurisdiction(request.actor))
    duties = services.register_copy(jurisdiction=jurisdiction, actor=request.actor, now=request.now)
    messages.success(
        request,
        _("已建立 %(n)s 项职责，请逐项核对；再到“工作年度”建立并开启年度，就有了今年的事")
        % {"n": len(duties)},
    )
    return redirect("regulations:duties")


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
    words["figures"] = figures_said(duty.text)
    context = {
        "duty": duty,
        "words": words,
        "year": year,
        "rows": [{"row": row, "light": selectors.light_of_row(row, day)} for row in rows],
        "years": selectors.history_of(request.actor, request.now.date(), duty_ids=[duty.pk]),
        "may_keep": policies.may_keep_register(request.actor),
        "sources": [measures.sources()[c].label if c in measures.sources() else c for c in duty.sources],
        "call_url": _call_url(duty),
    }
    return render(request, "regulations/duty.html", context)


def _call_url(duty: Duty) -> str:
    """Where a call that comes from this duty is drafted; what it counts as is the duty's act, where it has one."""
    query = {"source": f"regulations.duty:{duty.pk}"}
    acts = [c for c in duty.sources if (s := measures.sources().get(c)) and s.records is None]
    if acts and acts[0] != CALL_ISSUED:
        query["source_code"] = acts[0]
    return f"{reverse('requests:call_create')}?{urlencode(query)}"


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
    past = selectors.history_of(request.actor, request.now.date(), unit_id=who.pk)
    context = {"unit": who, "rows": lit, "counts": counts, "year": year, "years": past}
    return render(request, "regulations/unit.html", context)


@require_safe
@page
def mine(request: HttpRequestWithActor) -> HttpResponse:
    """The page of the acting unit."""
    if request.actor.unit_id is None:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return redirect("regulations:unit", pk=request.actor.unit_id)

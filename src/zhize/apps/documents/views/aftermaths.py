"""后续处理: what the office decides for a thing whose paper was revoked, repealed or corrected."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhize.apps.documents import forms, policies, selectors, services
from zhize.apps.documents.models import Aftermath
from zhize.kit.acting import acted, demand
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.things import ThingRef, resolve
from zhize.kit.views import found, page

MOST = 100


@require_http_methods(["GET", "HEAD", "POST"])
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """What was done to the paper, what it had issued, and what the office decided or now decides."""
    row: Aftermath = found(selectors.aftermath_of(request.actor, pk))
    may = policies.may_handle(request.actor, row.document)
    if request.method != "POST":
        made = None
        if may and not row.choice:
            papers = list(selectors.papers_offered(request.actor, row)[:MOST])
            made = forms.AftermathForm(initial={"version": row.version}, papers=papers)
        return _page(request, row, made)
    demand(may, _("只有本辖区领导小组办公室可以办理公文"), _("请切换到办公室的身份"))
    papers = list(selectors.papers_offered(request.actor, row)[:MOST])
    form = forms.AftermathForm(request.POST, papers=papers)

    def run(data: dict[str, Any]) -> Aftermath:
        return services.aftermath_decide(aftermath=row, **data, actor=request.actor, now=request.now)

    return acted(
        request,
        form,
        run,
        said=_("已记录后续处理"),
        back=reverse("documents:aftermath", args=[pk]),
        again=lambda bound, status: _page(request, row, bound, status=status),
    )


def _page(
    request: HttpRequestWithActor, row: Aftermath, form: Form | None, *, status: int = 200
) -> HttpResponse:
    source = ThingRef(row.source_kind, row.source_id)
    card = resolve(request.actor, [source]).get(source)
    context = {"row": row, "source": card, "form": form}
    return render(request, "documents/aftermath.html", context, status=status)

"""考核通知: what the notice says beside what the round knows, then on to the document."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhize.apps.assessment import forms, mapping, policies, selectors, services
from zhize.apps.assessment.mapping.opening import prepare_default
from zhize.apps.assessment.models import Round
from zhize.apps.documents.selectors import official_standing
from zhize.kit.acting import acted, demand
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_http_methods(["GET", "HEAD", "POST"])
@page
def opening(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """起草考核通知."""
    round_: Round = found(selectors.round_by_pk(request.actor, pk))
    demand(
        policies.may_keep(request.actor, round_),
        _("只有本辖区办公室可以起草考核通知"),
        _("请切换到办公室的身份"),
    )

    def shown(form: Form, status: int = 200) -> HttpResponse:
        context = {
            "round": round_,
            "form": form,
            "objects": selectors.objects_of(round_),
            "papers": official_standing(request.actor, selectors.opening_ref(round_)),
            "may_draft": round_.state in services.OPENING_OPEN and selectors.may_draft_opening(round_),
        }
        return render(request, "assessment/opening.html", context, status=status)

    if request.method != "POST":
        return shown(forms.OpeningForm(initial={"prepare": prepare_default(mapping.scheme_of(round_))}))
    form = forms.OpeningForm(request.POST)
    return acted(
        request,
        form,
        lambda data: services.opening_draft(round_=round_, **data, actor=request.actor, now=request.now),
        said=_("考核通知已起草，请核稿、签发后印发；印发后自评即启动"),
        back=lambda document: reverse("documents:official", args=[document.pk]),
        again=shown,
    )

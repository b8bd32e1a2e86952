"""Answering an objection, or taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhize.apps.assessment import forms, mapping, policies, selectors, services
from zhize.apps.assessment.models import Appeal
from zhize.kit.errors import NotAllowed
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_http_methods(["GET", "HEAD", "POST"])
@page
def answer(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """答复申辩: the criterion, its score and evidence beside the objection."""
    appeal = found(selectors.appeal_by_pk(request.actor, pk))
    judges = selectors.judges_of([appeal])[appeal.pk]
    served = selectors.units_served(request.actor, appeal.assessed.round)
    if not policies.may_answer_appeal(request.actor, appeal, judges, served):
        raise NotAllowed(
            _("您不能答复这件申辩"),
            remedy=_("由办公室或领导答复；给这一项评分、登记否决的人和服务于该对象的人须回避"),
        )
    form = forms.AnswerForm(request.POST or None, initial={"version": appeal.version})
    if request.method == "POST" and form.is_valid():
        services.appeal_answer(appeal=appeal, **form.cleaned_data, actor=request.actor, now=request.now)
        messages.success(request, _("已答复，对方会收到消息"))
        return redirect("assessment:object", appeal.assessed_id)
    lines = selectors.sheet_of(request.actor, appeal.assessed, with_scores=True)
    context = {
        "appeal": appeal,
        "assessed": appeal.assessed,
        "round": appeal.assessed.round,
        "line": next((line for line in lines if line.node.code == appeal.code), None),
        "form": form if appeal.state == Appeal.State.FILED else None,
        "scheme": mapping.scheme_of(appeal.assessed.round),
    }
    return render(request, "assessment/appeal.html", context, status=400 if form.is_bound else 200)


@require_POST
@page
def withdraw(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """撤回申辩."""
    appeal = found(selectors.appeal_by_pk(request.actor, pk))
    services.appeal_withdraw(appeal=appeal, version=None, actor=request.actor, now=request.now)
    messages.success(request, _("已撤回"))
    return redirect("assessment:object", appeal.assessed_id)

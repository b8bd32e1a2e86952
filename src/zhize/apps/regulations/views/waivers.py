"""免办: granting and taking back, asking for it and answering."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhize.apps.regulations import forms, policies, selectors, services
from zhize.apps.regulations.models import Obligation
from zhize.apps.regulations.views.obligations import obligation_page
from zhize.kit.errors import NotAllowed, StateConflict
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


def _demand_waive(request: HttpRequestWithActor, obligation: Obligation) -> None:
    if not policies.may_waive(request.actor, obligation):
        raise NotAllowed(_("只有本辖区办公室主任可以准予或取消免办"), remedy=_("请由办公室主任办理"))


@require_POST
@page
def waive(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """免办."""
    obligation = found(selectors.obligation_by_pk(request.actor, pk))
    _demand_waive(request, obligation)
    form = forms.WaiveForm(request.POST)
    if form.is_valid():
        services.obligation_waive(
            obligation=obligation, **form.cleaned_data, actor=request.actor, now=request.now
        )
        messages.success(request, _("已准予免办"))
        return redirect("regulations:obligation", pk=pk)
    return obligation_page(request, obligation, status=400, waive_form=form)


@require_POST
@page
def lift(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """取消免办."""
    obligation = found(selectors.obligation_by_pk(request.actor, pk))
    _demand_waive(request, obligation)
    form = forms.LiftForm(request.POST)
    waiver = found(next((w for w in selectors.waivers_of(obligation) if w.lifted_at is None), None))
    if form.is_valid():
        services.waiver_lift(
            waiver=waiver, reason=form.cleaned_data["reason"], actor=request.actor, now=request.now
        )
        messages.success(request, _("已取消免办"))
        return redirect("regulations:obligation", pk=pk)
    return obligation_page(request, obligation, status=400, lift_form=form)


@require_POST
@page
def ask_waiver(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """申请免办: by the owing unit, with reason and basis."""
    obligation = found(selectors.obligation_by_pk(request.actor, pk))
    if not policies.may_discharge(request.actor, obligation):
        raise NotAllowed(_("只有责任单位的人员可以申请免办"), remedy=_("请切换到该单位的身份"))
    form = forms.WaiveForm(request.POST)
    if not form.is_valid():
        return obligation_page(request, obligation, status=400, ask_form=form)
    services.waiver_ask(obligation=obligation, **form.cleaned_data, actor=request.actor, now=request.now)
    messages.success(request, _("已申请免办，等待办公室主任审批"))
    return redirect("regulations:obligation", pk=pk)


@require_POST
@page
def answer_waiver(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """审批免办申请: 同意 or 不同意, with an opinion."""
    obligation = found(selectors.obligation_by_pk(request.actor, pk))
    _demand_waive(request, obligation)
    asked = next(
        (one for one in selectors.waiver_requests_of(obligation) if one.state == one.State.ASKED), None
    )
    if asked is None:
        raise StateConflict(_("没有等待审批的免办申请"), remedy=_("可能已有他人办理，请刷新页面查看"))
    form = forms.WaiverAnswerForm(request.POST)
    if not form.is_valid():
        return obligation_page(request, obligation, status=400, answer_form=form)
    services.waiver_answer(asked=asked, **form.cleaned_data, actor=request.actor, now=request.now)
    messages.success(
        request,
        _("已准予免办") if form.cleaned_data["action"] == "grant" else _("未同意免办，已通知申请单位"),
    )
    return redirect("regulations:obligation", pk=pk)


@require_POST
@page
def withdraw_waiver(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """撤回免办申请: by the owing unit, before it is answered."""
    obligation = found(selectors.obligation_by_pk(request.actor, pk))
    services.waiver_withdraw(obligation=obligation, actor=request.actor, now=request.now)
    messages.success(request, _("已撤回免办申请"))
    return redirect("regulations:obligation", pk=pk)

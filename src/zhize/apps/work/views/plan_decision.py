"""审定: what the group decides of the presented plan, recorded from paper by the office, or by a leader here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhize.apps.work import services
from zhize.apps.work.forms.plans import ApprovalForm, DecisionForm, ReasonForm
from zhize.apps.work.models import Plan
from zhize.apps.work.policies import plans as policies
from zhize.apps.work.selectors import plans
from zhize.kit.clock import local_day
from zhize.kit.errors import EditConflict, NotAllowed, ZhizeError
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


def _to_decide(request: HttpRequestWithActor, pk: int) -> Plan:
    plan: Plan = found(plans.plan_by_pk(request.actor, pk))
    if not policies.may_approve(request.actor, plan):
        raise NotAllowed(_("只有本辖区的领导和办公室可以办理审定"), remedy=_("请切换到相应的身份"))
    return plan


@require_POST
@page
def reopen(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """退回修改."""
    plan = _to_decide(request, pk)
    form = ReasonForm(request.POST)
    form.is_valid()
    given = form.cleaned_data
    services.plan_reopen(
        plan=plan,
        reason=given.get("reason", ""),
        version=given.get("version"),
        actor=request.actor,
        now=request.now,
    )
    messages.success(request, _("已退回修改，改好后重新报审"))
    return redirect("work:plan", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def approve(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """登记审定: who, when, in which words, on which scan. 审定, where a leader decides here."""
    plan = _to_decide(request, pk)
    on_paper = policies.keeps(request.actor, plan)
    made = ApprovalForm if on_paper else DecisionForm
    form = (
        made(request.POST, request.FILES)
        if request.method == "POST"
        else made(initial={"version": plan.version})
    )
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                given = form.cleaned_data
                own: dict[str, Any] = (
                    {} if on_paper else {"by_name": request.actor.name, "on": local_day(request.now)}
                )
                services.plan_approve(plan=plan, **own, **given, actor=request.actor, now=request.now)
            except EditConflict:
                raise
            except ZhizeError as error:
                form.add_error(None, str(error))
                status = error.status
            else:
                messages.success(
                    request,
                    _("审定意见已登记，可以起草印发通知") if on_paper else _("已审定，办公室会收到待办"),
                )
                return redirect("work:plan", pk=pk)
    context = {"plan": plan, "form": form, "open": plan.state == Plan.State.PRESENTED, "on_paper": on_paper}
    return render(request, "work/plan_approve.html", context, status=status)

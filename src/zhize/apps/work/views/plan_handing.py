"""Handing a unit's plan in with its request, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhize.apps.work import services
from zhize.apps.work.forms.plans import VersionForm
from zhize.apps.work.selectors import plans
from zhize.apps.work.views.plans import demand_write
from zhize.kit.errors import BadInput
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_POST
@page
def submit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """报送: the plan goes with its request."""
    plan = found(plans.plan_by_pk(request.actor, pk))
    demand_write(request, plan)
    try:
        services.plan_submit(plan=plan, version=_version(request), actor=request.actor, now=request.now)
    except BadInput as error:
        for problem in error.problems:
            messages.error(request, str(problem))
        return (
            redirect("requests:request", pk=plan.request_id)
            if plan.request_id
            else redirect("work:plan", pk=pk)
        )
    messages.success(request, _("已报送，等待办公室审核"))
    return redirect("work:plan", pk=pk)


@require_POST
@page
def withdraw(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """撤回."""
    plan = found(plans.plan_by_pk(request.actor, pk))
    demand_write(request, plan)
    services.plan_withdraw(plan=plan, version=_version(request), actor=request.actor, now=request.now)
    messages.success(request, _("已撤回，可以修改后重新报送"))
    return redirect("work:plan", pk=pk)


def _version(request: HttpRequestWithActor) -> int | None:
    form = VersionForm(request.POST)
    return form.cleaned_data["version"] if form.is_valid() else None

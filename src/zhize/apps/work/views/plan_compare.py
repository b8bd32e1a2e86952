"""Two plans side by side, item by item."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhize.apps.work.selectors import plan_compare, plans
from zhize.kit.errors import BadInput
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_safe
@page
def compare(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """This plan against another of the same unit (?with=…): the version before, else the newest of another year."""
    plan = found(plans.plan_by_pk(request.actor, pk))
    others = plan_compare.comparable(request.actor, plan)
    chosen = request.GET.get("with", "")
    other = next((one for one in others if str(one.pk) == chosen), None)
    if chosen and other is None:
        raise BadInput(
            _("没有这份可以对照的计划"),
            where=plan.title,
            remedy=_("请从列表中选择同一单位的另一版或另一年的计划"),
        )
    other = other or next(iter(others), None)
    made = plan_compare.comparison(plan, other) if other else None
    context = {"plan": plan, "others": others, "other": other, "made": made, "labels": plan_compare.labels()}
    return render(request, "work/plan_compare.html", context)

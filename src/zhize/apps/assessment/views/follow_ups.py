"""后续要求: sent where the circular could not, looked at again."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from zhize.apps.assessment import forms, policies, selectors, services
from zhize.apps.assessment.models import FollowUp, Round
from zhize.kit.acting import acted, demand
from zhize.kit.clock import local_day
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

OFFICE = (gettext_lazy("只有组织考核的办公室可以办理"), gettext_lazy("请切换到该办公室的身份"))


@require_POST
@page
def issue(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """下达后续要求: what waits becomes tasks."""
    round_: Round = found(selectors.round_by_pk(request.actor, pk))
    demand(policies.may_keep(request.actor, round_), *OFFICE)
    made = services.follow_ups_issue(round_=round_, actor=request.actor, now=request.now)
    messages.success(request, _("已下达 %(n)s 项，各对象收到待办") % {"n": len(made)})
    return redirect("assessment:round", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def look(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """回头看."""
    row: FollowUp = found(selectors.follow_up_by_pk(request.actor, pk))
    assessed = row.assessed
    demand(
        policies.may_look(request.actor, assessed),
        *OFFICE,
    )

    def shown(form: Form, status: int = 200) -> HttpResponse:
        context = {
            "row": row,
            "assessed": assessed,
            "round": assessed.round,
            "form": form,
            "open": row.state == FollowUp.State.SENT,
        }
        return render(request, "assessment/follow_up.html", context, status=status)

    if request.method != "POST":
        return shown(forms.LookForm(initial={"on": local_day(request.now), "version": row.version}))
    return acted(
        request,
        forms.LookForm(request.POST),
        lambda data: services.follow_up_look(follow_up=row, **data, actor=request.actor, now=request.now),
        said=_("已记录"),
        back=reverse("assessment:object", args=[assessed.pk]),
        again=shown,
    )

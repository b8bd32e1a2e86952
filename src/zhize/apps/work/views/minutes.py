"""纪要征求有关单位意见, and the words agreed: into the draft, or left out of it."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhize.apps.work import services
from zhize.apps.work.forms import conferences as forms
from zhize.apps.work.models import Conference, MinutesWording
from zhize.apps.work.policies import conferences as policies
from zhize.apps.work.selectors import conferences as selectors
from zhize.apps.work.selectors.minutes import wording_by_pk
from zhize.apps.work.views.conferences import ONLY_OFFICE, conference_page
from zhize.kit.acting import acted, demand
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_POST
@page
def consult(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """纪要征求有关单位意见: a round drafted for the units its decisions concern; the office looks and sends it."""
    conference: Conference = found(selectors.conference_by_pk(request.actor, pk))
    demand(policies.may_prepare(request.actor, conference), *ONLY_OFFICE)
    call = services.minutes_consult(conference=conference, actor=request.actor, now=request.now)
    messages.success(request, _("已拟定征求意见，请核对后发出"))
    return redirect("requests:call", pk=call.pk)


@require_POST
@page
def carry(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """写入纪要."""
    wording = _wording(request, pk)
    rows = {one.pk: one for one in selectors.resolutions_of(wording.conference)}
    form = forms.WordingForm(request.POST, rows=list(rows.values()), auto_id=f"id_wording_{pk}_%s")
    return _acted(
        request,
        wording,
        form,
        lambda data: services.wording_carry(
            wording=wording, resolution=rows[data["resolution"]], words=data["words"], actor=request.actor, now=request.now
        ),
        _("已写入纪要，公文页“稿次”中可以比较"),
        "carry",
    )  # fmt: skip


@require_POST
@page
def leave_out(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """不写入, or 撤回 what was carried."""
    wording = _wording(request, pk)
    form = forms.LeaveOutForm(request.POST, auto_id=f"id_leave_{pk}_%s")
    return _acted(
        request,
        wording,
        form,
        lambda data: services.wording_leave_out(
            wording=wording, why=data["why"], actor=request.actor, now=request.now
        ),
        _("已记下不写入的理由，纪要恢复为原来的文字"),
        "leave",
    )


def _wording(request: HttpRequestWithActor, pk: int) -> MinutesWording:
    wording: MinutesWording = found(wording_by_pk(request.actor, pk))
    demand(policies.may_prepare(request.actor, wording.conference), *ONLY_OFFICE)
    return wording


def _acted(
    request: HttpRequestWithActor,
    wording: MinutesWording,
    form: django_forms.Form,
    run: Any,
    said: str,
    name: str,
) -> HttpResponse:
    return acted(
        request,
        form,
        run,
        said=said,
        back=reverse("work:conference", args=[wording.conference_id]) + "#minutes",
        again=lambda bound, status: conference_page(
            request, wording.conference, status=status, wording={name: (wording.pk, bound)}
        ),
    )

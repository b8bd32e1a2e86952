"""What is done with a place as a whole: handed over for signing, signed, reopened, corrected, replaced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from zhize.apps.inspection import policies, services
from zhize.apps.inspection.forms import places as forms
from zhize.apps.inspection.models import CheckedPlace
from zhize.apps.inspection.selectors import inspections
from zhize.apps.inspection.selectors import places as selectors
from zhize.apps.inspection.views.places import GROUP, place_page
from zhize.kit.acting import acted, demand
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

Form = Callable[[HttpRequestWithActor, CheckedPlace], django_forms.Form]
Run = Callable[[HttpRequestWithActor, CheckedPlace, Any], Any]


def _action(name: str, form: Form, run: Run, said: str | Promise) -> Callable[..., HttpResponse]:
    """A page that takes one form of the group for one place; a service judges the rest."""

    @require_POST
    @page
    def view(request: HttpRequestWithActor, pk: int) -> HttpResponse:
        row = found(selectors.place_by_pk(request.actor, pk))
        demand(policies.may_record(request.actor, row.checked), *GROUP)
        made = form(request, row)
        return acted(
            request,
            made,
            lambda _data: run(request, row, made),
            said=said,
            back=reverse("inspection:place", args=[pk]),
            again=lambda bound, status: place_page(request, row, status=status, **{name: bound}),
        )

    return view


finish = _action(
    "finish",
    lambda request, _row: forms.FinishForm(request.POST),
    lambda request, row, form: services.place_finish(
        place=row, **form.cleaned_data, actor=request.actor, now=request.now
    ),
    _("已提交，双方核对后签字"),
)
reopen = _action(
    "reopen",
    lambda request, _row: forms.ReopenForm(request.POST),
    lambda request, row, form: services.place_reopen(
        place=row, **form.cleaned_data, actor=request.actor, now=request.now
    ),
    _("已退回记录，改后须重新签字"),
)
replace = _action(
    "replace",
    lambda request, _row: forms.ReplaceForm(request.POST),
    lambda request, row, form: services.place_replace(
        place=row, **form.cleaned_data, actor=request.actor, now=request.now
    ),
    _("已由候补替换"),
)
paper = _action(
    "paper",
    lambda request, _row: forms.PaperForm(request.POST, request.FILES),
    lambda request, row, form: services.place_sign_paper(
        place=row, side=form.cleaned_data["side"], paper=form.paper(), actor=request.actor, now=request.now
    ),
    _("已登记纸质签字"),
)
correct = _action(
    "correct",
    lambda request, row: forms.CorrectForm(
        request.POST, items=inspections.items_of(row.checked.inspection)
    ),
    lambda request, row, form: services.entry_correct(
        place=row, item=form.chosen(), verdict=form.cleaned_data["verdict"], words=form.cleaned_data["words"],
        reason=form.cleaned_data["reason"], actor=request.actor, now=request.now,
    ),
    _("已更正，被查单位会收到消息"),
)  # fmt: skip


@require_POST
@page
def sign(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """在线签字 of the side the hat speaks for."""
    row = found(selectors.place_by_pk(request.actor, pk))
    side = request.POST.get("side", "")
    speaks = any(policies.may_sign(request.actor, row, one) for one in ("group", "unit"))
    demand(speaks, _("只有核查组和被查单位的人员可以签字"), _("请由双方人员签字"))
    return acted(
        request,
        forms.SignForm(request.POST),
        lambda data: services.place_sign(place=row, **data, actor=request.actor, now=request.now),
        said=_("已签字"),
        back=reverse("inspection:place", args=[pk]),
        again=lambda bound, status: place_page(request, row, status=status, **{f"sign_{side}": bound}),
    )


@require_POST
@page
def picture_remove(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """Takes a picture off the record."""
    picture = found(selectors.picture_by_pk(request.actor, pk))
    row = picture.entry.place
    demand(policies.may_record(request.actor, row.checked), *GROUP)
    services.picture_remove(picture=picture, actor=request.actor, now=request.now)
    messages.success(request, _("照片已移除"))
    return redirect("inspection:place", pk=row.pk)

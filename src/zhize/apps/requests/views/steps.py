"""Single steps of a unit on its answer: pre-fill, take back, record the approval inside, add and take out materials."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhize.apps.documents.models import Evidence
from zhize.apps.requests import forms, services
from zhize.apps.requests.views.showing import own_request, reply_page
from zhize.kit.acting import objected
from zhize.kit.errors import BadInput
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_POST
@page
def fill(request: HttpRequestWithActor, pk: int, way: str) -> HttpResponse:
    """按本期数据预填 or 沿用上期."""
    row = own_request(request, pk)
    act = services.request_prefill if way == "prefill" else services.request_carry_over
    act(request=row, actor=request.actor, now=request.now)
    messages.success(request, _("已填入空着的项，请核对修改后报送"))
    return redirect("requests:request", pk=pk)


@require_POST
@page
def withdraw(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """撤回."""
    row = own_request(request, pk)
    services.request_withdraw(request=row, version=None, actor=request.actor, now=request.now)
    messages.success(request, _("已撤回，可以修改后重新报送"))
    return redirect("requests:request", pk=pk)


@require_POST
@page
def stamp(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """登记审签."""
    row = own_request(request, pk)
    form = forms.StampForm(request.POST, request.FILES)
    if not form.is_valid():
        return reply_page(request, row, stamp_form=form, status=422)
    try:
        services.request_stamp(
            request=row,
            by=form.cleaned_data["by"],
            on=form.cleaned_data["on"],
            scan=form.cleaned_data["scan"],
            actor=request.actor,
            now=request.now,
        )
    except BadInput as error:
        objected(form, error)
        return reply_page(request, row, stamp_form=form, status=422)
    messages.success(request, _("已登记审签"))
    return redirect("requests:request", pk=pk)


@require_POST
@page
def files(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """材料: uses registered material again, or takes one out (`drop`)."""
    row = own_request(request, pk)
    own = Evidence.objects.visible_to(request.actor)
    if (drop := request.POST.get("drop", "")).isdigit():
        one = found(own.filter(pk=int(drop)).first())
        services.request_file_drop(request=row, evidence=one, actor=request.actor, now=request.now)
        messages.success(request, _("已移出这份材料"))
    else:
        ids = [int(word) for word in request.POST.getlist("existing") if word.isdigit()]
        services.request_files_add(
            request=row, existing=list(own.filter(pk__in=ids)), actor=request.actor, now=request.now
        )
        messages.success(request, _("已加入所选材料"))
    return redirect("requests:request", pk=pk)

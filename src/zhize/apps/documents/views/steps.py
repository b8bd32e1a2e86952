"""The steps of a document as plain forms; one that fails comes back to the page with its objections."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from zhize.apps.documents import forms, policies, selectors, services
from zhize.apps.documents.models import OfficialDocument
from zhize.apps.documents.views.official import detail_page
from zhize.kit.acting import objected
from zhize.kit.errors import EditConflict, NotAllowed, ZhizeError
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

May = Callable[[Any, OfficialDocument], bool]


def _step(
    request: HttpRequestWithActor,
    pk: int,
    step: str,
    form_class: type[forms.StepForm],
    service: Callable[..., OfficialDocument],
    said: str | Promise,
    may: May = policies.may_handle,
    **more: Any,
) -> HttpResponse:
    document = found(selectors.official_of(request.actor, pk))
    if not may(request.actor, document):
        raise NotAllowed(_("只有本辖区领导小组办公室可以办理公文"), remedy=_("请切换到办公室的身份"))
    form = form_class(request.POST, request.FILES, **more)
    if not form.is_valid():
        return detail_page(request, document, status=400, **{step: form})
    try:
        done = service(document=document, **form.cleaned_data, actor=request.actor, now=request.now)
    except EditConflict:
        raise
    except ZhizeError as error:
        if error.status == 403:
            raise
        objected(form, error)
        return detail_page(request, document, status=error.status, **{step: form})
    messages.success(request, str(said) % {"number": done.number})
    return redirect("documents:official", pk=pk)


@require_POST
@page
def check(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """核稿."""
    said = gettext_lazy("已核稿，可以送签")
    return _step(request, pk, "check", forms.CheckForm, services.official_check, said)


@require_POST
@page
def send_back(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """退回拟稿人."""
    said = gettext_lazy("已退回，可以修改")
    return _step(request, pk, "return", forms.ReturnForm, services.official_return, said)


@require_POST
@page
def ask(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """送会签."""
    said = gettext_lazy("已送会签，会签单位会收到待办")
    units = selectors.countersigners_offered(request.actor, request.now.date())
    return _step(request, pk, "ask", forms.AskForm, services.official_ask, said, units=units)


@require_POST
@page
def countersign(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """会签: one unit's answer, by itself or entered from paper."""
    document = found(selectors.official_of(request.actor, pk))
    unit_id = int(request.POST.get("unit_id") or 0) if request.POST.get("unit_id", "").isdecimal() else 0
    if not policies.may_countersign(request.actor, document, unit_id):
        raise NotAllowed(
            _("只有被征求意见的单位可以会签"), remedy=_("请切换到该单位的身份；纸质会签由发文的办公室录入")
        )
    form_class = forms.CountersignForm if request.actor.unit_id == unit_id else forms.PaperCountersignForm
    form = form_class(request.POST, request.FILES)
    if not form.is_valid():
        return detail_page(request, document, status=400, countersign=form)
    try:
        services.official_countersign(
            document=document, **form.cleaned_data, actor=request.actor, now=request.now
        )
    except ZhizeError as error:
        if error.status == 403:
            raise
        objected(form, error)
        return detail_page(request, document, status=error.status, countersign=form)
    messages.success(request, _("已会签"))
    return redirect("documents:official", pk=pk)


@require_POST
@page
def recheck(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """复核."""
    said = gettext_lazy("已复核")
    return _step(request, pk, "recheck", forms.RecheckForm, services.official_recheck, said)


@require_POST
@page
def seal(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """用印."""
    said = gettext_lazy("已登记用印，可以印发")
    return _step(request, pk, "seal", forms.SealForm, services.official_seal, said)


@require_POST
@page
def sign(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """签发并编号."""
    said = gettext_lazy("已签发，文号 %(number)s")
    return _step(request, pk, "sign", forms.SignForm, services.official_sign, said, policies.may_sign)


@require_POST
@page
def register(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """登记外部文号."""
    said = gettext_lazy("已登记文号 %(number)s")
    return _step(request, pk, "register", forms.RegisterForm, services.official_register, said)


@require_POST
@page
def issue(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """印发."""
    said = gettext_lazy("已印发，收文单位会收到待办")
    return _step(request, pk, "issue", forms.IssueForm, services.official_issue, said)


@require_POST
@page
def archive(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """归档."""
    return _step(request, pk, "archive", forms.ArchiveForm, services.official_archive, gettext_lazy("已归档"))


@require_POST
@page
def void(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """作废."""
    return _step(request, pk, "void", forms.VoidForm, services.official_void, gettext_lazy("已作废登记"))

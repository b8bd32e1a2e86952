"""收文: the office's register of papers from outside and leaders' instructions, and what was done with each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhize.apps.documents import forms, policies, selectors, services
from zhize.apps.documents.models import Incoming
from zhize.apps.documents.services.incoming import EDITABLE
from zhize.apps.documents.views.official import mine_of
from zhize.apps.orgs.selectors import own_jurisdiction
from zhize.core.workflow.incoming import TABLE
from zhize.kit.acting import objected
from zhize.kit.errors import BadInput, EditConflict, NotAllowed, ZhizeError
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_http_methods(["GET", "HEAD", "POST"])
@page
def create(request: HttpRequestWithActor) -> HttpResponse:
    """登记来文 or 批示件."""
    own = own_jurisdiction(request.actor)
    if own is None or not policies.may_draft(request.actor):
        raise _not_office()
    if request.method != "POST":
        sort = "instruction" if request.GET.get("sort") == "instruction" else "paper"
        start = {"sort": sort, "received_on": request.now.date()}
        return _form(request, forms.IncomingForm(initial=start), None)
    form = forms.IncomingForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form, None, status=422)
    data = dict(form.cleaned_data)
    try:
        incoming = services.incoming_register(
            jurisdiction=own, data=data, scan=data["scan"], actor=request.actor, now=request.now
        )
    except BadInput as error:
        return _form(request, objected(form, error), None, status=422)
    messages.success(request, _("已登记 %(serial)s") % {"serial": incoming.serial})
    return redirect("documents:incoming", pk=incoming.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """Mends a registration."""
    incoming = _handled(request, pk)
    if request.method != "POST":
        start = {name: getattr(incoming, name) for name in EDITABLE} | {"version": incoming.version}
        return _form(request, forms.IncomingForm(initial=start), incoming)
    form = forms.IncomingForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form, incoming, status=422)
    data = dict(form.cleaned_data)
    try:
        services.incoming_update(
            incoming=incoming, data=data, scan=data["scan"], version=data["version"] or 0,
            actor=request.actor, now=request.now,
        )  # fmt: skip
    except EditConflict:
        raise
    except BadInput as error:
        return _form(request, objected(form, error), incoming, status=422)
    messages.success(request, _("已保存"))
    return redirect("documents:incoming", pk=pk)


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One paper: what it says, what is proposed, who carries it out, what was answered."""
    return detail_page(request, found(selectors.incoming_of(request.actor, pk)))


def detail_page(
    request: HttpRequestWithActor, incoming: Incoming, *, status: int = 200, **bound: Any
) -> HttpResponse:
    inside = policies.may_register_incoming(request.actor, incoming.jurisdiction_id)
    initial: dict[str, Any] = {"version": incoming.version}
    holders = selectors.holders_of(request.actor, incoming)
    made: dict[str, Any] = {}
    for step in TABLE.steps_from(incoming.state) if inside else ():
        match step.action:
            case "propose":
                made["propose"] = forms.ProposeForm(initial=initial | {"proposal": incoming.proposal})
            case "assign":
                taken = {row.unit_id for row, _card in holders}
                offered = selectors.holders_offered(request.actor, request.now.date())
                units = [unit for unit in offered if unit.pk not in taken]
                made["assign"] = forms.AssignForm(initial=initial | {"due_on": incoming.due_on}, units=units)
            case "answer":
                made["answer"] = forms.AnswerForm(initial=initial | {"on": request.now.date()})
            case "file":
                made["file"] = forms.FileAwayForm(initial=initial)
    context = {
        "incoming": incoming,
        "holders": holders,
        "done": sum(1 for row, _card in holders if row.done_on),
        "may_edit": inside
        and not incoming.addressee_id
        and any(step.action == "edit" for step in TABLE.steps_from(incoming.state)),
        "forms": made | bound,
        **_sent_here(request, incoming),
    }
    return render(request, "documents/incoming.html", context, status=status)


def _sent_here(request: HttpRequestWithActor, incoming: Incoming) -> dict[str, Any]:
    """Of what was sent within the product: the document, where it may be seen, and the acts still owed for it."""
    if incoming.addressee is None:
        return {"document": None, "mine": None}
    document = selectors.official_of(request.actor, incoming.addressee.document_id)
    if document is None:
        return {"document": None, "mine": None}
    addressees = selectors.addressees_of(document)
    progress = selectors.progress_of(document, addressees)
    return {"document": document, "mine": mine_of(request.actor, document, addressees, progress)}


def _step(
    request: HttpRequestWithActor,
    pk: int,
    step: str,
    form_class: type[forms.StepForm],
    service: Callable[..., Incoming],
    said: str | Promise,
    **more: Any,
) -> HttpResponse:
    incoming = _handled(request, pk)
    form = form_class(request.POST, **more)
    if not form.is_valid():
        return detail_page(request, incoming, status=400, **{step: form})
    try:
        service(incoming=incoming, **form.cleaned_data, actor=request.actor, now=request.now)
    except EditConflict:
        raise
    except ZhizeError as error:
        if error.status == 403:
            raise
        return detail_page(request, incoming, status=error.status, **{step: objected(form, error)})
    messages.success(request, str(said))
    return redirect("documents:incoming", pk=pk)


@require_POST
@page
def propose(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """拟办."""
    said = gettext_lazy("已拟办")
    return _step(request, pk, "propose", forms.ProposeForm, services.incoming_propose, said)


@require_POST
@page
def assign(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """交承办."""
    said = gettext_lazy("已交承办，承办单位会收到任务")
    units = selectors.holders_offered(request.actor, request.now.date())
    return _step(request, pk, "assign", forms.AssignForm, services.incoming_assign, said, units=units)


@require_POST
@page
def answer(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """回呈."""
    said = gettext_lazy("已回呈")
    return _step(request, pk, "answer", forms.AnswerForm, services.incoming_answer, said)


@require_POST
@page
def file_away(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """阅存."""
    said = gettext_lazy("已阅存")
    return _step(request, pk, "file", forms.FileAwayForm, services.incoming_file, said)


def _handled(request: HttpRequestWithActor, pk: int) -> Incoming:
    incoming: Incoming = found(selectors.incoming_of(request.actor, pk))
    if not policies.may_register_incoming(request.actor, incoming.jurisdiction_id):
        raise _not_office()
    return incoming


def _not_office() -> NotAllowed:
    return NotAllowed(_("只有本辖区领导小组办公室可以办理来文"), remedy=_("请切换到办公室的身份"))


def _form(
    request: HttpRequestWithActor, form: forms.IncomingForm, incoming: Incoming | None, *, status: int = 200
) -> HttpResponse:
    back = reverse("documents:incoming", args=[incoming.pk]) if incoming else reverse("documents:received")
    context = {"form": form, "incoming": incoming, "back": back}
    return render(request, "documents/incoming_edit.html", context, status=status)

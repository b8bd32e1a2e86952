"""收文: one list of what came in, whichever way; signing for what was sent within the product."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhize.apps.documents import policies, selectors, services
from zhize.apps.documents.models import Addressee, Receipt
from zhize.apps.documents.specs import ADDRESSEE, INCOMING
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """收文: for an office its register, of what was sent to it here and what it registered by hand; for a unit what was
    sent to it or to one it answers for."""
    if not policies.may_see_incoming(request.actor):
        return list_page(request, ADDRESSEE, "documents/received.html")
    may = policies.may_draft(request.actor)
    return list_page(request, INCOMING, "documents/incoming_list.html", may_register=may)


@require_safe
@page
def one(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """A line of the list leads to its document."""
    row: Addressee = found(selectors.received_listed(request.actor).by_pk(pk))
    return redirect("documents:official", pk=row.document_id)


@require_POST
@page
def receive(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """签收, 阅知, 承办确认 or 参会回执; back to the page it was done on."""
    document = found(selectors.official_of(request.actor, pk))
    asked = request.POST.get("act", "")
    act = Receipt.Act(asked) if asked in Receipt.Act.values else Receipt.Act.RECEIVED
    note = request.POST.get("note", "")[:200]
    services.official_receive(document=document, act=act, note=note, actor=request.actor, now=request.now)
    said = {"read": _("已阅知"), "taken": _("已确认承办"), "attends": _("已回复参会")}
    messages.success(request, said.get(act.value, _("已签收")))
    line = request.POST.get("incoming", "")
    if line.isdigit():
        return redirect("documents:incoming", pk=int(line))
    return redirect("documents:official", pk=pk)

"""平时加减分台账: the list, one entry, a new one, one taken back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from zhize.apps.assessment import forms, policies, selectors, services
from zhize.apps.assessment.specs import LEDGER_ITEM
from zhize.apps.orgs.selectors import taking_part
from zhize.apps.years import selectors as years
from zhize.kit.acting import acted, demand
from zhize.kit.clock import local_day
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

KEEPERS = (gettext_lazy("只有本辖区领导小组办公室可以登记加减分"), gettext_lazy("请切换到办公室的身份"))


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """平时加减分台账."""
    return list_page(
        request,
        LEDGER_ITEM,
        "assessment/ledger.html",
        may_keep=policies.may_keep_rounds(request.actor),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page
def create(request: HttpRequestWithActor) -> HttpResponse:
    """登记一笔."""
    actor, today = request.actor, local_day(request.now)
    demand(policies.may_keep_rounds(actor), *KEEPERS)
    year = found(years.year_in_progress(actor, today))
    there = taking_part(year.jurisdiction_id, today, "whose points are kept here").select_related("unit")
    offered = [one for one in there if policies.may_enter_points(actor, year.jurisdiction_id, one.unit)]

    def again(form: object, status: int) -> HttpResponse:
        return render(request, "assessment/ledger_form.html", {"form": form, "year": year}, status=status)

    if request.method != "POST":
        return again(forms.LedgerForm(offered=offered, initial={"dated_on": today}), 200)
    form = forms.LedgerForm(request.POST, request.FILES, offered=offered)
    return acted(
        request,
        form,
        lambda _data: services.ledger_record(year=year, **form.said(), actor=actor, now=request.now),
        said=_("已登记，该单位会收到消息"),
        back=lambda made: reverse("assessment:ledger_item", args=[made.pk]),
        again=again,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One entry; taken back by posting the reason."""
    item = found(selectors.ledger_by_pk(request.actor, pk))
    keeps = policies.may_enter_points(request.actor, item.jurisdiction_id, item.unit)

    def again(form: object, status: int) -> HttpResponse:
        context = {
            "item": item,
            "form": form if keeps and item.withdrawn_at is None else None,
        }
        return render(request, "assessment/ledger_item.html", context, status=status)

    if request.method != "POST":
        return again(forms.WithdrawForm(initial={"version": item.version}), 200)
    demand(keeps, *KEEPERS)
    return acted(
        request,
        forms.WithdrawForm(request.POST),
        lambda data: services.ledger_withdraw(item=item, **data, actor=request.actor, now=request.now),
        said=_("已撤销，不再计分"),
        back=reverse("assessment:ledger_item", args=[pk]),
        again=again,
    )

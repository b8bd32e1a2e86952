"""征集指标数据: drafting the form; it is sent on the call's own page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhize.apps.metrics import forms, policies, selectors, services
from zhize.apps.metrics.models import Collection
from zhize.apps.orgs.models import Membership, Unit
from zhize.apps.orgs.selectors import own_jurisdiction
from zhize.apps.requests.selectors import askable, template_values
from zhize.apps.years.models import WorkYear
from zhize.apps.years.selectors import year_in_progress
from zhize.core.kernel.periods import Every
from zhize.core.kernel.periods import WorkYear as CoreYear
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

HEAD = ("table_no", "authority", "valid_until")


@require_http_methods(["GET", "HEAD", "POST"])
@page
def create(request: HttpRequestWithActor) -> HttpResponse:
    """拟定: which cards, which periods, of whom, by when."""
    jurisdiction = own_jurisdiction(request.actor)
    if jurisdiction is None or not policies.may_keep(request.actor):
        raise NotAllowed(_("只有本辖区办公室可以征集"), remedy=_("请切换到办公室的身份"))
    year = year_in_progress(request.actor, local_day(request.now))
    if year is None:
        raise StateConflict(_("还没有工作年度"), remedy=_("请先建立并开启工作年度"))
    units = _askable(request)
    assessed = [str(unit.pk) for capacity, unit in units if capacity == Membership.Capacity.ASSESSED]
    form = _form(
        request,
        units,
        {
            "units": assessed,
            "subject": Collection.Subject.REGION,
            **_proposed(year, local_day(request.now), jurisdiction.code),
        },
    )
    if form.is_valid():
        data = form.cleaned_data
        try:
            collection = services.collection_create(
                jurisdiction=jurisdiction,
                year=year,
                title=data["title"],
                due_on=data["due_on"],
                unit_ids=[int(pk) for pk in data["units"]],
                cards=list(data["cards"]),
                periods=data["periods"],
                subject=data["subject"],
                body=data["body"],
                head={name: data[name] for name in HEAD},
                actor=request.actor,
                now=request.now,
            )
        except (BadInput, ValidationError) as error:
            _objections(form, error)
        else:
            messages.success(request, _("已拟定，请核对后发出"))
            return redirect("requests:call", pk=collection.call_id)
    return _page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """修改 a draft; what is sent stays as sent."""
    collection: Collection = found(selectors.collection_by_pk(request.actor, pk))
    call = collection.call
    if not policies.may_keep_in(request.actor, call.jurisdiction):
        raise NotAllowed(_("只有本辖区办公室可以修改征集"), remedy=_("请切换到办公室的身份"))
    initial = {
        "title": call.title,
        "due_on": call.due_on,
        "body": call.body,
        "cards": [row.card_id for row in collection.rows.all()],
        "periods": "、".join(label for _span, label in collection.spans),
        "units": [str(one.unit_id) for one in call.addressees.all()],
        "version": call.version,
        "subject": collection.subject,
        **{name: getattr(collection, name) for name in HEAD},
    }
    form = _form(request, _askable(request), initial)
    if form.is_valid():
        data = form.cleaned_data
        try:
            services.collection_update(
                collection=collection,
                data=data,
                unit_ids=[int(pk) for pk in data["units"]],
                cards=list(data["cards"]),
                periods=data["periods"],
                version=data["version"],
                actor=request.actor,
                now=request.now,
            )
        except (BadInput, ValidationError) as error:
            _objections(form, error)
        else:
            messages.success(request, _("已保存"))
            return redirect("requests:call", pk=call.pk)
    return _page(request, form, collection)


def _proposed(year: WorkYear, today: date, jurisdiction: str) -> dict[str, Any]:
    """Period, title and deadline as the office's template of figures (数据报送) has them for this day."""
    values = template_values(year, today, jurisdiction, "data")
    if values is None:
        return {}
    period = CoreYear(year.starts_on).part_of(Every.QUARTER, values["period_start"])
    label = period.label if period else ""
    return {"title": f"{label}质量指标数据", "periods": label, "due_on": values["due_on"]}


def _askable(request: HttpRequestWithActor) -> list[tuple[str, Unit]]:
    """Whom the office may ask, in official order, each with its capacity."""
    return askable(request.actor.jurisdiction_id or 0, local_day(request.now))


def _form(
    request: HttpRequestWithActor, units: list[tuple[str, Unit]], initial: dict[str, Any]
) -> forms.CollectionForm:
    post = request.POST if request.method == "POST" else None
    choices = [(str(unit.pk), unit.name) for _capacity, unit in units]
    return forms.CollectionForm(
        post, initial=initial, cards=selectors.cards_asked(request.actor), units=choices
    )


def _page(
    request: HttpRequestWithActor, form: forms.CollectionForm, collection: Collection | None
) -> HttpResponse:
    context = {"form": form, "collection": collection}
    return render(request, "metrics/collection_form.html", context, status=422 if form.is_bound else 200)


def _objections(form: forms.CollectionForm, error: BadInput | ValidationError) -> None:
    words = [str(p) for p in error.problems] if isinstance(error, BadInput) else error.messages
    for one in words:
        form.add_error(None, one)

"""The office decides on an answer: returned with comments field by field, or accepted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhize.apps.requests import mapping, policies, selectors, services
from zhize.apps.requests.forms import ReviewForm
from zhize.apps.requests.models import UnitRequest
from zhize.apps.requests.views.showing import reply_page
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_POST
@page
def decide(request: HttpRequestWithActor, pk: int, decision: str) -> HttpResponse:
    """退回 or 接收."""
    row: UnitRequest = found(selectors.request_by_pk(request.actor, pk))
    if not policies.may_review(request.actor, row):
        raise NotAllowed(
            _("只有本辖区办公室可以审核报送，且不能审核本单位的报送"),
            remedy=_("请由办公室其他身份的人员办理"),
        )
    form = ReviewForm(request.POST, fields=mapping.fields_of(row.call))
    if not form.is_valid():
        return reply_page(request, row, review=form, status=422)
    given = {"version": form.cleaned_data["version"], "actor": request.actor, "now": request.now}
    try:
        if decision == "return":
            services.request_return(
                request=row,
                comment=form.cleaned_data["comment"],
                field_comments=form.field_comments(),
                **given,
            )
        else:
            services.request_accept(request=row, comment=form.cleaned_data["comment"], **given)
    except BadInput as error:
        form.add_error("comment", str(error.problem))
        return reply_page(request, row, review=form, status=422)
    messages.success(request, _("已退回，报送单位会收到待办") if decision == "return" else _("已接收"))
    return redirect("requests:call", pk=row.call_id)

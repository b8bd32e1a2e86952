"""指标预警: the list, and one of them with its answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhize.apps.metrics import forms, mapping, policies, selectors, services
from zhize.apps.metrics.models import Alert
from zhize.apps.metrics.specs import ALERT
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """指标预警: of the figures as they stand now, newest first."""
    return list_page(request, ALERT, "metrics/alerts.html", title=_("指标预警"))


@require_http_methods(["GET", "HEAD", "POST"])
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One alert: the figure, the rule, who was told. POST: 回应."""
    alert: Alert = found(selectors.alert_by_pk(request.actor, pk))
    may_answer = policies.may_answer_alert(request.actor, alert)
    if request.method == "POST" and not may_answer:
        raise NotAllowed(_("只有本辖区办公室和收到预警的单位可以回应"), remedy=_("请切换到相应单位的身份"))
    form = forms.AlertForm(
        request.POST if request.method == "POST" else None, initial={"version": alert.version}
    )
    if form.is_valid():
        try:
            services.alert_answer(
                alert=alert, answer=form.cleaned_data["answer"], version=form.cleaned_data["version"],
                actor=request.actor, now=request.now,
            )  # fmt: skip
        except BadInput as error:
            form.add_error("answer", str(error.problem))
        else:
            messages.success(request, _("已回应，办公室和收到预警的单位都能看到"))
            return redirect("metrics:alert", pk=pk)
    row = alert.observation
    is_current = alert.observation_version == row.version
    context = {
        "alert": alert,
        "row": row,
        "who": selectors.subject_name(row),
        "shown": mapping.shown(row.card, row.value),
        "is_current": is_current,
        "form": form if may_answer and is_current and not alert.is_answered else None,
    }
    return render(request, "metrics/alert.html", context, status=422 if form.errors else 200)

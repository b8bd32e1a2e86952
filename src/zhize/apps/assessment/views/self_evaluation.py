"""自评: one form, saved as often as one likes, handed in when complete."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhize.apps.assessment import forms, policies, selectors, services
from zhize.apps.assessment.forms.self_pack import PackForm
from zhize.apps.assessment.models import Assessed
from zhize.kit.acting import objected
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_http_methods(["GET", "HEAD", "POST"])
@page
def edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """Criterion by criterion: points, a word, evidence; beside it what the house already knows.

    Handing in saves first: what is not complete comes back saved, with what is missing.
    """
    assessed = found(selectors.object_by_pk(request.actor, pk))
    own = policies.may_evaluate_self(request.actor, assessed)
    if not own and not policies.may_enter_self(request.actor, assessed):
        raise NotAllowed(
            _("只有考核对象的人员可以填报自评"), remedy=_("请切换到该单位的身份；纸质自评由办公室代录")
        )
    if request.method != "POST":
        return _page(request, assessed)
    form = _form(request, assessed)
    if not form.is_valid():
        return _page(request, assessed, form)
    data = form.cleaned_data
    try:
        saved = services.self_save(
            assessed=assessed,
            rows=form.rows(),
            summary=data["summary"],
            dated_on=data["dated_on"],
            version=data["version"],
            actor=request.actor,
            now=request.now,
        )
    except BadInput as error:
        objected(form, error)
        return _page(request, assessed, form)
    if request.POST.get("act") != "submit":
        messages.success(request, _("已暂存"))
        return redirect("assessment:self", pk)
    try:
        services.self_submit(assessed=saved, version=None, actor=request.actor, now=request.now)
    except BadInput as error:
        return _page(request, saved, problems=[str(one) for one in error.problems])
    messages.success(request, _("已报送，等待核查"))
    return redirect("assessment:object", pk)


def _form(request: HttpRequestWithActor, assessed: Assessed, *, bound: bool = True) -> forms.SelfForm:
    actor, unit = request.actor, assessed.unit
    lines = selectors.sheet_of(actor, assessed, with_scores=False)
    asked = [(line.node, line.entry) for line in lines if line.node.is_leaf and line.node.self_scored]
    return forms.SelfForm(
        request.POST if bound else None,
        request.FILES if bound else None,
        leaves=[(node, entry) for node, entry in asked if entry],
        lines=lines,
        actor=actor,
        unit_ids=[one for one in (actor.unit_id, unit.pk, unit.answers_through_id) if one],
        initial={"summary": assessed.self_summary, "version": assessed.version},
    )


def _page(
    request: HttpRequestWithActor,
    assessed: Assessed,
    form: forms.SelfForm | None = None,
    problems: list[str] | None = None,
) -> HttpResponse:
    form = form or _form(request, assessed, bound=False)
    context = {
        "assessed": assessed,
        "round": assessed.round,
        "form": form,
        "pack_form": PackForm(),
        "groups": {one.leaf.code: one for one in form.groups()},
        "lines": form.lines,
        "by_office": not policies.may_evaluate_self(request.actor, assessed),
        "open": assessed.round.state == assessed.round.State.SELF
        and assessed.self_state != Assessed.Self.SUBMITTED,
        "problems": [("", text) for text in problems or []],
    }
    status = 400 if form.is_bound or problems else 200
    return render(request, "assessment/self.html", context, status=status)

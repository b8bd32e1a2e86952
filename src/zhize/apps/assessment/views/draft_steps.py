"""One step in writing a scheme: a criterion, the whole, up, down, away."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhize.apps.assessment import forms, policies, services
from zhize.apps.assessment.forms.criteria import PARENT
from zhize.apps.assessment.views.drafts import draft_of, points_of, version_of
from zhize.core.scoring import editing
from zhize.core.scoring.methods import METHODS
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_http_methods(["GET", "HEAD", "POST"])
@page
def criterion(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One criterion (`?code=`), or a new one below another (`?under=`; empty: a block)."""
    draft = draft_of(request, pk)
    if not policies.may_write_draft(request.actor, draft):
        raise NotAllowed(_("只有办公室可以修改考核办法草稿"), remedy=_("请切换到办公室的身份"))
    code, under = request.GET.get("code", ""), request.GET.get("under", "")
    node = editing.criterion_in(draft.body, code) if code else None
    if code:
        found(node)
    start = forms.criterion_initial(node) if node else {"kind": "manual", "points": "0", "self_scored": True}
    kind = request.POST.get("kind") or request.GET.get("kind") or str(start["kind"])
    if kind not in (PARENT, *METHODS):
        kind = "manual"
    changing = "change_kind" in request.POST
    initial = {**start, "kind": kind, "version": draft.version}
    posted = request.POST if request.method == "POST" and not changing else None
    if changing:
        initial |= {name: value for name, value in request.POST.items() if name != "change_kind"}
    form = forms.CriterionForm(posted, kind=kind, initial=initial)
    if posted is not None and form.is_valid():
        fields = form.fields_of_criterion(node or {})
        step = (
            partial(editing.changed, code=code, fields=fields)
            if code
            else partial(_added, under=under, fields=fields)
        )
        try:
            services.draft_change(
                draft=draft, change=step, settled=code, version=form.cleaned_data["version"],
                actor=request.actor, now=request.now,
            )  # fmt: skip
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已保存"))
            return redirect("assessment:draft", pk)
    mark = draft.marks.get(code)
    context = {
        "draft": draft,
        "node": node,
        "form": form,
        "kind": kind,
        "code": code,
        "under": under,
        "mark": mark,
    }
    return render(request, "assessment/draft_criterion.html", context, status=400 if form.is_bound else 200)


def _added(body: Mapping[str, Any], under: str, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    fields = {name: value for name, value in fields.items() if value is not None}
    if "method" not in fields:
        fields["method"] = {"kind": "manual"}
    if not fields.get("points") and not fields.get("part"):
        fields["points"] = "0"
    return editing.added(body, under, fields)[0]


@require_POST
@page
def step(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """A criterion up, down, away, or marked as looked at (`act`: what, code); points typed meanwhile are kept."""
    draft = draft_of(request, pk)
    act, _sep, code = request.POST.get("act", "").partition(":")
    points = points_of(request)
    steps: dict[str, Any] = {
        "up": partial(editing.moved, code=code, step=-1),
        "down": partial(editing.moved, code=code, step=1),
        "remove": partial(editing.removed, code=code),
        "settle": partial(editing.changed, code=code, fields={}),
    }
    if act not in steps:
        raise BadInput(_("没有这一步"), where=act, remedy=_("请从页面上的按钮操作"))

    def change(body: Mapping[str, Any]) -> Mapping[str, Any]:
        made: Mapping[str, Any] = steps[act](editing.with_points(body, points))
        return made

    services.draft_change(
        draft=draft, change=change, settled=code if act == "settle" else "", version=version_of(request),
        actor=request.actor, now=request.now,
    )  # fmt: skip
    show = {"show": "unsure"} if request.POST.get("show") == "unsure" else {}
    return redirect(f"{reverse('assessment:draft', args=[pk])}{'?' + urlencode(show) if show else ''}")


@require_http_methods(["GET", "HEAD", "POST"])
@page
def whole(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """Total, grades, vetoes, what becomes of what does not apply."""
    draft = draft_of(request, pk)
    if not policies.may_write_draft(request.actor, draft):
        raise NotAllowed(_("只有办公室可以修改考核办法草稿"), remedy=_("请切换到办公室的身份"))
    initial = forms.whole_initial(draft.body) | {"version": draft.version}
    form = forms.WholeForm(request.POST or None, initial=initial, body=draft.body)
    if request.method == "POST" and form.is_valid():
        try:
            services.draft_change(
                draft=draft, change=form.applied, version=form.cleaned_data["version"], actor=request.actor, now=request.now
            )  # fmt: skip
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已保存"))
            return redirect("assessment:draft", pk)
    context = {"draft": draft, "form": form}
    return render(request, "assessment/draft_whole.html", context, status=400 if form.is_bound else 200)

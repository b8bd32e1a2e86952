"""The words of a draft through time: versions compared and restored; figures settled; what follows a document sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhize.apps.documents import forms, policies, selectors, services
from zhize.apps.documents.models import OfficialDocument
from zhize.apps.documents.specs import NUMBERS
from zhize.apps.documents.views.official import detail_page
from zhize.core.papers.compare import SAME, Compared, compare
from zhize.core.workflow.official_document import TABLE
from zhize.kit.acting import objected
from zhize.kit.errors import BadInput, EditConflict, NotAllowed, ZhizeError
from zhize.kit.list_views import list_page
from zhize.kit.officialdoc import from_json
from zhize.kit.officialdoc.markup import text_of
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


def _handled(request: HttpRequestWithActor, pk: int) -> OfficialDocument:
    document: OfficialDocument = found(selectors.official_of(request.actor, pk))
    if not policies.may_handle(request.actor, document):
        raise NotAllowed(_("只有本辖区领导小组办公室可以办理公文"), remedy=_("请切换到办公室的身份"))
    return document


@require_safe
@page
def versions(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """稿次对照: any two versions, paragraph by paragraph; without choice the last two."""
    document = _handled(request, pk)
    rows = selectors.versions_of(request.actor, document)
    by = {row.number: row for row in rows}
    last = rows[0].number if rows else 0
    new = by.get(_number(request.GET.get("new")), by.get(last))
    old = by.get(_number(request.GET.get("old")), by.get(max(1, new.number - 1)) if new else None)
    lines: tuple[Compared, ...] = ()
    if old and new:
        before, after = ([one.title, *map(text_of, from_json(one.blocks))] for one in (old, new))
        lines = compare(before, after)
    context = {
        "document": document,
        "rows": rows,
        "old": old,
        "new": new,
        "lines": lines,
        "differing": len([one for one in lines if one.kind != SAME]),
        "may_restore": any(step.action == "edit" for step in TABLE.steps_from(document.state)),
    }
    return render(request, "documents/official_versions.html", context)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 7 else 0


@require_POST
@page
def restore(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """恢复 an earlier version as the newest."""
    document = _handled(request, pk)
    form = forms.RestoreForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("页面已过期，请刷新后再办理"))
    services.official_restore(document=document, **form.cleaned_data, actor=request.actor, now=request.now)
    messages.success(request, _("已恢复第 %(n)s 稿，另存为新的一稿") % {"n": form.cleaned_data["number"]})
    return redirect("documents:official", pk=pk)


@require_POST
@page
def figure(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """A figure whose source changed: one click takes the new value, a reason keeps the old."""
    document = _handled(request, pk)
    form = forms.FigureForm(request.POST)
    if not form.is_valid():
        return detail_page(request, document, status=400, figure=form)
    data = dict(form.cleaned_data)
    reason = data.pop("reason")
    by: dict[str, Any] = {"document": document, "actor": request.actor, "now": request.now}
    try:
        if "keep" in request.POST:
            services.official_figure_keep(**data, reason=reason, **by)
            messages.success(request, _("已记录保留理由"))
        else:
            services.official_figure_take(**data, **by)
            messages.success(request, _("已采用新的数字，另存为新的一稿"))
    except EditConflict:
        raise
    except ZhizeError as error:
        if error.status == 403:
            raise
        objected(form, error)
        return detail_page(request, document, status=error.status, figure=form)
    return redirect("documents:official", pk=pk)


@require_POST
@page
def follow(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """撤销, 废止, 更正: drafts the notice that does it."""
    document = _handled(request, pk)
    form = forms.FollowForm(request.POST)
    if not form.is_valid():
        return detail_page(request, document, status=400, follow=form)
    try:
        draft = services.official_follow(
            document=document, **form.cleaned_data, actor=request.actor, now=request.now
        )
    except ZhizeError as error:
        if error.status == 403:
            raise
        objected(form, error)
        return detail_page(request, document, status=error.status, follow=form)
    messages.success(request, _("已拟好通知稿，核对后送核；印发后对原文生效"))
    return redirect("documents:official", pk=draft.pk)


@require_safe
@page
def numbers(request: HttpRequestWithActor) -> HttpResponse:
    """文号登记: every number given, in order, the void ones with their reason."""
    return list_page(request, NUMBERS, "documents/numbers.html")

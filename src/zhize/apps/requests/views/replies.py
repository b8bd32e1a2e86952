"""The unit's pages: what it is asked, one answer with all that belongs to it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhize.apps.requests import forms, mapping, selectors, services
from zhize.apps.requests.models import CallUnit, UnitRequest
from zhize.apps.requests.specs import REPLIES, UNIT_REQUEST
from zhize.apps.requests.views.showing import form_of, initial_of, own_request, reply_page
from zhize.kit.acting import objected
from zhize.kit.conflicts import conflict_page, merged
from zhize.kit.errors import BadInput, EditConflict
from zhize.kit.field_data import stored
from zhize.kit.fields import FieldSpec, Kind, ThingSpec
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_safe
@page
def mine(request: HttpRequestWithActor) -> HttpResponse:
    """本单位报送: what the acting unit is asked."""
    return list_page(
        request, UNIT_REQUEST, "requests/mine.html", rows=selectors.requests_of_unit(request.actor), title=_("本单位报送")
    )  # fmt: skip


@require_safe
@page
def seen(request: HttpRequestWithActor) -> HttpResponse:
    """报送情况: what was asked of whom, over all calls; the situation page leads here."""
    return list_page(request, REPLIES, title=_("报送情况"))


@require_http_methods(["GET", "HEAD", "POST"])
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One answer: the unit fills it in and sends it; the office reads and decides; others read what was handed in."""
    if request.method == "POST":
        return _save(request, own_request(request, pk))
    return reply_page(request, found(selectors.request_by_pk(request.actor, pk)))


def _save(request: HttpRequestWithActor, row: UnitRequest) -> HttpResponse:
    """保存, 登记审签 or 报送, with the approval inside the unit where it was filled in.

    New files are kept first, so that neither an error nor another person's version loses them.
    """
    fields = mapping.fields_of(row.call)
    names = [*(f.name for f in fields), "statement", "nil_report"]
    posted, undecided = merged(request.POST, names)
    action = request.POST.get("action")
    sending = action == "submit"
    stamp = (
        forms.StampForm(request.POST, request.FILES)
        if action == "stamp" or request.POST.get("by", "").strip()
        else None
    )
    nil = bool(posted.get("nil_report")) and row.call.nil_allowed
    form = form_of(row, fields, request.actor, draft=not sending or nil)(posted, request.FILES)
    if not form.is_valid() or (stamp and not stamp.is_valid()):
        return reply_page(request, row, form=form, stamp_form=stamp, status=422)
    data = form.cleaned_data
    try:
        if undecided:
            raise EditConflict(_("这条记录在您编辑期间已被他人修改"), theirs={}, mine={})
        if data["uploads"]:
            services.request_files_add(
                request=row, uploads=data["uploads"], actor=request.actor, now=request.now
            )
        saved = services.request_save(
            request=row,
            answers={f.name: stored(f, data.get(f.name)) for f in fields},
            statement=data["statement"],
            nil_report=nil,
            version=data["version"] or 0,
            actor=request.actor,
            now=request.now,
        )
        if stamp:
            saved = services.request_stamp(
                request=saved, **stamp.cleaned_data, actor=request.actor, now=request.now
            )
        if sending:
            services.request_submit(
                request=saved, version=saved.version, actor=request.actor, now=request.now
            )
    except EditConflict as conflict:
        return _conflict(request, row, fields, form, conflict, undecided)
    except BadInput as error:
        objected(form, error)
        fresh = found(selectors.request_by_pk(request.actor, row.pk))
        form.data = form.data.copy()
        form.data["version"] = str(fresh.version)
        return reply_page(request, fresh, form=form, status=422)
    said = _("已登记审签，尚未报送") if action == "stamp" else _("已保存，尚未报送")
    messages.success(request, _("已报送，等待办公室审核") if sending else said)
    return redirect("requests:request", pk=row.pk)


def _conflict(
    request: HttpRequestWithActor,
    row: UnitRequest,
    fields: tuple[FieldSpec, ...],
    form: Any,
    conflict: EditConflict,
    undecided: int,
) -> HttpResponse:
    """Both versions side by side (kit.conflicts): what a colleague saved, what I typed."""
    extra = [FieldSpec("statement", _("说明"), Kind.LONG)]
    if row.call.nil_allowed:
        extra.append(FieldSpec("nil_report", _("零报告"), Kind.BOOL))
    spec = ThingSpec(
        kind=UNIT_REQUEST.kind,
        label=UNIT_REQUEST.label,
        model=CallUnit,
        fields=(*fields, *extra),
        rows=UNIT_REQUEST.rows,
        may_view=UNIT_REQUEST.may_view,
        may_edit=UNIT_REQUEST.may_edit,
    )
    fresh = found(selectors.request_by_pk(request.actor, row.pk))
    return conflict_page(
        request, spec, SimpleNamespace(**initial_of(fresh, fields)), form, conflict, undecided
    )

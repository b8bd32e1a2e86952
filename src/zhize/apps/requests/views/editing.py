"""Drafting a call: from a template or empty, of whom, with which fields."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhize.apps.orgs.selectors import own_jurisdiction
from zhize.apps.requests import mapping, policies, selectors, services
from zhize.apps.requests.forms import CallForm, FieldRows
from zhize.apps.requests.models import Call
from zhize.apps.years.selectors import year_in_progress
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, EditConflict, NotAllowed, StateConflict
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.things import ThingRef, resolve
from zhize.kit.views import found, page

FIELDS = ("title", "body", "content", "due_on", "period_start", "period_end", "nil_allowed", "stamp_needed", "source_code")  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page
def create(request: HttpRequestWithActor) -> HttpResponse:
    """拟定征集: empty, or from a template (?template=half_summary), or from a thing (?source=regulations.duty:12)."""
    if not policies.may_call(request.actor):
        raise NotAllowed(_("只有本辖区办公室可以征集"), remedy=_("请切换到办公室的身份"))
    jurisdiction = own_jurisdiction(request.actor)
    today = local_day(request.now)
    year = year_in_progress(request.actor, today)
    if jurisdiction is None or year is None:
        raise StateConflict(
            _("还没有工作年度"), why=_("征集要归入一个年度"), remedy=_("请先建立并开启工作年度")
        )
    offered = selectors.templates(year, today, jurisdiction.code)
    chosen = next((t for t in offered if t.key == request.GET.get("template")), None)
    initial: dict[str, Any] = (
        dict(chosen.values)
        if chosen
        else {"nil_allowed": True, "period_start": year.starts_on, "period_end": year.ends_on}
    )
    for name in ("source", "source_code"):
        if request.GET.get(name):
            initial[name] = request.GET[name]
    form, rows = _forms(request, jurisdiction.pk, today, initial, initial.get("form", []))
    if _wants_rows(request) or not _valid(form, rows):
        return _page(request, form, rows, templates=offered, chosen=chosen)
    data = form.cleaned_data
    try:
        call = services.call_create(
            jurisdiction=jurisdiction,
            year=year,
            period=(data["period_start"] or year.starts_on, data["period_end"] or year.ends_on),
            source=_source(data["source"]),
            template=data["template"],
            form=rows.mappings(),
            unit_ids=form.unit_ids(),
            **{name: data[name] for name in FIELDS if not name.startswith("period")},
            actor=request.actor,
            now=request.now,
        )
    except (BadInput, ValidationError) as error:
        return _refused(request, form, rows, error, templates=offered, chosen=chosen)
    messages.success(request, _("已拟定，请核对后发出"))
    return redirect("requests:call", pk=call.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """修改: a draft; what another person saved meanwhile is shown beside before it is overwritten."""
    call: Call = found(selectors.call_by_pk(request.actor, pk))
    if not policies.may_change_call(request.actor, call):
        raise NotAllowed(_("只有本辖区办公室可以修改征集"), remedy=_("请切换到办公室的身份"))
    if call.state != Call.State.DRAFT:
        raise StateConflict(
            _("已发出的征集不能修改"), where=call.title, remedy=_("请取消后重新拟定，或另发一次")
        )
    initial = {name: getattr(call, name) for name in (*FIELDS, "template", "version")}
    initial["units"] = [str(unit.pk) for unit in selectors.addressees(call)]
    today = local_day(request.now)
    form, rows = _forms(request, call.jurisdiction_id, today, initial, call.form)
    if _wants_rows(request) or not _valid(form, rows):
        return _page(request, form, rows, call=call)
    data = {name: form.cleaned_data[name] for name in (*FIELDS, "template")} | {"form": rows.mappings()}
    try:
        services.call_update(
            call=call,
            data=data,
            unit_ids=form.unit_ids(),
            version=form.cleaned_data["version"],
            actor=request.actor,
            now=request.now,
        )
    except EditConflict as conflict:
        form.data = _with_version(form.data, call.version)
        return _page(request, form, rows, call=call, conflict=_both(conflict), status=409)
    except (BadInput, ValidationError) as error:
        return _refused(request, form, rows, error, call=call)
    messages.success(request, _("已保存"))
    return redirect("requests:call", pk=pk)


def _forms(
    request: HttpRequestWithActor, jurisdiction_id: int, today: Any, initial: dict[str, Any], form: list[Any]
) -> tuple[CallForm, Any]:
    post: Any = request.POST if request.method == "POST" else None
    units = selectors.askable(jurisdiction_id, today)
    if post is not None and _wants_rows(request):
        post = post.copy()
        post["f-TOTAL_FORMS"] = str(min(int(post.get("f-TOTAL_FORMS") or 0) + 3, mapping.MOST_FIELDS))
    return CallForm(post, initial=initial, units=units), FieldRows(
        post, initial=FieldRows.initial_of(form), prefix="f"
    )


def _wants_rows(request: HttpRequestWithActor) -> bool:
    """再加几行: the page again with more empty lines, nothing saved."""
    return request.method == "POST" and "more" in request.POST


def _valid(form: CallForm, rows: Any) -> bool:
    return form.is_valid() and rows.is_valid()


def _refused(
    request: HttpRequestWithActor, form: CallForm, rows: Any, error: BadInput | ValidationError, **more: Any
) -> HttpResponse:
    words = [str(p) for p in error.problems] if isinstance(error, BadInput) else error.messages
    for one in words:
        form.add_error(None, one)
    return _page(request, form, rows, **more)


def _page(
    request: HttpRequestWithActor, form: CallForm, rows: Any, *, status: int | None = None, **more: Any
) -> HttpResponse:
    ref = _source(form["source"].value() or "")
    wrong = form.is_bound and not _wants_rows(request)
    context = {
        "form": form,
        "rows": rows,
        "call": None,
        "templates": (),
        "chosen": None,
        "conflict": (),
        "source": resolve(request.actor, [ref]).get(ref) if ref else None,
        **more,
    }
    return render(request, "requests/call_form.html", context, status=status or (422 if wrong else 200))


def _source(word: str) -> ThingRef | None:
    """ "regulations.duty:12" as a reference; anything else is none."""
    kind, _sep, number = word.rpartition(":")
    return ThingRef(kind, int(number)) if kind and number.isdigit() else None


def _with_version(data: Any, version: int) -> Any:
    """What was typed, to be saved over the version now shown beside it."""
    typed = data.copy()
    typed["version"] = str(version)
    return typed


def _both(conflict: EditConflict) -> list[dict[str, str]]:
    """What differs: what stands saved, and what was typed here."""
    labels = {f.name: str(f.verbose_name) for f in Call._meta.concrete_fields}
    return [
        {
            "name": name,
            "label": labels.get(name, name),
            "theirs": str(theirs),
            "mine": str(conflict.mine.get(name, "")),
        }
        for name, theirs in conflict.theirs.items()
        if str(theirs) != str(conflict.mine.get(name, ""))
    ]

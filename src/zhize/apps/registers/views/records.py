"""Records of a register: list, one with its story, form, voiding, material."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhize.apps.registers import mapping, policies, selectors, services
from zhize.apps.registers.forms import MaterialForm, VoidForm
from zhize.apps.registers.models import Record, RecordType
from zhize.apps.registers.specs import spec_on
from zhize.apps.registers.views.shared import day_of, get_or_post, type_of
from zhize.kit.columns import columns_of
from zhize.kit.edit import create_page, update_page
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.imports.values import KEY
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_safe
@page
def listed(request: HttpRequestWithActor, register: str) -> HttpResponse:
    """A register's valid records, with the figures of those shown."""
    type_, today = type_of(request, register), day_of(request)
    return list_page(
        request,
        spec_on(type_.code, today),
        "registers/records.html",
        figures=lambda listing: selectors.strip(type_, listing, today),
        type=type_,
        tab="valid",
        may_keep=policies.may_keep(request.actor, type_),
    )


@require_safe
@page
def voided(request: HttpRequestWithActor, register: str) -> HttpResponse:
    """Those taken out, with their reasons on their own pages."""
    type_ = type_of(request, register)
    return list_page(
        request,
        spec_on(type_.code, day_of(request)),
        "registers/records.html",
        rows=selectors.records_void(request.actor, type_.code),
        title=_("%(register)s：已作废") % {"register": type_.label},
        type=type_,
        tab="void",
        may_keep=False,
    )


@get_or_post
@page
def create(request: HttpRequestWithActor, register: str) -> HttpResponse:
    """登记 one; from an enterprise's page it begins with that enterprise."""
    type_ = type_of(request, register)
    subject = request.GET.get("subject", "")
    held = selectors.subject_by_pk(request.actor, int(subject)) if subject.isdigit() else None
    return create_page(
        request,
        spec_on(type_.code, day_of(request)),
        template="registers/record_form.html",
        cancel=reverse("registers:records", args=[type_.code]),
        initial={"subject_name": held.name, "subject_code": held.uscc} if held else None,
        title=_("登记：%(register)s") % {"register": type_.label},
        submit=_("登记"),
        type=type_,
    )


@get_or_post
@page
def edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """修改: only the unit that registered it."""
    record = found(selectors.record_by_pk(request.actor, pk))
    type_ = type_of(request, record.type)
    if record.state == Record.State.VOID:
        raise NotAllowed(_("已作废的记录不能修改"), remedy=_("如需登记，请新增一条"))
    return update_page(
        request,
        spec_on(type_.code, day_of(request)),
        pk,
        template="registers/record_form.html",
        cancel=reverse("registers:record", args=[pk]),
        may=lambda thing: policies.may_change(request.actor, type_, thing),
        type=type_,
    )


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One record: all its fields, how it stands, its enterprise, earlier ones of the same object, its material."""
    record = found(selectors.record_by_pk(request.actor, pk))
    return _detail(request, record)


@require_POST
@page
def void(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """作废, with the reason."""
    record = found(selectors.record_by_pk(request.actor, pk))
    _demand_change(request, record)
    form = VoidForm(request.POST)
    if not form.is_valid():
        return _detail(request, record, void_form=form)
    services.record_void(thing=record, actor=request.actor, now=request.now, **form.cleaned_data)
    messages.success(request, _("已作废，不再计数。"))
    return redirect("registers:record", pk)


@require_POST
@page
def material(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """附材料: a report or a certificate."""
    record = found(selectors.record_by_pk(request.actor, pk))
    _demand_change(request, record)
    form = MaterialForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            services.record_evidence_add(
                thing=record, actor=request.actor, now=request.now, **form.cleaned_data
            )
        except BadInput as error:
            for problem in error.problems:
                form.add_error("upload", str(problem))
        else:
            messages.success(request, _("已附上材料。"))
            return redirect("registers:record", pk)
    return _detail(request, record, material_form=form)


def _demand_change(request: HttpRequestWithActor, record: Record) -> None:
    if not policies.may_change(request.actor, type_of(request, record.type), record):
        raise NotAllowed(_("只有登记这条记录的单位可以办理"), remedy=_("请联系登记单位"))


def _detail(
    request: HttpRequestWithActor,
    record: Record,
    *,
    void_form: VoidForm | None = None,
    material_form: MaterialForm | None = None,
) -> HttpResponse:
    type_, today = type_of(request, record.type), day_of(request)
    bounds = selectors.bounds_of(type_, today)
    may = record.state == Record.State.ACTIVE and policies.may_change(request.actor, type_, record)
    others = selectors.others_of_object(request.actor, record)
    context: dict[str, Any] = {
        "record": record,
        "type": type_,
        "name": mapping.name_of(type_, record),
        "facts": facts_of(type_, record),
        "standing": selectors.standing(record, bounds) if type_.reading.due else None,
        "due_words": mapping.due_words(type_, mapping.typed(type_, record.values)),
        "others": [
            {"row": one, "standing": selectors.standing(one, bounds)} for one in others[: selectors.BESIDE]
        ],
        "others_cut": len(others) > selectors.BESIDE,
        "others_words": record.object_key.split(KEY)[0],
        "evidence": list(record.evidence.all()),
        "may": may,
        "void_form": (void_form or VoidForm(initial={"version": record.version})) if may else None,
        "material_form": (material_form or MaterialForm()) if may else None,
    }
    wrong = (void_form and void_form.errors) or (material_form and material_form.errors)
    return render(request, "registers/record.html", context, status=400 if wrong else 200)


def facts_of(type_: RecordType, record: Record) -> list[tuple[str, str]]:
    """Every field of the type with its words, in the order of the data."""
    return [(column.label, column.text(record)) for column in columns_of(type_.fields)]

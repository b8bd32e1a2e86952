"""On-site checks: the list, one with what may be done now, making and changing the plan."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from zhize.apps.documents.selectors import official_standing
from zhize.apps.documents.selectors.approvals import approvals_of
from zhize.apps.inspection import policies, services
from zhize.apps.inspection.forms import plan as forms
from zhize.apps.inspection.forms.findings import FindingForm, SendForm
from zhize.apps.inspection.forms.places import PlaceForm
from zhize.apps.inspection.mapping.notice import notice_text
from zhize.apps.inspection.models import Inspection
from zhize.apps.inspection.selectors import inspections as selectors
from zhize.apps.inspection.selectors.draws import draws_of
from zhize.apps.inspection.selectors.findings import findings_of
from zhize.apps.inspection.selectors.places import places_of
from zhize.apps.inspection.specs import INSPECTION
from zhize.apps.orgs.selectors.directory import own_jurisdiction
from zhize.apps.years.selectors import year_of_day, years_visible
from zhize.kit.acting import acted, demand
from zhize.kit.action_forms import VersionForm
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.several import MARK
from zhize.kit.things import ThingCard, ThingRef, resolve
from zhize.kit.views import found, page

OFFICE = (gettext_lazy("只有办公室可以组织核查"), gettext_lazy("请切换到办公室的身份"))


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """Everything this hat may see, latest first."""
    may = policies.may_plan(request.actor)
    return list_page(request, INSPECTION, "inspection/inspections.html", title=_("实地核查"), may_plan=may)


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The page of an on-site check."""
    return inspection_page(request, found(selectors.inspection_by_pk(request.actor, pk)))


def inspection_page(
    request: HttpRequestWithActor, inspection: Inspection, *, status: int = 200, **bound: Any
) -> HttpResponse:
    """The page, with the form that came back refused under its name."""
    actor = request.actor
    keeps, state = policies.may_keep(actor, inspection), inspection.state
    draft, groups = state == Inspection.State.DRAFT, selectors.groups_of(inspection)
    units, items = selectors.units_of(inspection), selectors.items_of(inspection)
    start = {"version": inspection.version}
    made: dict[str, Any] = {}
    if keeps and draft:
        made["announce"] = forms.AnnounceForm(initial=start)
        left = [row for row in units if row.group_id is None]
        name = f"第{'一二三四五六七八九十'[len(groups)] if len(groups) < 10 else len(groups) + 1}核查组"
        asked = {"name": name, "units": MARK.join(row.unit.name for row in left)}
        made["group"] = forms.GroupForm(units=units, initial=asked, auto_id="id_group_%s")
    if keeps and state in (Inspection.State.DRAFT, Inspection.State.ANNOUNCED):
        made["cancel"] = forms.CancelForm(initial=start, auto_id="id_cancel_%s")
    ref = ThingRef(inspection.ref_kind, inspection.ref_id) if inspection.ref_id else None
    context = {
        "inspection": inspection,
        "groups": groups,
        "units": units,
        "items": items,
        "keeps": keeps,
        "going": selectors.goes_there(actor, groups),
        "draws": [] if draft else draws_of(inspection),
        "places": [] if draft else places_of(actor, inspection),
        "findings": [] if draft else findings_of(actor, inspection),
        "finding_form": bound.pop("finding", None) or FindingForm(items=items, auto_id="id_finding_%s"),
        "send_form": bound.pop("send", None) or SendForm(auto_id="id_send_%s"),
        "close_form": bound.pop("close", None) or VersionForm(initial=start),
        "place_form": bound.pop("place", None) or PlaceForm(auto_id="id_place_%s"),
        "draft": draft,
        "source": resolve(actor, [ref]).get(ref) if ref else None,
        "approvals": approvals_of(selectors_ref(inspection)) if keeps or policies.oversees(actor) else [],
        "forms": made | bound,
    }
    return render(request, "inspection/inspection.html", context, status=status)


def selectors_ref(inspection: Inspection) -> ThingRef:
    return ThingRef(selectors.KIND, inspection.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def notice(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The text of the notice, to paste; or drafted as an official document."""
    inspection = found(selectors.inspection_by_pk(request.actor, pk))
    demand(policies.may_keep(request.actor, inspection), *OFFICE)
    if request.method == "POST":
        document = services.check_notice_draft(inspection=inspection, actor=request.actor, now=request.now)
        messages.success(request, _("通知已起草，请核稿、签发后印发；印发后核查即为已通知"))
        return redirect("documents:official", document.pk)
    context = {
        "inspection": inspection,
        "text": notice_text(inspection, selectors.groups_of(inspection), selectors.items_of(inspection)),
        "documents": official_standing(request.actor, selectors_ref(inspection)),
    }
    return render(request, "inspection/notice.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def create(request: HttpRequestWithActor) -> HttpResponse:
    """拟订, by itself or for a thing above (`from` = kind:id)."""
    actor = request.actor
    demand(policies.may_plan(actor), *OFFICE)
    source = _source(request)
    if request.method != "POST":
        today = local_day(request.now)
        year = year_of_day(years_visible(actor), today)
        start: dict[str, Any] = {"year": year.label if year else None}
        if year:
            start |= {"period_start": year.starts_on, "period_end": min(year.ends_on, today)}
        if source:
            start |= {"title": f"{source.label}实地核查"[:120], "kind": "round", "basis": source.label}
        return _form_page(request, forms.PlanForm(actor=actor, initial=start), None, source, 200)
    form = forms.PlanForm(request.POST, actor=actor)
    return acted(
        request,
        form,
        lambda data: services.inspection_plan(
            jurisdiction=found(own_jurisdiction(actor)), year=data["year"], data=form.data_for_service(),
            unit_ids=form.unit_ids(), ref=source.ref if source else None, actor=actor, now=request.now,
        ),
        said=_("已拟订，接着列核查清单、设核查组"),
        back=lambda made: reverse("inspection:inspection", args=[made.pk]),
        again=lambda bound, status: _form_page(request, bound, None, source, status),
    )  # fmt: skip


def _source(request: HttpRequestWithActor) -> ThingCard | None:
    """What the address says it serves; refuses in words what the actor may not see."""
    text = request.GET.get("from", "")
    if not text:
        return None
    try:
        ref = ThingRef.parse(text[:80])
    except ValueError:
        ref = ThingRef("", 0)
    card = resolve(request.actor, [ref]).get(ref)
    if card is None:
        raise BadInput(_("找不到这次核查所服务的考核"), remedy=_("请从考核页面进入，或直接拟订"))
    return card


@require_http_methods(["GET", "HEAD", "POST"])
@page
def edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """Changes the plan."""
    actor = request.actor
    inspection = found(selectors.inspection_by_pk(actor, pk))
    demand(policies.may_keep(actor, inspection), *OFFICE)
    if request.method != "POST":
        start = {name: getattr(inspection, name) for name in services.INSPECTION_FIELDS}
        names = MARK.join(row.unit.name for row in selectors.units_of(inspection))
        start |= {"version": inspection.version, "units": names, "year": inspection.year.label}
        return _form_page(request, forms.PlanForm(actor=actor, initial=start), inspection, None, 200)
    form = forms.PlanForm(request.POST, actor=actor)
    return acted(
        request,
        form,
        lambda data: services.inspection_update(
            inspection=inspection, data=form.data_for_service(), unit_ids=form.unit_ids(), version=data["version"],
            actor=actor, now=request.now,
        ),
        said=_("已保存"),
        back=reverse("inspection:inspection", args=[pk]),
        again=lambda bound, status: _form_page(request, bound, inspection, None, status),
    )  # fmt: skip


def _form_page(
    request: HttpRequestWithActor,
    form: django_forms.Form,
    inspection: Inspection | None,
    source: ThingCard | None,
    status: int,
) -> HttpResponse:
    context = {"form": form, "inspection": inspection, "source": source}
    return render(request, "inspection/plan_form.html", context, status=status)

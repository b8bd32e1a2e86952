"""What the office does with a plan: checklist, groups, people, announcing, calling off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhize.apps.inspection import policies, services
from zhize.apps.inspection.forms import plan as forms
from zhize.apps.inspection.models import InspectionGroup
from zhize.apps.inspection.selectors import inspections as selectors
from zhize.apps.inspection.views.inspections import OFFICE, inspection_page
from zhize.kit.acting import acted, demand
from zhize.kit.clock import local_day
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.several import MARK
from zhize.kit.views import found, page


@require_http_methods(["GET", "HEAD", "POST"])
@page
def items(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The checklist as lines."""
    inspection = found(selectors.inspection_by_pk(request.actor, pk))
    demand(policies.may_keep(request.actor, inspection), *OFFICE)

    def form_page(form: Any, status: int) -> HttpResponse:
        context = {"form": form, "inspection": inspection}
        return render(request, "inspection/items.html", context, status=status)

    if request.method != "POST":
        start = {"version": inspection.version, "items": forms.as_lines(selectors.items_of(inspection))}
        return form_page(forms.ItemsForm(initial=start), 200)
    return acted(
        request,
        forms.ItemsForm(request.POST),
        lambda data: services.items_set(inspection=inspection, **data, actor=request.actor, now=request.now),
        said=_("核查清单已保存"),
        back=reverse("inspection:inspection", args=[pk]),
        again=form_page,
    )


@require_POST
@page
def announce(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """批准并通知."""
    inspection = found(selectors.inspection_by_pk(request.actor, pk))
    demand(policies.may_keep(request.actor, inspection), *OFFICE)
    return acted(
        request,
        forms.AnnounceForm(request.POST, request.FILES),
        lambda data: services.inspection_announce(
            inspection=inspection, **data, actor=request.actor, now=request.now
        ),
        said=_("已通知被查单位和核查组"),
        back=reverse("inspection:inspection", args=[pk]),
        again=lambda bound, status: inspection_page(request, inspection, status=status, announce=bound),
    )


@require_POST
@page
def cancel(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """取消."""
    inspection = found(selectors.inspection_by_pk(request.actor, pk))
    demand(policies.may_keep(request.actor, inspection), *OFFICE)
    return acted(
        request,
        forms.CancelForm(request.POST),
        lambda data: services.inspection_cancel(
            inspection=inspection, **data, actor=request.actor, now=request.now
        ),
        said=_("已取消"),
        back=reverse("inspection:inspection", args=[pk]),
        again=lambda bound, status: inspection_page(request, inspection, status=status, cancel=bound),
    )


@require_POST
@page
def group_add(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One more group."""
    inspection = found(selectors.inspection_by_pk(request.actor, pk))
    demand(policies.may_keep(request.actor, inspection), *OFFICE)
    form = forms.GroupForm(request.POST, units=selectors.units_of(inspection))
    return acted(
        request,
        form,
        lambda data: services.group_set(
            inspection=inspection, name=data["name"], unit_ids=form.unit_ids(), actor=request.actor, now=request.now
        ),
        said=_("已设组，接着加组员"),
        back=lambda made: reverse("inspection:group", args=[made.pk]),
        again=lambda bound, status: inspection_page(request, inspection, status=status, group=bound),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page
def group(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """A group: its name and units, its people."""
    row = found(selectors.group_by_pk(request.actor, pk))
    demand(policies.may_keep(request.actor, row.inspection), *OFFICE)
    if request.method != "POST":
        return _group_page(request, row)
    form = forms.GroupForm(request.POST, units=selectors.units_of(row.inspection))
    return acted(
        request,
        form,
        lambda data: services.group_set(
            inspection=row.inspection, group=row, name=data["name"], unit_ids=form.unit_ids(), version=data["version"],
            actor=request.actor, now=request.now,
        ),
        said=_("已保存"),
        back=reverse("inspection:group", args=[pk]),
        again=lambda bound, status: _group_page(request, row, status=status, group=bound),
    )  # fmt: skip


def _group_page(
    request: HttpRequestWithActor, row: InspectionGroup, *, status: int = 200, **bound: Any
) -> HttpResponse:
    units = selectors.units_of(row.inspection)
    mine = MARK.join(one.unit.name for one in units if one.group_id == row.pk)
    start = {"name": row.name, "units": mine, "version": row.version}
    people = selectors.people_of(row)
    context = {
        "group": row,
        "inspection": row.inspection,
        "people": people,
        "forms": {
            "group": forms.GroupForm(units=units, initial=start),
            "person": forms.PersonForm(people=_candidates(request), initial=_part(people)),
        }
        | bound,
    }
    return render(request, "inspection/group.html", context, status=status)


def _part(people: list[Any]) -> dict[str, str]:
    return {"part": "member" if any(one.part == "head" for one in people) else "head"}


def _candidates(request: HttpRequestWithActor) -> list[selectors.Candidate]:
    return selectors.candidates(request.actor, local_day(request.now))


@require_POST
@page
def person_add(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One more person in a group."""
    row = found(selectors.group_by_pk(request.actor, pk))
    demand(policies.may_keep(request.actor, row.inspection), *OFFICE)
    form = forms.PersonForm(request.POST, people=_candidates(request))

    def run(data: dict[str, Any]) -> Any:
        chosen = form.chosen()
        return services.person_add(
            group=row, part=data["part"], user=selectors.user_of(chosen), name=data["name"],
            workplace=chosen.workplace if chosen else data["workplace"], actor=request.actor, now=request.now,
        )  # fmt: skip

    return acted(
        request,
        form,
        run,
        said=_("已加入"),
        back=reverse("inspection:group", args=[pk]),
        again=lambda bound, status: _group_page(request, row, status=status, person=bound),
    )


@require_POST
@page
def person_remove(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One person less."""
    person = found(selectors.person_by_pk(request.actor, pk))
    demand(policies.may_keep(request.actor, person.group.inspection), *OFFICE)
    services.person_remove(person=person, actor=request.actor, now=request.now)
    return _back(request, _("已移除"), "inspection:group", person.group_id)


@require_POST
@page
def group_remove(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """Takes a group away."""
    row = found(selectors.group_by_pk(request.actor, pk))
    demand(policies.may_keep(request.actor, row.inspection), *OFFICE)
    services.group_remove(group=row, actor=request.actor, now=request.now)
    return _back(request, _("已撤销"), "inspection:inspection", row.inspection_id)


def _back(request: HttpRequestWithActor, said: str, name: str, pk: int) -> HttpResponse:
    messages.success(request, said)
    return redirect(name, pk=pk)

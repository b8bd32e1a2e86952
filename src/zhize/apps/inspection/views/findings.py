"""Problems found: the list, one with its task, listing, sending, the second look, counts by region and item."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zhize.apps.inspection import policies, services
from zhize.apps.inspection.forms import findings as forms
from zhize.apps.inspection.models import Finding
from zhize.apps.inspection.selectors import draws as units
from zhize.apps.inspection.selectors import findings as selectors
from zhize.apps.inspection.selectors import inspections
from zhize.apps.inspection.specs.findings import FINDING
from zhize.apps.inspection.views.inspections import OFFICE, inspection_page
from zhize.apps.inspection.views.places import GROUP
from zhize.apps.regulations.selectors import bounds
from zhize.apps.work.policies import tasks as task_policies
from zhize.apps.work.selectors.task_lights import task_light
from zhize.kit.acting import acted, demand
from zhize.kit.action_forms import VersionForm
from zhize.kit.clock import local_day
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

State = Finding.State
CHECKER = (
    gettext_lazy("只有交办整改任务的办公室可以销号"),
    gettext_lazy("请切换到该办公室的身份；办公室自己牵头的，由领导销号"),
)


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """Every problem this hat may see, of all checks."""
    return list_page(request, FINDING, "inspection/findings.html", title=_("核查问题"))


@require_safe
@page
def finding(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One problem with its task and what may be done now."""
    return _finding_page(request, found(selectors.finding_by_pk(request.actor, pk)))


def _finding_page(
    request: HttpRequestWithActor, row: Finding, *, status: int = 200, **bound: Any
) -> HttpResponse:
    works, start = policies.may_record(request.actor, row.checked), {"version": row.version}
    today = local_day(request.now)
    made: dict[str, Any] = {}
    if works and row.state == State.LISTED:
        kept = {name: getattr(row, name) for name in services.FINDING_FIELDS}
        items = inspections.items_of(row.checked.inspection)
        made["change"] = forms.FindingForm(items=items, initial=start | kept)
        made["withdraw"] = forms.WithdrawForm(initial=start, auto_id="id_withdraw_%s")
    if works and row.state in (State.SENT, State.UNFIXED):
        made["look"] = forms.LookForm(initial=start | {"on": today}, auto_id="id_look_%s")
    task = row.task
    ended = task is None or task.state in ("closed", "cancelled")
    if row.state == State.FIXED and task and not ended and task_policies.may_check(request.actor, task):
        made["settle"] = VersionForm(initial=start)
    context = {
        "finding": row,
        "ended": ended,
        "inspection": row.checked.inspection,
        "light_now": task_light(task, bounds(today)) if task else None,
        "forms": made | bound,
    }
    return render(request, "inspection/finding.html", context, status=status)


@require_POST
@page
def change(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """Words, demand and day until it is sent."""
    row = found(selectors.finding_by_pk(request.actor, pk))
    demand(policies.may_record(request.actor, row.checked), *GROUP)
    form = forms.FindingForm(request.POST, items=inspections.items_of(row.checked.inspection))
    return acted(
        request,
        form,
        lambda data: services.finding_change(
            finding=row, data=form.data_for_service(), version=data["version"], actor=request.actor, now=request.now
        ),
        said=_("已保存"),
        back=reverse("inspection:finding", args=[pk]),
        again=lambda bound, status: _finding_page(request, row, status=status, change=bound),
    )  # fmt: skip


@require_POST
@page
def withdraw(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """不列入."""
    row = found(selectors.finding_by_pk(request.actor, pk))
    demand(policies.may_record(request.actor, row.checked), *GROUP)
    return acted(
        request,
        forms.WithdrawForm(request.POST),
        lambda data: services.finding_withdraw(finding=row, **data, actor=request.actor, now=request.now),
        said=_("已记为不列入"),
        back=reverse("inspection:finding", args=[pk]),
        again=lambda bound, status: _finding_page(request, row, status=status, withdraw=bound),
    )


@require_POST
@page
def look(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """回头看."""
    row = found(selectors.finding_by_pk(request.actor, pk))
    demand(policies.may_record(request.actor, row.checked), *GROUP)
    return acted(
        request,
        forms.LookForm(request.POST),
        lambda data: services.finding_look(
            finding=row, fixed=data["result"] == forms.FIXED, words=data["words"], on=data["on"], version=data["version"],
            actor=request.actor, now=request.now,
        ),
        said=_("已登记回头看"),
        back=reverse("inspection:finding", args=[pk]),
        again=lambda bound, status: _finding_page(request, row, status=status, look=bound),
    )  # fmt: skip


@require_POST
@page
def settle(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """据回头看销号: the task of a problem that was put right is closed in one step."""
    row = found(selectors.finding_by_pk(request.actor, pk))
    demand(row.task is not None and task_policies.may_check(request.actor, row.task), *CHECKER)
    return acted(
        request,
        VersionForm(request.POST),
        lambda data: services.finding_settle(finding=row, **data, actor=request.actor, now=request.now),
        said=_("整改任务已办结销号"),
        back=reverse("inspection:finding", args=[pk]),
        again=lambda bound, status: _finding_page(request, row, status=status, settle=bound),
    )


@require_POST
@page
def add(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One problem of a checked unit by hand."""
    checked = found(units.checked_by_pk(request.actor, pk))
    demand(policies.may_record(request.actor, checked), *GROUP)
    inspection = checked.inspection
    form = forms.FindingForm(request.POST, items=inspections.items_of(inspection))
    return acted(
        request,
        form,
        lambda _data: services.finding_add(
            checked=checked, data=form.data_for_service(), actor=request.actor, now=request.now
        ),
        said=_("已列入问题清单"),
        back=reverse("inspection:inspection", args=[inspection.pk]),
        again=lambda bound, status: inspection_page(request, inspection, status=status, finding=bound),
    )


@require_POST
@page
def draw_up(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The list from the signed records."""
    checked = found(units.checked_by_pk(request.actor, pk))
    demand(policies.may_record(request.actor, checked), *GROUP)
    rows = services.findings_draw_up(checked=checked, actor=request.actor, now=request.now)
    messages.success(request, _("由核查记录列入 %(n)s 个问题，请核对后下发") % {"n": len(rows)})
    return redirect("inspection:inspection", pk=checked.inspection_id)


@require_POST
@page
def send(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """下发 to one unit."""
    checked = found(units.checked_by_pk(request.actor, pk))
    demand(policies.may_keep(request.actor, checked.inspection), *OFFICE)
    inspection = checked.inspection
    return acted(
        request,
        forms.SendForm(request.POST),
        lambda data: services.findings_send(checked=checked, **data, actor=request.actor, now=request.now),
        said=_("已下发，每个问题成为该单位的一项整改任务"),
        back=reverse("inspection:inspection", args=[inspection.pk]),
        again=lambda bound, status: inspection_page(request, inspection, status=status, send=bound),
    )


@require_POST
@page
def close(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """办结 of the whole check."""
    inspection = found(inspections.inspection_by_pk(request.actor, pk))
    demand(policies.may_keep(request.actor, inspection), *OFFICE)
    return acted(
        request,
        VersionForm(request.POST),
        lambda data: services.inspection_close(
            inspection=inspection, **data, actor=request.actor, now=request.now
        ),
        said=_("这次核查已办结"),
        back=reverse("inspection:inspection", args=[pk]),
        again=lambda bound, status: inspection_page(request, inspection, status=status, close=bound),
    )


@require_safe
@page
def statistics(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """Problems by region and item, each number a link to its rows."""
    inspection = found(inspections.inspection_by_pk(request.actor, pk))
    counted = selectors.tallies(request.actor, inspection)
    places = [row.unit.region for row in inspections.units_of(inspection)]
    regions = list(dict.fromkeys((region.pk, region.name) for region in places))
    items = [one.name for one in inspections.items_of(inspection)]
    items += sorted({item for _region, item in counted} - set(items) - {""})
    items += [""] if any(not item for _region, item in counted) else []
    context = {"inspection": inspection, "regions": regions, "items": items, "counted": counted}
    return render(request, "inspection/statistics.html", context)

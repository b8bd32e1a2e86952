"""The year's obligations: list, one with its story, handing in, deciding, excusing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhize.apps.regulations import forms, policies, selectors, services
from zhize.apps.regulations.models import Discharge, Obligation
from zhize.apps.regulations.specs import OBLIGATION
from zhize.apps.years import selectors as years
from zhize.core.kernel.errors import CoreError
from zhize.core.workflow.discharge import TABLE
from zhize.kit import measures
from zhize.kit.errors import EditConflict, NotAllowed, ZhizeError
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """履职清单: who owes what by when; the lights of the year on top, each a link to its rows."""
    year = years.year_in_progress(request.actor, request.now.date())
    rows = selectors.obligations_lit(request.actor).filter(year=year)
    counts, counted_at = selectors.lights_kept(request.actor, rows, year, request.now)
    chosen = request.GET.get("light", "")
    lights = [
        (light.value, light.label, counts[light.value]) for light in selectors.Light if counts[light.value]
    ]
    return list_page(
        request,
        OBLIGATION,
        "regulations/obligations.html",
        lights=lights,
        chosen=chosen,
        year=year,
        counted_at=counted_at,
        may_roll_over=policies.may_keep_register(request.actor),
    )


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One obligation: its light, what was handed in and said, and what this hat can do now."""
    return obligation_page(request, found(selectors.obligation_by_pk(request.actor, pk)))


def obligation_page(
    request: HttpRequestWithActor, obligation: Obligation, *, status: int = 200, **bound: Any
) -> HttpResponse:
    """The page of an obligation with every form this hat may use; `bound` are forms sent back with their errors."""
    discharges = selectors.discharges_of(obligation)
    waivers = selectors.waivers_of(obligation)
    waiting = next((d for d in discharges if d.state == Discharge.State.SUBMITTED), None)
    returned = next((d for d in discharges if d.state == Discharge.State.RETURNED), None)
    actor = request.actor
    open_year = (
        obligation.year.state != "closed"
        and obligation.status != Obligation.Status.STANDING
        and obligation.rolled_into_id is None
    )
    excused = next((w for w in waivers if w.lifted_at is None), None)
    may = {
        "submit": open_year
        and policies.may_discharge(actor, obligation)
        and waiting is None
        and obligation.status not in (Obligation.Status.DONE, Obligation.Status.WAIVED),
        "decide": open_year and waiting is not None and policies.may_decide(actor, obligation),
        "withdraw": open_year and waiting is not None and policies.may_withdraw(actor, waiting),
        "withdraw_waiver": open_year and policies.may_discharge(actor, obligation),
        "waive": open_year
        and excused is None
        and obligation.status != Obligation.Status.DONE
        and policies.may_waive(actor, obligation),
        "lift": open_year and excused is not None and policies.may_waive(actor, obligation),
    }
    requests = selectors.waiver_requests_of(obligation)
    asked = next((one for one in requests if one.state == one.State.ASKED), None)
    initial = {"statement": returned.statement} if returned else None
    context = {
        "obligation": obligation,
        "light_now": selectors.light_of_row(obligation, selectors.bounds(request.now.date())),
        "discharges": discharges,
        "acts": selectors.acts_of(actor, discharges),
        "sources": [s for code in obligation.duty.sources if (s := measures.sources().get(code))],
        "waivers": waivers,
        "waiting": waiting,
        "returned": returned,
        "excused": excused,
        "steps": TABLE,
        "may": may,
        "submit_form": bound.get("submit_form")
        or (forms.DischargeForm(actor=actor, initial=initial) if may["submit"] else None),
        "decide_form": bound.get("decide_form")
        or (forms.DecisionForm(initial={"version": waiting.version}) if may["decide"] and waiting else None),
        "waiver_requests": requests,
        "asked": asked,
        "ask_form": bound.get("ask_form")
        or (forms.WaiveForm(auto_id="ask_%s") if may["submit"] and asked is None else None),
        "answer_form": bound.get("answer_form")
        or (forms.WaiverAnswerForm(initial={"version": asked.version}) if may["waive"] and asked else None),
        "waive_form": bound.get("waive_form") or (forms.WaiveForm() if may["waive"] else None),
        "lift_form": bound.get("lift_form") or (forms.LiftForm() if may["lift"] else None),
    }
    return render(request, "regulations/obligation.html", context, status=status)


@require_POST
@page
def submit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """报送: files are stored, registered as evidence, and handed in with a statement, all in one step."""
    obligation = found(selectors.obligation_by_pk(request.actor, pk))
    if not policies.may_discharge(request.actor, obligation):
        raise NotAllowed(_("只有责任单位的人员可以报送履行材料"), remedy=_("请切换到该单位的身份"))
    form = forms.DischargeForm(request.POST, request.FILES, actor=request.actor)
    if not form.is_valid():
        return obligation_page(request, obligation, status=400, submit_form=form)
    try:
        services.discharge_hand_in(
            obligation=obligation,
            statement=form.cleaned_data["statement"],
            uploads=form.cleaned_data["uploads"],
            dated_on=form.cleaned_data["dated_on"] or request.now.date(),
            existing=list(form.cleaned_data["existing"]),
            actor=request.actor,
            now=request.now,
        )
    except (ZhizeError, CoreError) as error:
        form.add_error(None, str(error))
        return obligation_page(request, obligation, status=getattr(error, "status", 409), submit_form=form)
    messages.success(request, _("已报送，等待办公室确认"))
    return redirect("regulations:obligation", pk=pk)


@require_POST
@page
def decide(request: HttpRequestWithActor, pk: int, action: str) -> HttpResponse:
    """确认 or 退回."""
    obligation = found(selectors.obligation_by_pk(request.actor, pk))
    if not policies.may_decide(request.actor, obligation):
        raise NotAllowed(
            _("只有本辖区办公室可以审核，且不能审核本单位的事项"), remedy=_("请由办公室其他身份的人员办理")
        )
    discharge = _waiting(obligation)
    form = forms.DecisionForm(request.POST)
    if not form.is_valid():
        return obligation_page(request, obligation, status=400, decide_form=form)
    act = services.discharge_confirm if action == "confirm" else services.discharge_return
    try:
        act(
            discharge=discharge,
            comment=form.cleaned_data["comment"],
            version=form.cleaned_data["version"],
            actor=request.actor,
            now=request.now,
        )
    except EditConflict:
        raise
    except ZhizeError as error:
        if error.status == 403:
            raise
        form.add_error("comment", str(error.problem))
        return obligation_page(request, obligation, status=error.status, decide_form=form)
    messages.success(request, _("已确认") if action == "confirm" else _("已退回，报送单位会收到待办"))
    return redirect("regulations:obligation", pk=pk)


def _waiting(obligation: Obligation) -> Discharge:
    """The one that awaits a decision; the newest where none does, so that the service can say why not."""
    rows = selectors.discharges_of(obligation)
    waiting = [d for d in rows if d.state == Discharge.State.SUBMITTED]
    return found(next(iter(waiting or rows), None))  # type: ignore[no-any-return]


@require_POST
@page
def withdraw(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """撤回."""
    obligation = found(selectors.obligation_by_pk(request.actor, pk))
    services.discharge_withdraw(
        discharge=_waiting(obligation), version=None, actor=request.actor, now=request.now
    )
    messages.success(request, _("已撤回，可以重新报送"))
    return redirect("regulations:obligation", pk=pk)

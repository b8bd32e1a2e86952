"""指标数据: the list, one figure with its story, correcting it; counting and locking a period."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhize.apps.metrics import forms, mapping, policies, selectors, services
from zhize.apps.metrics.models import Observation
from zhize.apps.metrics.specs import OBSERVATION
from zhize.apps.orgs.selectors import own_jurisdiction
from zhize.apps.years.selectors import year_in_progress
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.things import ThingRef, resolve
from zhize.kit.views import found, page


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """指标数据: every figure, newest period first."""
    actor = request.actor
    return list_page(
        request,
        OBSERVATION,
        "metrics/figures.html",
        title=_("指标数据"),
        may_keep=policies.may_keep(actor),
        may_lock=policies.may_lock(actor),
        period_form=forms.PeriodForm(),
    )


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One figure: where it comes from, what it was before, and correcting it."""
    return _page(request, found(selectors.observation_by_pk(request.actor, pk)), None)


@require_POST
@page
def correct(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """更正: with the reason; the value before stays in the story."""
    row: Observation = found(selectors.observation_by_pk(request.actor, pk))
    if not policies.may_correct(request.actor, row):
        raise NotAllowed(
            _("您的身份不能更正这个数"), why=_("已锁定的数由办公室主任更正，其他由办公室更正"), remedy=_("请联系本辖区办公室")
        )  # fmt: skip
    form = forms.CorrectionForm(request.POST, observation=row)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    data = form.cleaned_data
    try:
        services.observation_correct(
            observation=row,
            value=data["value"],
            numerator=data.get("numerator"),
            denominator=data.get("denominator"),
            reason=data["reason"],
            document=data["document"],
            version=data["version"],
            actor=request.actor,
            now=request.now,
        )
    except BadInput as error:
        form.add_error(None, str(error.problem))
        return _page(request, row, form, status=422)
    messages.success(request, _("已更正，原来的数仍可查看"))
    return redirect("metrics:figure", pk=pk)


def _page(
    request: HttpRequestWithActor, row: Observation, form: forms.CorrectionForm | None, *, status: int = 200
) -> HttpResponse:
    may_correct = policies.may_correct(request.actor, row)
    refs = [ThingRef.parse(row.source_ref)] if row.source_ref else []
    initial = {"version": row.version}
    context = {
        "row": row,
        "who": selectors.subject_name(row),
        "name_of": selectors.subject_name,
        "shown": mapping.shown(row.card, row.value),
        "interval": mapping.interval_of(row.card, row),
        "source": next(iter(resolve(request.actor, refs).values()), None),
        "revisions": selectors.revisions_of(row),
        "alerts": selectors.alerts_of_figures(request.actor, [row.pk]).get(row.pk, []),
        "inputs": selectors.inputs_of(request.actor, row),
        "form": form or (forms.CorrectionForm(initial=initial, observation=row) if may_correct else None),
        "shown_of": lambda value: mapping.shown(row.card, value),
        "is_worked_out": row.origin in (Observation.Origin.COMPUTED, Observation.Origin.COUNTED),
    }
    return render(request, "metrics/figure.html", context, status=status)


@require_POST
@page
def work_out(request: HttpRequestWithActor) -> HttpResponse:
    """取数: counts and formulas of a period."""
    if not policies.may_keep(request.actor):
        raise NotAllowed(_("只有本辖区办公室可以取数"), remedy=_("请切换到办公室的身份"))
    form = forms.PeriodForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("没有选期间"), where=_("期间"), remedy=_("请写作 2012年第三季度"))
    jurisdiction, today = own_jurisdiction(request.actor), local_day(request.now)
    year = year_in_progress(request.actor, today)
    if jurisdiction is None or year is None:
        raise StateConflict(_("还没有工作年度"), remedy=_("请先建立并开启工作年度"))
    period = form.cleaned_data["period"]
    done = services.metrics_collect(
        jurisdiction=jurisdiction,
        year=year,
        on=max(period.start, min(period.end, today)),
        actor=request.actor,
        now=request.now,
    )
    messages.success(
        request, _("已取数：新增 %(added)s 个，更新 %(changed)s 个") % {"added": done.added, "changed": done.changed}
    )  # fmt: skip
    return redirect("metrics:figures")


@require_POST
@page
def lock(request: HttpRequestWithActor) -> HttpResponse:
    """锁定 the final figures of a period."""
    jurisdiction = own_jurisdiction(request.actor)
    if jurisdiction is None or not policies.may_lock(request.actor):
        raise NotAllowed(_("只有本辖区办公室主任可以锁定数据"), remedy=_("请由办公室主任办理"))
    form = forms.PeriodForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("没有选期间"), where=_("期间"), remedy=_("请写作 2012年第三季度"))
    period = form.cleaned_data["period"]
    number = services.observations_lock(
        jurisdiction=jurisdiction, start=period.start, end=period.end, actor=request.actor, now=request.now
    )
    messages.success(request, _("已锁定 %(number)s 个数；之后只能逐个更正") % {"number": number})
    return redirect("metrics:figures")

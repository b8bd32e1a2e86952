"""目标: how the year stands to them, the list, one of them."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhize.apps.metrics import forms, mapping, policies, selectors, services
from zhize.apps.metrics.models import Target
from zhize.apps.metrics.specs import CARDS, REGIONS, TARGET, UNITS
from zhize.apps.orgs.selectors import own_jurisdiction, region_name
from zhize.apps.requests.selectors import askable
from zhize.apps.years import selectors as years
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_safe
@page
def attainment(request: HttpRequestWithActor) -> HttpResponse:
    """目标完成情况: every card with a target, the whole and each region; ?region= one region's alone, ?standing= those that
    are good, bad or without figures, as the situation page counts them, ?card= one of them as a report prints it. Asked for
    nothing, it lists the targets of units below."""
    if not policies.may_see(request.actor):
        raise NotAllowed(_("您还没有岗位，不能查看指标"), remedy=_("请联系本辖区的系统管理员"))
    today = local_day(request.now)
    every = list(years.years_visible(request.actor)[:12])
    asked = next((y for y in every if str(y.pk) == request.GET.get("year")), None)
    year = asked or years.year_in_progress(request.actor, today)
    regions = list(selectors.regions_under([request.actor.region_id or 0], today))
    region = next((r for r in regions if str(r.pk) == request.GET.get("region")), None)
    rows = selectors.board_of(request.actor, year, today, region) if year else []
    asks_all = not (region or request.GET.get("standing") or request.GET.get("card"))
    standing = selectors.STANDINGS.get(request.GET.get("standing", ""))
    if standing:
        of = region.pk if region else None
        rows = [row for row in rows if (one := row.of(of)) and one.attained.state in standing]
    if card := request.GET.get("card"):
        rows = [row for row in rows if row.card.code == card]
    context = {
        "year": year,
        "years": every,
        "rows": rows,
        "regions": regions,
        "region_name": region_name,
        "region": region,
        "narrowed": bool(standing),
        "of_region": [(row, one) for row in rows if (one := row.of(region.pk))] if region else [],
        "of_units": selectors.units_board(request.actor, year, today) if year and asks_all else [],
        "may_keep": policies.may_keep(request.actor),
        "today": today,
    }
    return render(request, "metrics/attainment.html", context)


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """指标目标: the list, with import."""
    may_keep = policies.may_keep(request.actor)
    return list_page(request, TARGET, "metrics/targets.html", title=_("指标目标"), may_keep=may_keep)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def create(request: HttpRequestWithActor) -> HttpResponse:
    """设定目标 for the year people work in."""
    jurisdiction = own_jurisdiction(request.actor)
    if jurisdiction is None or not policies.may_keep(request.actor):
        raise NotAllowed(_("只有本辖区办公室可以设定目标"), remedy=_("请切换到办公室的身份"))
    year = years.year_in_progress(request.actor, local_day(request.now))
    if year is None:
        raise StateConflict(_("还没有工作年度"), remedy=_("请先建立并开启工作年度"))
    regions = REGIONS.load(request.actor).filter(pk=jurisdiction.region_id) | REGIONS.load(
        request.actor
    ).filter(parent_id=jurisdiction.region_id)
    taking_part = [unit.pk for _capacity, unit in askable(jurisdiction.pk, local_day(request.now))]
    initial = {"region": jurisdiction.region_id, "card": request.GET.get("card")}
    form = forms.TargetForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        cards=CARDS.load(request.actor),
        regions=regions,
        units=UNITS.load(request.actor).filter(pk__in=taking_part),
    )
    if form.is_valid():
        data = form.cleaned_data
        try:
            target = services.target_set(
                jurisdiction=jurisdiction,
                data={**data, "year": year},
                steps=data["steps"],
                actor=request.actor,
                now=request.now,
            )
        except (BadInput, ValidationError) as error:
            _objections(form, error)
        else:
            messages.success(request, _("已设定目标"))
            return redirect("metrics:target", pk=target.pk)
    context = {"form": form, "target": None, "year": year}
    return render(request, "metrics/target_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One target: what was set and why; the office changes it here."""
    target: Target = found(selectors.target_by_pk(request.actor, pk))
    may_keep = policies.may_keep_in(request.actor, target.jurisdiction)
    if request.method == "POST" and not may_keep:
        raise NotAllowed(_("只有本辖区办公室可以修改目标"), remedy=_("请切换到办公室的身份"))
    post = request.POST if request.method == "POST" else None
    form = forms.TargetForm(post, initial=forms.target_initial(target)) if may_keep else None
    if form is not None and form.is_valid():
        data = form.cleaned_data
        try:
            services.target_update(
                target=target,
                data=data,
                steps=data["steps"],
                version=data["version"],
                actor=request.actor,
                now=request.now,
            )
        except (BadInput, ValidationError) as error:
            _objections(form, error)
        else:
            messages.success(request, _("已保存"))
            return redirect("metrics:target", pk=pk)
    context = {
        "target": target,
        "who": selectors.subject_name(target),
        "form": form,
        "shown": lambda value: mapping.shown(target.card, value),
        "may_keep": may_keep,
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "metrics/target.html", context, status=status)


@require_POST
@page
def remove(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """撤销."""
    target: Target = found(selectors.target_by_pk(request.actor, pk))
    services.target_remove(target=target, version=None, actor=request.actor, now=request.now)
    messages.success(request, _("已撤销这个目标"))
    return redirect("metrics:targets")


def _objections(form: forms.TargetForm, error: BadInput | ValidationError) -> None:
    words = [str(p) for p in error.problems] if isinstance(error, BadInput) else error.messages
    for one in words:
        form.add_error(None, one)

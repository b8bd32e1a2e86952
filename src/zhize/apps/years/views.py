"""Pages of work years and of the calendar."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.years import policies, selectors, services
from zhize.apps.years.forms import MoveForm, YearForm
from zhize.apps.years.models import WorkYear
from zhize.apps.years.specs import CALENDAR_DAY
from zhize.core.kernel.errors import CoreError
from zhize.core.workflow.work_year import TABLE
from zhize.kit.clock import local_day
from zhize.kit.edit import create_page, update_page
from zhize.kit.errors import BadInput, NotAllowed, ZhizeError
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_http_methods(["GET", "HEAD", "POST"])
@page
def years(request: HttpRequestWithActor) -> HttpResponse:
    """工作年度: all of this jurisdiction; the office makes the next one here."""
    if not policies.may_see_calendar(request.actor):
        raise NotAllowed(_("您还没有岗位，不能查看工作年度"), remedy=_("请联系本辖区的系统管理员"))
    may_manage = policies.may_manage_years(request.actor)
    known = list(selectors.years_visible(request.actor)[:100])
    form = (
        YearForm(request.POST or None, initial={"starts_on": _next(known, request)}) if may_manage else None
    )
    if request.method == "POST":
        if form is None:
            raise NotAllowed(_("只有本辖区办公室可以建立工作年度"), remedy=_("请切换到办公室的身份"))
        if form.is_valid():
            jurisdiction = Jurisdiction.objects.visible_to(request.actor).get(
                code=request.actor.jurisdiction_code
            )
            try:
                year = services.work_year_create(
                    jurisdiction=jurisdiction,
                    starts_on=form.cleaned_data["starts_on"],
                    actor=request.actor,
                    now=request.now,
                )
            except (ZhizeError, CoreError) as error:
                form.add_error("starts_on", str(error))
            else:
                messages.success(request, _("已建立{year}，开启后生成履职事项").format(year=year.label))
                return redirect("years:list")
    rows = [(year, TABLE.steps_from(year.state)) for year in known]
    context = {
        "rows": rows,
        "form": form,
        "may_manage": may_manage,
    }
    return render(
        request, "years/years.html", context, status=400 if form is not None and form.errors else 200
    )


def _next(known: list[WorkYear], request: HttpRequestWithActor) -> date:
    """The day after the last year, else the first of this one."""
    last = max((year.ends_on for year in known), default=None)
    return last + timedelta(days=1) if last else local_day(request.now).replace(month=1, day=1)


@require_POST
@page
def move(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """开启, 关账 or 重新开启."""
    year = found(selectors.year_by_pk(request.actor, pk))
    form = MoveForm(request.POST)
    if not policies.may_change_year(request.actor, year):
        raise NotAllowed(_("只有本辖区办公室可以开启或关账工作年度"), remedy=_("请切换到办公室的身份"))
    if not form.is_valid():
        raise BadInput(_("没有说明要做什么"), remedy=_("请在“工作年度”页上按相应的按钮"))
    moved = services.work_year_move(year=year, **form.cleaned_data, actor=request.actor, now=request.now)
    if form.cleaned_data["action"] == "open":
        words = _("已开启{year}，有期限的职责已生成履职事项，各单位收到待办")
    else:
        words = _("{year}：{state}")
    messages.success(request, words.format(year=moved.label, state=moved.get_state_display()))
    return redirect("years:list")


@require_safe
@page
def days(request: HttpRequestWithActor) -> HttpResponse:
    """节假日与调休: what differs from the plain week."""
    return list_page(
        request, CALENDAR_DAY, "years/days.html", may_edit=policies.may_edit_calendar(request.actor)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page
def day_create(request: HttpRequestWithActor) -> HttpResponse:
    """Enters a day."""
    return create_page(request, CALENDAR_DAY)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def day(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """Corrects a day."""
    return update_page(request, CALENDAR_DAY, pk)


@require_POST
@page
def day_remove(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """Takes a day out: it is then as its weekday is."""
    here = found(selectors.calendar_days(request.actor).by_pk(pk))
    services.calendar_day_remove(day=here, actor=request.actor, now=request.now)
    messages.success(request, _("已删除，这一天恢复为平常的周历"))
    return redirect("years:days")

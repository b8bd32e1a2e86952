"""The office's part: reviewing units' plans, making one of them, submitting, issuing, amending."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhize.apps.work import services
from zhize.apps.work.forms.plans import ReasonForm, ReviewForm, VersionForm
from zhize.apps.work.mapping.plans import core_items, weighing_on
from zhize.apps.work.models import Plan
from zhize.apps.work.policies import plans as policies
from zhize.apps.work.selectors import plan_choices, plans
from zhize.apps.years import selectors as years
from zhize.core.plans.similar import similar
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, EditConflict, NotAllowed, ZhizeError
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
COMMENT = re.compile(r"comment-([0-9]{1,12})")  # sample: "comment-37"
MOST = 2_000


@get_or_post
@page
def review(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """审核: a comment beside each item that must be mended; POST returns the plan with them."""
    plan = found(plans.plan_by_pk(request.actor, pk))
    _demand_review(request, plan)
    form = (
        ReviewForm(request.POST)
        if request.method == "POST"
        else ReviewForm(initial={"version": plan.version})
    )
    said = {int(m[1]): str(words) for key, words in request.POST.items() if (m := COMMENT.fullmatch(key))}
    if request.method == "POST" and form.is_valid():
        try:
            services.plan_return(
                plan=plan,
                comments=said,
                comment=form.cleaned_data["comment"],
                version=form.cleaned_data["version"],
                actor=request.actor,
                now=request.now,
            )
        except EditConflict:
            raise
        except ZhizeError as error:
            form.add_error(None, str(error))
            return _review_page(request, plan, form, said, error.status)
        messages.success(request, _("已退回，编制单位会收到待办"))
        return redirect("work:plan", pk=pk)
    return _review_page(request, plan, form, said, 400 if form.is_bound else 200)


def _review_page(
    request: HttpRequestWithActor, plan: Plan, form: ReviewForm, said: dict[int, str], status: int
) -> HttpResponse:
    items = plans.items_of(plan)
    context = {
        "plan": plan,
        "rows": [{"item": item, "said": said.get(item.pk, "")} for item in items],
        "form": form,
        "gaps": plan_choices.gaps_of(plan),
        "open": plan.state == Plan.State.SUBMITTED,
    }
    return render(request, "work/plan_review.html", context, status=status)


@require_POST
@page
def accept(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """接收."""
    plan = found(plans.plan_by_pk(request.actor, pk))
    _demand_review(request, plan)
    services.plan_accept(plan=plan, version=_version(request), actor=request.actor, now=request.now)
    messages.success(request, _("已接收；该单位的计划职责已自动认定"))
    return redirect("work:plan", pk=pk)


def _demand_review(request: HttpRequestWithActor, plan: Plan) -> None:
    if not policies.may_review(request.actor, plan):
        raise NotAllowed(
            _("只有本辖区办公室可以审核报送的计划，且不能审核本单位的"), remedy=_("请由办公室其他人员办理")
        )


def _version(request: HttpRequestWithActor) -> int | None:
    form = VersionForm(request.POST)
    return form.cleaned_data["version"] if form.is_valid() else None


@require_POST
@page
def consolidate(request: HttpRequestWithActor) -> HttpResponse:
    """Opens the consolidated plan of the year in progress."""
    if not policies.may_consolidate(request.actor):
        raise NotAllowed(_("只有本辖区办公室可以汇总计划"), remedy=_("请切换到办公室的身份"))
    year = years.year_in_progress(request.actor, request.now.date())
    if year is None:
        raise BadInput(_("还没有工作年度"), why=_("计划属于一个年度"), remedy=_("请先建立并开启工作年度"))
    plan = services.plan_consolidate(year=year, actor=request.actor, now=request.now)
    messages.success(request, _("已建立总计划，可以取入各单位的事项"))
    return redirect("work:plan_pool", pk=plan.pk)


@get_or_post
@page
def pool(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """汇总: the units' accepted items not taken in yet, and what in the plan looks alike. POST takes in."""
    plan = _own_consolidated(request, pk)
    left = plans.pool_of(plan)
    if request.method == "POST":
        chosen = None if "all" in request.POST else _ids(request)
        made = services.plan_items_take(plan=plan, source_ids=chosen, actor=request.actor, now=request.now)
        messages.success(request, _("已取入 %(n)d 项") % {"n": len(made)})
        return redirect("work:plan_pool", pk=pk)
    items = plans.items_of(plan)
    by_id = {str(item.pk): item for item in items}
    pairs = similar(core_items(items), weighing_on(local_day(request.now), plan.jurisdiction.code))
    context = {
        "plan": plan,
        "pool": left,
        "items": items,
        "sources": plans.sources_of(request.actor, [item.pk for item in items]),
        "pairs": [
            {"pair": pair, "first": by_id[pair.first], "second": by_id[pair.second]} for pair in pairs[:50]
        ],
        "open": policies.is_open(plan),
        "waiting": plans.units_not_in(plan),
    }
    return render(request, "work/plan_pool.html", context)


@require_POST
@page
def merge(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """合并: then the merged item's form, to be rewritten."""
    plan = _own_consolidated(request, pk)
    item = services.plan_items_merge(plan=plan, ids=_ids(request), actor=request.actor, now=request.now)
    messages.success(request, _("已合并，请改写目标和措施"))
    return redirect("work:plan_item_edit", pk=item.pk)


def _ids(request: HttpRequestWithActor) -> list[int]:
    """The ids ticked; BadInput for what is no number."""
    texts = request.POST.getlist("ids")[:MOST]
    if not all(text.isascii() and text.isdigit() and len(text) < 13 for text in texts):
        raise BadInput(_("选择的内容有误"), remedy=_("请刷新页面后重新选择"))
    return [int(text) for text in texts]


def _own_consolidated(request: HttpRequestWithActor, pk: int) -> Plan:
    plan: Plan = found(plans.plan_by_pk(request.actor, pk))
    if plan.level != Plan.Level.CONSOLIDATED or not policies.keeps(request.actor, plan):
        raise NotAllowed(_("只有本辖区办公室可以汇总和印发总计划"), remedy=_("请切换到办公室的身份"))
    return plan


@require_POST
@page
def present(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """报审."""
    plan = _own_consolidated(request, pk)
    services.plan_present(plan=plan, version=_version(request), actor=request.actor, now=request.now)
    messages.success(request, _("已报领导小组审定；审定后请登记意见"))
    return redirect("work:plan", pk=pk)


@require_POST
@page
def amend(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """修订: the next version, with all items."""
    plan = _own_consolidated(request, pk)
    new = services.plan_amend(plan=plan, reason=_reason(request), actor=request.actor, now=request.now)
    messages.success(request, _("已建立修订版，原计划在修订版印发前继续有效"))
    return redirect("work:plan", pk=new.pk)


def _reason(request: HttpRequestWithActor) -> str:
    form = ReasonForm(request.POST)
    form.is_valid()
    return str(form.cleaned_data.get("reason", ""))


@require_POST
@page
def draft(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """起草印发通知: its own page, linked from the plan, leads it through signing and sending."""
    plan = _own_consolidated(request, pk)
    services.plan_draft_document(plan=plan, actor=request.actor, now=request.now)
    messages.success(request, _("印发通知已起草，请打开文件核稿、签发、印发"))
    return redirect("work:plan", pk=pk)

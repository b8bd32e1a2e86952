"""Plans: the list, one plan with its items, and what its keeper does with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhize.apps.documents import selectors as documents
from zhize.apps.documents.models import OfficialDocument
from zhize.apps.requests.selectors.comments import rounds_on
from zhize.apps.work import services
from zhize.apps.work.forms.plans import ReasonForm, VersionForm
from zhize.apps.work.models import Plan, PlanItem
from zhize.apps.work.policies import plans as policies
from zhize.apps.work.selectors import plan_choices, plan_replies, plans
from zhize.apps.work.specs.plans import PLAN, PLAN_ITEM, items_of_plan
from zhize.apps.years import selectors as years
from zhize.kit.edit import update_page
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.things import ThingRef, resolve
from zhize.kit.views import found, page

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@page
def index(request: HttpRequestWithActor) -> HttpResponse:
    """计划: every plan the hat may see; the office opens the consolidated one here."""
    year = years.year_in_progress(request.actor, request.now.date())
    whole = plans.consolidated_of_year(request.actor, year.pk) if year else None
    return list_page(
        request,
        PLAN,
        "work/plans.html",
        title=_("计划"),
        year=year,
        whole=whole,
        may_open=year is not None
        and year.state == "open"
        and whole is None
        and policies.may_consolidate(request.actor),
        open_form=VersionForm(),
    )


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One plan: where it stands, its items, what its duties still lack, what this hat can do now."""
    plan = found(plans.plan_by_pk(request.actor, pk))
    spec = items_of_plan(plan)
    may = _may(request, plan)
    ref = ThingRef(services.PLAN_KIND, plan.pk)
    whole = plan.level == Plan.Level.CONSOLIDATED
    return list_page(
        request,
        spec,
        "work/plan.html",
        rows=spec.rows(request.actor).filter(plan=plan),
        title=plan.title,
        plan=plan,
        may=may,
        way=_way(plan),
        gaps=plan_choices.gaps_of(plan) if may["write"] or may["review"] else [],
        missing=plan_replies.missing(plan.request_id) if may["submit"] and plan.request_id else [],
        sources=plan_choices.plans_to_copy(request.actor, plan) if may["write"] and not whole else [],
        approvals=documents.approvals_of(ref) if whole else [],
        papers=_papers(request, ref) if whole else [],
        told=documents.told_of(request.actor, ref) if whole else [],
        rounds=rounds_on(request.actor, ref) if whole else [],
        parts=PlanItem.Part,
        step_form=VersionForm(initial={"version": plan.version}),
        reason_form=ReasonForm(initial={"version": plan.version}),
        import_page=reverse("imports:upload", args=[PLAN_ITEM.kind]),
    )


def _may(request: HttpRequestWithActor, plan: Plan) -> dict[str, bool]:
    """What this hat can do with the plan now."""
    actor, state = request.actor, plan.state
    keeps = plan.year.state != "closed" and policies.keeps(actor, plan)
    whole = plan.level == Plan.Level.CONSOLIDATED
    decides = plan.year.state != "closed" and policies.may_approve(actor, plan)
    return {
        "write": keeps and policies.is_open(plan),
        "submit": keeps and policies.is_open(plan) and not whole,
        "withdraw": keeps and state == Plan.State.SUBMITTED,
        "review": state == Plan.State.SUBMITTED and policies.may_review(actor, plan),
        "consolidate": keeps and whole and state == Plan.State.DRAFT,
        "ask": keeps and whole and state in (Plan.State.DRAFT, Plan.State.PRESENTED),
        "approve": decides and state == Plan.State.PRESENTED,
        "reopen": (keeps and whole and state == Plan.State.APPROVED)
        or (decides and state == Plan.State.PRESENTED),
        "draft": keeps and whole and state == Plan.State.APPROVED,
        "amend": keeps and whole and state == Plan.State.ISSUED,
        "scan": policies.keeps(actor, plan),
    }


def _papers(request: HttpRequestWithActor, ref: ThingRef) -> list[tuple[OfficialDocument, str]]:
    """The documents drafted from the plan, each with its address."""
    drafted = documents.official_of_source(request.actor, ref)
    cards = resolve(request.actor, [ThingRef(documents.OFFICIAL, one.pk) for one in drafted])
    by_id = {card.ref.id: card.url for card in cards.values()}
    return [(one, by_id.get(one.pk, "")) for one in drafted]


def _way(plan: Plan) -> list[dict[str, Any]]:
    """The plan's way as steps: done, here, to come."""
    if plan.level == Plan.Level.CONSOLIDATED:
        order = [Plan.State.DRAFT, Plan.State.PRESENTED, Plan.State.APPROVED, Plan.State.ISSUED]
    else:
        order = [Plan.State.DRAFT, Plan.State.SUBMITTED, Plan.State.ACCEPTED]
    state = {Plan.State.RETURNED: Plan.State.DRAFT, Plan.State.SUPERSEDED: Plan.State.ISSUED}.get(
        Plan.State(plan.state), Plan.State(plan.state)
    )
    here = order.index(state)
    final = here == len(order) - 1
    return [
        {
            "label": str(step.label),
            "state": "done" if at < here or final else "current" if at == here else "todo",
        }
        for at, step in enumerate(order)
    ]


@get_or_post
@page
def of_request(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The plan that answers a request; begun here when there is none yet."""
    asked = found(plans.request_by_pk(request.actor, pk))
    plan = plans.plan_of_request(request.actor, asked.pk)
    if request.method == "POST":
        plan = services.plan_open(request=asked, actor=request.actor, now=request.now)
        messages.success(request, _("可以开始编写了：逐项新增，或沿用上年、从计划文件拆、从 Excel 导入"))
    if plan is not None:
        return redirect("work:plan", pk=plan.pk)
    if not policies.may_answer(request.actor, asked.unit):
        raise NotAllowed(_("这个单位还没有编写计划"), remedy=_("由被征集单位的人员编写，报送后可以查看"))
    return render(request, "work/plan_start.html", {"asked": asked})


@get_or_post
@page
def edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """Name and overview."""
    return update_page(
        request,
        PLAN,
        pk,
        may=lambda plan: policies.may_write(request.actor, plan),
        cancel=reverse("work:plan", args=[pk]),
    )


@get_or_post
@page
def order(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The items put in order by numbers: equal ones keep their present order."""
    plan = found(plans.plan_by_pk(request.actor, pk))
    if not policies.may_write(request.actor, plan):
        raise NotAllowed(_("现在不能调整这份计划的次序"), remedy=_("由编制单位在报送前调整"))
    items = plans.items_of(plan)
    if request.method == "POST":
        form = VersionForm(request.POST)
        form.is_valid()
        places = [(_place(request.POST.get(f"place-{item.pk}"), item), item.order, item.pk) for item in items]
        services.plan_items_order(
            plan=plan,
            ids=[item_id for _number, _old, item_id in sorted(places)],
            version=form.cleaned_data.get("version"),
            actor=request.actor,
            now=request.now,
        )
        messages.success(request, _("次序已调整"))
        return redirect("work:plan", pk=pk)
    form = VersionForm(initial={"version": plan.version})
    return render(request, "work/plan_order.html", {"plan": plan, "items": items, "form": form})


def _place(text: str | None, item: PlanItem) -> int:
    try:
        return int(text or item.order)
    except ValueError:
        raise BadInput(
            _("“%(text)s”不是序号") % {"text": str(text)[:20]},
            where=item.title,
            remedy=_("请填写整数，小的排在前面"),
        ) from None


@require_POST
@page
def copy(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """沿用: all items of last year's plan, or of the region's own."""
    plan = found(plans.plan_by_pk(request.actor, pk))
    demand_write(request, plan)
    chosen = request.POST.get("source", "")
    source = next(
        (one for one in plan_choices.plans_to_copy(request.actor, plan) if str(one.pk) == chosen), None
    )
    if source is None:
        raise BadInput(_("没有选择要沿用的计划"), remedy=_("请从列表中选择一份计划"))
    made = services.plan_items_copy(plan=plan, source=source, actor=request.actor, now=request.now)
    messages.success(request, _("已沿用 %(n)d 项，请逐项核对目标和时限") % {"n": len(made)})
    return redirect("work:plan", pk=pk)


def demand_write(request: HttpRequestWithActor, plan: Plan) -> None:
    if not policies.keeps(request.actor, plan):
        raise NotAllowed(_("只有编制单位的人员可以编写这份计划"), remedy=_("请切换到该单位的身份"))

"""Items of a plan, one by one: the page of an item, its form, taking it out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhize.apps.metrics.selectors import card_by_code
from zhize.apps.regulations.selectors import bounds
from zhize.apps.work import services
from zhize.apps.work.forms.plans import VersionForm
from zhize.apps.work.models import Plan, PlanItem
from zhize.apps.work.policies import plans as policies
from zhize.apps.work.policies.coordination import may_raise
from zhize.apps.work.selectors import plan_choices, plan_tasks, plans
from zhize.apps.work.specs.plans import item_form
from zhize.kit.edit import create_page, update_page
from zhize.kit.errors import NotAllowed
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.things import ThingRef, resolve
from zhize.kit.views import found, page

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
AGAIN = "again"


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One item: what it says, the duties it serves, where it came from, what became of it, who below carries it."""
    item = found(plans.item_by_pk(request.actor, pk))
    actor = request.actor
    refs = [ThingRef("work.task", task_id) for task_id in plan_tasks.task_ids([item])]
    cards = resolve(actor, refs)
    context = {
        "item": item,
        "plan": item.plan,
        "light_now": plan_tasks.light_of_item(item, bounds(request.now.date())),
        "task": next(iter(cards.values()), None),
        "sources": plans.sources_of(actor, [item.pk]).get(item.pk, []),
        "taken": plans.taken_into(actor, [item.pk]).get(item.pk),
        "carriers": plans.carried_by(actor, item),
        "above": _above(request, item),
        "card": card_by_code(actor, item.card_code) if item.card_code else None,
        "may_write": item.plan.year.state != "closed" and policies.may_write(actor, item.plan),
        "may_coordinate": may_raise(actor, item.plan.unit),
        "form": VersionForm(initial={"version": item.version}),
    }
    return render(request, "work/plan_item.html", context)


def _above(request: HttpRequestWithActor, item: PlanItem) -> PlanItem | None:
    """The item of the plan above that this one carries, where the actor may see it."""
    return plans.item_by_pk(request.actor, item.carries_id) if item.carries_id else None


@get_or_post
@page
def create(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """新增事项: what the unit's duties still lack stands beside the form."""
    plan = found(plans.plan_by_pk(request.actor, pk))
    _demand_write(request, plan)
    again = AGAIN in request.POST
    return create_page(
        request,
        item_form(plan),
        template="work/plan_item_form.html",
        title=_("新增事项"),
        initial={"lead_unit": plan.unit} if plan.level == Plan.Level.MEMBER else None,
        done=lambda item: reverse("work:plan_item_create" if again else "work:plan", args=[plan.pk]),
        cancel=reverse("work:plan", args=[plan.pk]),
        plan=plan,
        gaps=plan_choices.gaps_of(plan),
        sources=[],
        item=None,
        cards=plan_choices.cards_known(request.actor),
    )


@get_or_post
@page
def edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """Changes an item; a consolidated one beside the units' own words."""
    item = found(plans.item_by_pk(request.actor, pk))
    _demand_write(request, item.plan)
    return update_page(
        request,
        item_form(item.plan),
        pk,
        template="work/plan_item_form.html",
        title=_("修改事项"),
        done=lambda saved: reverse("work:plan", args=[saved.plan_id]),
        cancel=reverse("work:plan", args=[item.plan_id]),
        plan=item.plan,
        gaps=[],
        sources=plans.sources_of(request.actor, [item.pk]).get(item.pk, []),
        item=item,
        cards=plan_choices.cards_known(request.actor),
    )


@require_POST
@page
def remove(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """删除."""
    item = found(plans.item_by_pk(request.actor, pk))
    _demand_write(request, item.plan)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else None
    services.plan_item_remove(item=item, version=version, actor=request.actor, now=request.now)
    messages.success(request, _("已删除“%(item)s”") % {"item": item.title})
    return redirect("work:plan", pk=item.plan_id)


def _demand_write(request: HttpRequestWithActor, plan: Plan) -> None:
    """Before a form is shown or a thing taken out; an open plan only, since a form that cannot be saved helps nobody."""
    if not policies.keeps(request.actor, plan):
        raise NotAllowed(_("只有编制单位的人员可以编写这份计划"), remedy=_("请切换到该单位的身份"))
    if not policies.is_open(plan):
        raise NotAllowed(
            _("计划%(state)s，不能修改") % {"state": plan.get_state_display()},
            remedy=_("需要更正的，先撤回或请办公室退回；已印发的总计划请另行修订"),
        )

"""从计划文件拆: a unit's own plan read into candidate items, each edited, dropped or accepted on one page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhize.apps.work import services
from zhize.apps.work.forms import plan_file as forms
from zhize.apps.work.models import Plan
from zhize.apps.work.policies import plans as policies
from zhize.apps.work.selectors import plan_choices, plan_file, plans
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.reading import text_of
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

NAME = 120  # of the file, as the log keeps it


@require_http_methods(["GET", "HEAD", "POST"])
@page
def read(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """GET: choose the file. POST with a file: what was read, nothing written yet. POST with items: the ticked ones are added."""
    plan = found(plans.plan_by_pk(request.actor, pk))
    if not policies.keeps(request.actor, plan) or plan.level == Plan.Level.CONSOLIDATED:
        raise NotAllowed(_("只有编制单位的人员可以编写这份计划"), remedy=_("请切换到该单位的身份"))
    if not policies.is_open(plan):
        raise NotAllowed(
            _("计划%(state)s，不能修改") % {"state": plan.get_state_display()},
            remedy=_("需要更正的，先撤回或请办公室退回"),
        )
    if request.method == "POST":
        return _accept(request, plan) if "count" in request.POST else _show(request, plan)
    return render(request, "work/plan_file.html", {"plan": plan, "form": forms.PlanFileForm()})


def _show(request: HttpRequestWithActor, plan: Plan) -> HttpResponse:
    """The candidates; a file that cannot be read, or holds none, is answered beside the field."""
    form = forms.PlanFileForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            text = text_of(upload, on=request.now.date())
        except BadInput as error:
            form.add_error("file", str(error.problem))
        else:
            reading = plan_file.plan_text_read(text, plan, request.now.date())
            if reading.found:
                named = plan_file.named_units(request.actor, request.now.date())
                made = forms.found_form(plan, request.actor, named)
                cards = forms.forms_of(made, reading.found, plan, named)
                told = {"notes": reading.notes, "left": reading.left, "file_name": upload.name[:NAME]}
                return _page(request, plan, cards, told)
            form.add_error(
                "file", _("%(why)s。请核对文件，或改用逐项新增、从 Excel 导入。") % {"why": reading.notes[-1]}
            )
    return render(request, "work/plan_file.html", {"plan": plan, "form": form}, status=400)


def _accept(request: HttpRequestWithActor, plan: Plan) -> HttpResponse:
    named = plan_file.named_units(request.actor, request.now.date())
    cards = forms.forms_posted(forms.found_form(plan, request.actor, named), request.POST)
    file_name = request.POST.get("file_name", "")[:NAME]
    problems = forms.problems_of(cards)
    if not problems:
        try:
            count = services.plan_items_from_file(
                plan=plan,
                rows=forms.rows_of(cards),
                file_name=file_name,
                actor=request.actor,
                now=request.now,
            )
        except BadInput as error:
            problems = [("", str(one)) for one in error.problems]
        else:
            messages.success(request, _("已从“%(file)s”采用 %(n)d 项") % {"file": file_name, "n": count})
            return redirect("work:plan", pk=plan.pk)
    return _page(request, plan, cards, {"file_name": file_name}, problems)


def _page(
    request: HttpRequestWithActor,
    plan: Plan,
    cards: list[forms.FoundForm],
    told: dict[str, Any],
    problems: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    context = {
        "plan": plan,
        "cards": cards,
        "problems": problems or [],
        "gaps": plan_choices.gaps_of(plan),
        **told,
    }
    return render(request, "work/plan_found.html", context, status=422 if problems else 200)

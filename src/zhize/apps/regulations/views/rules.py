"""认定规则: the form of a duty's rule, what it would change shown first, then applied."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhize.apps.regulations import policies, selectors, services
from zhize.apps.regulations.forms.rules import RuleForm
from zhize.apps.regulations.mapping import rule_of
from zhize.core.kernel.errors import CoreError
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@page
def rule(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The rule's form; 看变化 lists each obligation before → after without writing; 应用 sets it."""
    duty = found(selectors.duty_by_pk(request.actor, pk))
    if not policies.may_keep_register(request.actor):
        raise NotAllowed(_("只有本辖区办公室可以设定认定规则"), remedy=_("请切换到办公室的身份"))
    if request.method != "POST":
        try:
            initial = RuleForm.initial_of(rule_of(duty), duty.version)
        except CoreError:
            initial = {"version": duty.version}
        return _page(request, duty, RuleForm(initial=initial))
    form = RuleForm(request.POST)
    if not form.is_valid():
        return _page(request, duty, form, status=400)
    try:
        if request.POST.get("step") == "apply":
            return _apply(request, duty, form)
        rehearsal = services.duty_rule_rehearse(
            duty=duty,
            rule=form.rule,
            from_on=form.cleaned_data["from_on"],
            actor=request.actor,
            now=request.now,
        )
    except (BadInput, CoreError) as error:
        form.add_error(None, str(error))
        return _page(request, duty, form, status=400)
    return _page(request, duty, form, rehearsal=rehearsal)


def _apply(request: HttpRequestWithActor, duty: Any, form: RuleForm) -> HttpResponse:
    data = form.cleaned_data
    judged = services.duty_rule_set(
        duty=duty, rule=form.rule, from_on=data["from_on"], reason=data["reason"], version=data["version"],
        actor=request.actor, now=request.now,
    )  # fmt: skip
    messages.success(request, _("认定规则已设定，重新认定后变化的履职事项 %(n)s 件") % {"n": judged})
    return redirect("regulations:duty", pk=duty.pk)


def _page(
    request: HttpRequestWithActor,
    duty: Any,
    form: RuleForm,
    *,
    rehearsal: services.Rehearsal | None = None,
    status: int = 200,
) -> HttpResponse:
    day = selectors.bounds(request.now.date())
    changes = [
        {
            "row": one.after,
            "before": selectors.light_of_row(one.before, day),
            "before_words": one.before.count_words,
            "after": selectors.light_of_row(one.after, day),
            "after_words": one.after.count_words,
        }
        for one in (rehearsal.changes[:SHOWN] if rehearsal else ())
    ]
    context = {
        "duty": duty,
        "form": form,
        "rehearsal": rehearsal,
        "changes": changes,
        "past": duty.rules_past,
    }
    return render(request, "regulations/duty_rule.html", context, status=status)

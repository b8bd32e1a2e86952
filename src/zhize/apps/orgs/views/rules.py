"""规则: the numbers and words a jurisdiction may set for itself, with paper, date and every version there was."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhize.apps.orgs import policies, selectors, services
from zhize.apps.orgs.forms.rules import RuleForm, fingerprint, initial_of
from zhize.apps.orgs.selectors import rules as reads
from zhize.apps.orgs.views.saving import written
from zhize.apps.orgs.views.units import get_or_post
from zhize.kit.clock import local_day
from zhize.kit.errors import NotAllowed
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.rules import editions_of
from zhize.kit.rules.load import Shipped
from zhize.kit.rules.shapes import parts_of
from zhize.kit.views import found, page


def _own_code(request: HttpRequestWithActor) -> str:
    own = selectors.own_jurisdiction(request.actor)
    if own is None:
        raise NotAllowed(_("您还没有岗位"), remedy=_("请联系系统管理员"))
    return str(own.code)


@require_safe
@page
def rules(request: HttpRequestWithActor) -> HttpResponse:
    """All rules: which are adjusted here, since when, after which paper."""
    code = _own_code(request)
    lines = reads.rule_lines(code, local_day(request.now))
    wanted = request.GET.get("q", "").strip()
    only = request.GET.get("adjusted") == "1"
    shown = [
        one
        for one in lines
        if (not wanted or wanted in one.title or wanted in one.source)
        and (not only or one.adjusted or one.coming)
    ]
    context = {"lines": shown, "q": wanted, "only": only, "total": len(lines)}
    return render(request, "orgs/rules.html", context)


@require_safe
@page
def rule(request: HttpRequestWithActor, rule: str) -> HttpResponse:
    """One rule: what is in force and where it comes from; its versions."""
    one: Shipped = found(reads.adjustable_rule(rule))
    code, today = _own_code(request), local_day(request.now)
    editions = editions_of(one.name, code)
    now_held = next((row for row in editions if row.valid_from <= today), None)
    context = {
        "rule": one,
        "title": reads.title_of(one),
        "lines": reads.value_lines(one, code, today),
        "editions": [
            (row, _state(row.pk, now_held.pk if now_held else 0, row.valid_from > today)) for row in editions
        ],
        "may_adjust": policies.may_adjust_rule(request.actor, one.keeper),
        "refusal": policies.refusal_of_rule(one.keeper),
    }
    return render(request, "orgs/rule.html", context)


@get_or_post
@page
def rule_adjust(request: HttpRequestWithActor, rule: str) -> HttpResponse:
    """调整: the form, what it would change, then the version."""
    one: Shipped = found(reads.adjustable_rule(rule))
    if not policies.may_adjust_rule(request.actor, one.keeper):
        raise NotAllowed(policies.refusal_of_rule(one.keeper), remedy=_("请切换到有权限的岗位"))
    code, today = _own_code(request), local_day(request.now)
    newest = next(iter(editions_of(one.name, code)), None)
    held = reads.values_to_edit(one, code, today)
    initial = initial_of(newest.pk if newest else 0, today, newest.valid_from if newest else None)
    form = RuleForm(one, held, request.POST if request.method == "POST" else None, initial=initial)
    changes = None
    if form.is_bound and form.is_valid():
        values, day = form.values(), form.cleaned_data["valid_from"]
        mark = fingerprint(values, day)
        if form.cleaned_data["previewed"] == mark:
            saved = written(
                form,
                lambda data: services.rule_adjust(
                    name=one.name,
                    values=values,
                    valid_from=data["valid_from"],
                    source=data["source"],
                    seen=data["seen"],
                    actor=request.actor,
                    now=request.now,
                ),
            )
            if saved is not None:
                messages.success(
                    request, _("已保存，自%(day)s起生效。") % {"day": f"{saved.valid_from:%Y-%m-%d}"}
                )
                return redirect("orgs:rule", rule=one.name)
        else:
            changes = reads.changes(one, held, values, parts_of(one))
            data = request.POST.copy()
            data["previewed"] = mark
            form = RuleForm(one, held, data, initial=initial)
    context = {"rule": one, "title": reads.title_of(one), "form": form, "changes": changes}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "orgs/rule_adjust.html", context, status=status)


def _state(pk: int, current: int, is_coming: bool) -> str:
    if is_coming:
        return _("尚未生效")
    return _("现行") if pk == current else _("已被取代")

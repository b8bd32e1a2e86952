"""工作规则: the office's own rules as documents in force, with their days and versions (二（四）)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.regulations import policies, selectors, services
from zhize.apps.regulations.forms.work_rules import EndForm, ReviewForm, WorkRulesForm
from zhize.apps.regulations.models import Regulation
from zhize.apps.regulations.selectors.work_rules import WorkRules, work_rules_by_pk, work_rules_listed
from zhize.kit.acting import acted, demand
from zhize.kit.action_forms import VersionForm
from zhize.kit.reading import text_of
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


def _office_only(request: HttpRequestWithActor) -> None:
    demand(
        policies.may_keep_register(request.actor),
        _("只有本辖区办公室可以维护工作规则"),
        _("请切换到办公室的身份"),
    )


@require_safe
@page
def index(request: HttpRequestWithActor) -> HttpResponse:
    """The rules in force today with their days; those that ended below."""
    demand(
        policies.may_see_register(request.actor),
        _("您还没有岗位，不能查看工作规则"),
        _("请联系本辖区的系统管理员"),
    )
    today, rows = request.now.date(), work_rules_listed(request.actor)
    context = {
        "in_force": [(one, one.on(today)) for one in rows if one.on(today)],
        "coming": [one for one in rows if not one.on(today) and (one.draft or one.current)],
        "ended": [one for one in rows if not (one.on(today) or one.draft or one.current)],
        "may_keep": policies.may_keep_register(request.actor),
    }
    return render(request, "regulations/work_rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def create(request: HttpRequestWithActor) -> HttpResponse:
    """登记工作规则: its text is kept clause by clause as a draft; it comes into force by a second step."""
    _office_only(request)
    form = WorkRulesForm(request.POST or None, request.FILES or None)

    def run(data: dict[str, Any]) -> Regulation:
        text = data.pop("text") or text_of(data["file"], on=request.now.date())
        data.pop("file")
        home = Jurisdiction.objects.visible_to(request.actor).get(code=request.actor.jurisdiction_code)
        data |= {"sort": Regulation.Sort.WORK_RULES, "code": ""}
        made = services.regulation_create(jurisdiction=home, data=data, actor=request.actor, now=request.now)
        services.version_read(
            regulation=made,
            text=text,
            in_force_on=made.in_force_from,
            actor=request.actor,
            now=request.now,
        )
        return made

    def again(form: django_forms.Form, status: int) -> HttpResponse:
        return render(request, "regulations/work_rule_new.html", {"form": form}, status=status)

    if request.method != "POST":
        return again(form, 200)
    said = _("已登记为草稿：核对正文后按本版施行")
    return acted(request, form, run, said=said, back=lambda made: _address(made.pk), again=again)


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One set of rules: its text clause by clause, its versions with their days, each compared with the one before."""
    return _shown(request, found(work_rules_by_pk(request.actor, pk)))


def _shown(
    request: HttpRequestWithActor, rules: WorkRules, status: int = 200, **forms: django_forms.Form
) -> HttpResponse:
    may_keep = policies.may_keep_register(request.actor)
    text = rules.on(request.now.date()) or rules.current or next(iter(rules.texts), None)
    below: dict[int, list[Any]] = {}
    for clause in selectors.clauses_of(text.row) if text else []:
        below.setdefault(clause.parent_id or 0, []).append(clause)
    start = {"version": rules.row.version}
    context = {
        "rules": rules,
        "shown": text,
        "below": below,
        "may_keep": may_keep,
        "review_form": ReviewForm(initial=start),
        "end_form": EndForm(initial=start),
        **forms,
    }
    return render(request, "regulations/work_rule.html", context, status=status)


@require_POST
@page
def adopt(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """按本版施行."""
    form = VersionForm(request.POST)
    return _step(request, pk, "adopt_form", form, services.work_rules_adopt, _("已按本版施行"))


@require_POST
@page
def review(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """复核，继续施行."""
    form = ReviewForm(request.POST)
    return _step(request, pk, "review_form", form, services.work_rules_review, _("已复核，继续施行"))


@require_POST
@page
def end(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """废止."""
    return _step(request, pk, "end_form", EndForm(request.POST), services.work_rules_end, _("已废止"))


def _step(
    request: HttpRequestWithActor,
    pk: int,
    place: str,
    form: django_forms.Form,
    service: Callable[..., Any],
    said: str,
) -> HttpResponse:
    """One act on a set of rules by the office; refused, the page comes again with the form in its place."""
    rules = found(work_rules_by_pk(request.actor, pk))
    _office_only(request)

    def run(data: dict[str, Any]) -> Any:
        expected = data.pop("version")
        return service(regulation=rules.row, expected=expected, actor=request.actor, now=request.now, **data)

    def again(form: django_forms.Form, status: int) -> HttpResponse:
        return _shown(request, rules, status, **{place: form})

    return acted(request, form, run, said=said, back=_address(pk), again=again)


def _address(pk: int) -> str:
    return reverse("regulations:work_rule", args=[pk])

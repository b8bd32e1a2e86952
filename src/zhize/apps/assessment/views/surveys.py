"""测评和走访 of a round: registered, shown with its lines, its results imported from Excel."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from zhize.apps.assessment import forms, mapping, policies, selectors, services
from zhize.apps.assessment.models import Survey, SurveyResult
from zhize.apps.assessment.specs import SURVEY_RESULT
from zhize.core.scoring.scheme import Node
from zhize.kit.acting import acted, demand
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

KEEPERS = (gettext_lazy("只有本辖区办公室可以组织这次考核"), gettext_lazy("请切换到办公室的身份"))


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One line with its score on the criterion's scale; `few`: too few answers to count."""

    row: SurveyResult
    score: str
    few: bool


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """Results as a list: exported to be filled in, imported when they are."""
    return list_page(request, SURVEY_RESULT, "assessment/survey_results.html")


@require_http_methods(["GET", "HEAD", "POST"])
@page
def create(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """登记测评."""
    round_ = found(selectors.round_by_pk(request.actor, pk))
    demand(policies.may_keep(request.actor, round_), *KEEPERS)
    leaves = mapping.surveyed_leaves(mapping.scheme_of(round_))

    def again(form: object, status: int) -> HttpResponse:
        context = {"form": form, "round": round_, "leaves": leaves, "survey": None}
        return render(request, "assessment/survey_form.html", context, status=status)

    if request.method != "POST":
        return again(forms.SurveyForm(leaves=leaves), 200)
    form = forms.SurveyForm(request.POST, request.FILES, leaves=leaves)
    return acted(
        request,
        form,
        lambda data: services.survey_register(
            round_=round_, code=data["code"], data=form.data_for_service(), report=data["report"],
            actor=request.actor, now=request.now,
        ),
        said=_("已登记，请导出填报表，填好结果后导入"),
        back=lambda made: reverse("assessment:survey", args=[made.pk]),
        again=again,
    )  # fmt: skip


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One survey: who, when, how, what came out, and which lines are too few to count."""
    survey = found(selectors.survey_by_pk(request.actor, pk))
    leaf = found(mapping.scheme_of(survey.round).node(survey.code))
    context = {
        "survey": survey,
        "round": survey.round,
        "leaf": leaf,
        "rule": leaf.method.words(leaf.worth) if leaf.method else "",
        "at_least": mapping.at_least_of(leaf),
        "lines": [_line(row, leaf) for row in selectors.results_of(survey)],
        "keeps": policies.may_keep(request.actor, survey.round)
        and survey.round.state in services.SURVEYS_OPEN,
    }
    return render(request, "assessment/survey.html", context)


def _line(row: SurveyResult, leaf: Node) -> ResultLine:
    score = mapping.score_of(row, leaf)
    few = score is not None and row.answered is not None and row.answered < mapping.at_least_of(leaf)
    return ResultLine(row, "" if score is None else mapping.plain(score), few)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def change(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """Who, when, how, the report."""
    survey = found(selectors.survey_by_pk(request.actor, pk))
    demand(policies.may_keep(request.actor, survey.round), *KEEPERS)
    leaves = [
        leaf for leaf in mapping.surveyed_leaves(mapping.scheme_of(survey.round)) if leaf.code == survey.code
    ]

    def again(form: object, status: int) -> HttpResponse:
        context = {"form": form, "round": survey.round, "leaves": leaves, "survey": survey}
        return render(request, "assessment/survey_form.html", context, status=status)

    if request.method != "POST":
        return again(forms.SurveyForm(leaves=leaves, initial=_held(survey)), 200)
    form = forms.SurveyForm(request.POST, request.FILES, leaves=leaves)
    return acted(
        request,
        form,
        lambda data: services.survey_change(
            survey=survey, data=form.data_for_service(), report=data["report"], version=data["version"],
            actor=request.actor, now=request.now,
        ),
        said=_("已保存"),
        back=reverse("assessment:survey", args=[pk]),
        again=again,
    )  # fmt: skip


def _held(survey: Survey) -> dict[str, object]:
    names = ("code", "title", "kind", "done_by", "starts_on", "ends_on", "how", "version")
    return {name: getattr(survey, name) for name in names}

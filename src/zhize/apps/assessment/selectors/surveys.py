"""Reads of surveys and visits: of a round, one with its results, and as a source of a criterion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from zhize.apps.assessment import mapping
from zhize.apps.assessment.models import Assessed, Round, Survey, SurveyResult
from zhize.apps.assessment.selectors.figures import Collected, facts_for
from zhize.apps.orgs.models import Unit
from zhize.core.scoring.methods.survey import Survey as SurveyMethod
from zhize.core.scoring.scheme import Node
from zhize.kit.actor import Actor
from zhize.kit.fields import Objection
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.things import ThingCard, ThingRef

KIND = "assessment.survey"
GIVEN = Q(results__score__isnull=False) | Q(results__share__isnull=False)


def surveys_of(actor: Actor, round_: Round) -> list[Survey]:
    """The surveys of a round with how many of their lines are filled in. One statement."""
    rows = Survey.objects.visible_to(actor).filter(round=round_)
    return list(rows.annotate(lines=Count("results"), given=Count("results", filter=GIVEN)).order_by("pk"))


def surveys_listed(actor: Actor) -> ScopedQuerySet[Survey]:
    """For references: the newest first."""
    return Survey.objects.visible_to(actor).order_by("-created_at", "-pk")


def survey_by_pk(actor: Actor, pk: int) -> Survey | None:
    rows = Survey.objects.visible_to(actor)
    return rows.select_related("round__jurisdiction__region", "round__year", "report").by_pk(pk)


def results_of(survey: Survey) -> list[SurveyResult]:
    rows = SurveyResult.objects.system("the results of a survey that is seen").filter(survey=survey)
    return list(rows.select_related("unit__region").order_by("pk"))


def results_listed(actor: Actor) -> ScopedQuerySet[SurveyResult]:
    """For the list, its export and the import."""
    return SurveyResult.objects.visible_to(actor).select_related("survey__round", "unit__region")


def survey_objects(actor: Actor) -> ScopedQuerySet[Unit]:
    """The units that rounds of the own jurisdiction assess."""
    seen = Assessed.objects.visible_to(actor).values("unit_id")
    return Unit.objects.visible_to(actor).filter(pk__in=seen).order_by("region__order", "order", "code")


def object_names(actor: Actor) -> dict[str, int]:
    """兰州市 → 兰州市人民政府, as tables call them."""
    rows = Assessed.objects.visible_to(actor).values_list("name", "unit_id")
    return dict(rows)


def surveyed(round_: Round, leaf: Node, objects: Sequence[Assessed]) -> dict[int, Collected]:
    """What surveys and visits found for a criterion. One statement; who has no result stays open."""
    rows = (
        SurveyResult.objects.system("results of surveys of a round that is collected")
        .filter(survey__round=round_, survey__code=leaf.code)
        .select_related("survey")
        .order_by("survey_id", "pk")
    )
    by_unit: dict[int, list[SurveyResult]] = {}
    for row in rows:
        if row.is_given:
            by_unit.setdefault(row.unit_id, []).append(row)
    return {one.pk: _facts(by_unit[one.unit_id], leaf) for one in objects if one.unit_id in by_unit}


def _facts(rows: Sequence[SurveyResult], leaf: Node) -> Collected:
    """A later survey of the same people takes the place of an earlier one."""
    last = {row.group: row for row in rows}
    sources = [mapping.source_of(row, leaf) for row in last.values()]
    if isinstance(leaf.method, SurveyMethod):
        return Collected(mapping.answers_of(last.values(), leaf), sources)
    score = mapping.score_of(rows[-1], leaf)
    return Collected(facts_for(leaf, score) if score is not None else {}, sources)


def result_objections(rows: Sequence[dict[str, Any]], actor: Actor) -> list[list[Objection]]:
    """What stands against each staged line of an import: its object, its people, its figures. Two statements a chunk."""
    wanted = {row["survey"] for row in rows if row.get("survey")}
    surveys = {
        one.pk: one for one in Survey.objects.visible_to(actor).filter(pk__in=wanted).select_related("round")
    }
    rounds = {one.round_id for one in surveys.values()}
    objects = set(
        Assessed.objects.visible_to(actor).filter(round_id__in=rounds).values_list("round_id", "unit_id")
    )
    return [_objections(row, surveys.get(row.get("survey") or 0), objects) for row in rows]


def _objections(row: dict[str, Any], survey: Survey | None, objects: set[tuple[int, int]]) -> list[Objection]:
    if survey is None:
        return []
    leaf = mapping.scheme_of(survey.round).node(survey.code)
    if leaf is None:
        return [("survey", "这次测评对应的考核项目已不在办法中", "请联系办公室")]
    found: list[Objection] = []
    if row.get("unit") and (survey.round_id, row["unit"]) not in objects:
        found.append(("unit", "不是这次考核的对象", "请按导出的填报表填写"))
    line = SurveyResult(
        group=str(row.get("group") or ""),
        asked=row.get("asked"),
        answered=row.get("answered"),
        score=mapping.decimal_of(row.get("score")),
        share=mapping.decimal_of(row.get("share")),
    )
    return found + mapping.objections_to(line, leaf)


def survey_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    """For links from scores and from the log."""
    rows = Survey.objects.visible_to(actor).filter(pk__in=ids)
    return {
        row.pk: ThingCard(ThingRef(KIND, row.pk), row.title, reverse("assessment:survey", args=[row.pk]))
        for row in rows.only("title")
    }

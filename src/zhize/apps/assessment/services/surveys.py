"""测评和走访 registered, its results imported and taken over by the criterion they are for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from zhize.apps.assessment import log_types, mapping, policies, selectors
from zhize.apps.assessment.models import Round, Survey, SurveyResult
from zhize.apps.assessment.services.common import (
    checked,
    demand_keeping,
    demand_state,
    log,
    round_locked,
)
from zhize.apps.assessment.services.computing import WORKING, take_in
from zhize.apps.documents.services import evidence_register
from zhize.core.scoring.scheme import Node
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, Problem
from zhize.kit.fields import Outcome
from zhize.kit.versioned import check_version, snapshot

FIELDS = ("title", "kind", "done_by", "starts_on", "ends_on", "how")
FIGURES = ("asked", "answered", "score", "share")
SURVEYS_OPEN = (Round.State.PREPARING, *WORKING)
SHOWN = 20


@transaction.atomic
def survey_register(
    *,
    round_: Round,
    code: str,
    data: Mapping[str, Any],
    report: File[bytes] | None = None,
    actor: Actor,
    now: datetime,
) -> Survey:
    """A survey or visits for one criterion, with an empty line for every object and group, to be filled in Excel."""
    current = round_locked(round_)
    demand_keeping(policies.may_keep(actor, current))
    demand_state(current, *SURVEYS_OPEN, doing="登记测评")
    leaf = _leaf(current, code)
    survey = Survey(round=current, code=leaf.code, created_at=now, created_by=actor.name)
    _fill(survey, data, report, actor, now)
    survey.save()
    SurveyResult.objects.bulk_create(
        [
            SurveyResult(survey=survey, unit=row.unit, group=group)
            for row in selectors.objects_of(current)
            for group in mapping.groups_of(leaf)
        ]
    )
    log(log_types.SURVEY_REGISTERED, current, actor, now, after=snapshot(survey))
    return survey


@transaction.atomic
def survey_change(
    *,
    survey: Survey,
    data: Mapping[str, Any],
    report: File[bytes] | None = None,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> Survey:
    """Who, when, how, the report; not the criterion it is for."""
    current = round_locked(survey.round)
    demand_keeping(policies.may_keep(actor, current))
    demand_state(current, *SURVEYS_OPEN, doing="修改测评")
    row = Survey.objects.system("locked for a write").select_for_update().get(pk=survey.pk)
    check_version(row, version, mine={name: str(data.get(name, "")) for name in FIELDS})
    before = snapshot(row)
    _fill(row, data, report, actor, now)
    row.version += 1
    row.save()
    log(log_types.SURVEY_CHANGED, current, actor, now, before=before, after=snapshot(row))
    return row


def _fill(
    survey: Survey, data: Mapping[str, Any], report: File[bytes] | None, actor: Actor, now: datetime
) -> None:
    for name in FIELDS:
        if name in data:
            setattr(survey, name, data[name])
    if isinstance(survey.starts_on, date) and isinstance(survey.ends_on, date):
        if survey.starts_on > survey.ends_on:
            raise BadInput("开始日期晚于结束日期", where="测评", remedy="请对调或改正")
        if survey.ends_on > local_day(now):
            raise BadInput(f"结束日期 {survey.ends_on} 晚于今天", where="测评", remedy="请在测评结束后登记")
    if report is not None:
        survey.report = evidence_register(
            upload=report, title=f"{survey.title}报告", dated_on=survey.ends_on,
            period=(survey.starts_on, survey.ends_on), actor=actor, now=now,
        )  # fmt: skip
    checked(survey, "测评")
    twins = Survey.objects.system("a name that tables can be told apart by").filter(title=survey.title)
    if twins.filter(round__jurisdiction=survey.round.jurisdiction_id).exclude(pk=survey.pk).exists():
        raise BadInput(
            "已有同名的测评", where="测评名称", why="填报表按名称认测评", remedy="请在名称中写明年度或批次"
        )


def _leaf(round_: Round, code: str) -> Node:
    found = {leaf.code: leaf for leaf in mapping.surveyed_leaves(mapping.scheme_of(round_))}
    if code not in found:
        known = "、".join(leaf.title for leaf in found.values()) or "办法没有以测评为来源的项目"
        raise BadInput("这一项不由测评计分", where="考核项目", remedy=f"可选：{known}")
    return found[code]


@transaction.atomic
def survey_results_import(
    *, rows: Iterable[Mapping[str, Any]], actor: Actor, now: datetime, digest: str
) -> Outcome:
    """Bulk door of the import: survey, unit, group, asked, answered, score or share.

    What changed goes into the entries of its criterion at once where the tables are out; a mark a person decided stays.
    Raises `BadInput` with every line that cannot be taken. Statements grow with surveys, not with lines.
    """
    by_survey: dict[int, list[Mapping[str, Any]]] = {}
    surveys: dict[int, Survey] = {}
    for row in rows:
        surveys[row["survey"].pk] = row["survey"]
        by_survey.setdefault(row["survey"].pk, []).append(row)
    added = changed = 0
    for pk, lines in by_survey.items():
        new, other = _import(surveys[pk], lines, actor, now, digest)
        added, changed = added + new, changed + other
    return Outcome(added, changed, 0)


def _import(
    survey: Survey, lines: list[Mapping[str, Any]], actor: Actor, now: datetime, digest: str
) -> tuple[int, int]:
    current = round_locked(survey.round)
    if not policies.may_keep(actor, current):
        raise NotAllowed("只有组织考核的办公室可以导入测评结果", remedy="请切换到办公室的身份")
    demand_state(current, *SURVEYS_OPEN, doing="导入测评结果")
    leaf = _leaf(current, survey.code)
    objects = selectors.objects_of(current)
    names = {row.unit_id: row.name for row in objects}
    held = {(row.unit_id, row.group): row for row in selectors.results_of(survey)}
    new: list[SurveyResult] = []
    changed: list[SurveyResult] = []
    problems: list[Problem] = []
    for line in lines:
        unit, group = line["unit"], str(line["group"])
        row = held.get((unit.pk, group))
        kept, result = row is not None, row or SurveyResult(survey=survey, unit=unit, group=group)
        for name in FIGURES:
            if name in line:
                setattr(result, name, line[name])
        place = f"{names.get(unit.pk, unit.name)} · {group}"
        if unit.pk not in names:
            problems.append(Problem("不是这次考核的对象", place, "", "请按导出的填报表填写"))
        problems += [
            Problem(what, place, "", remedy) for _f, what, remedy in mapping.objections_to(result, leaf)
        ]
        (changed if kept else new).append(result)
    if problems:
        raise BadInput("有行不能导入", problems[:SHOWN])
    SurveyResult.objects.bulk_create(new)
    SurveyResult.objects.system("the lines just read").bulk_update(changed, FIGURES, batch_size=200)
    if current.state != Round.State.PREPARING:
        found = selectors.surveyed(current, leaf, objects)
        take_in(current, objects, {(pk, leaf.code): one for pk, one in found.items()}, now)
    after = {"survey": survey.title, "added": len(new), "changed": len(changed), "digest": digest}
    log(log_types.SURVEY_IMPORTED, current, actor, now, after=after)
    return len(new), len(changed)

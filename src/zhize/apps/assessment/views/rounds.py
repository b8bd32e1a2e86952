"""Rounds: the list, setting one up, the round with its matrix of scores, its steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhize.apps.assessment import forms, mapping, policies, selectors, services
from zhize.apps.assessment.models import Assessed, Round
from zhize.apps.assessment.selectors.reports import report_of
from zhize.apps.assessment.specs import ROUND
from zhize.apps.assessment.views.matrix import is_struck, matrix_of, steps_shown
from zhize.apps.documents.selectors import OFFICIAL, approvals_of, official_standing, told_of
from zhize.apps.inspection.selectors.inspections import of_thing as inspections_for
from zhize.apps.orgs.selectors import own_jurisdiction, taking_part
from zhize.apps.years import selectors as years
from zhize.core.scoring.explain import GradeBlock
from zhize.core.scoring.scale import Grade
from zhize.core.scoring.scheme import Scheme
from zhize.kit.acting import objected
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.things import ThingRef, resolve
from zhize.kit.views import found, page


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """考核: every round this hat may see."""
    return list_page(
        request, ROUND, "assessment/rounds.html", may_keep=policies.may_keep_rounds(request.actor)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page
def create(request: HttpRequestWithActor) -> HttpResponse:
    """新建考核: over all that are assessed in the jurisdiction, or those chosen, by a scheme in force."""
    if not policies.may_keep_rounds(request.actor):
        raise NotAllowed(_("只有办公室可以新建考核"), remedy=_("请切换到办公室的身份"))
    year = found(years.year_in_progress(request.actor, request.now.date()))
    editions = selectors.schemes_in_force(own_jurisdiction(request.actor), year.ends_on)
    offered = list(
        taking_part(year.jurisdiction_id, local_day(request.now), "whom a round may be about").select_related(
            "unit"
        )
    )
    code = request.actor.jurisdiction_code
    due = selectors.self_due_offered(code, forms.cut_off_of(year), local_day(request.now))
    form = forms.RoundForm(
        request.POST or None, year=year, editions=editions, offered=offered, initial={"self_due_on": due}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = services.round_create(
                year=year,
                title=data["title"],
                edition=form.edition,
                cut_off_on=data["cut_off_on"],
                goals_due_on=data["goals_due_on"],
                self_due_on=data["self_due_on"],
                basis=data["basis"],
                unit_ids=data["objects"],
                actor=request.actor,
                now=request.now,
            )
        except BadInput as error:
            objected(form, error)
        else:
            messages.success(request, _("已建立，核对对象和办法后启动自评"))
            return redirect("assessment:round", made.pk)
    status = 400 if form.is_bound else 200
    context = {"form": form, "year": year, "editions": editions}
    return render(request, "assessment/create.html", context, status=status)


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One round: where it stands, its matrix for who carries it through, the own sheet for the assessed, grades for all
    once they are circulated."""
    return _detail(request, found(selectors.round_by_pk(request.actor, pk)))


def _detail(request: HttpRequestWithActor, round_: Round, *, status: int = 200, **bound: Any) -> HttpResponse:
    actor = request.actor
    sees_all = policies.may_see_all(actor, round_)
    charge = selectors.charge_of(actor, round_)
    objects = selectors.objects_seen(actor, round_) if sees_all or charge.is_scorer else []
    scheme = mapping.scheme_of(round_)
    grade = _grade_asked(request, scheme)
    shown = [row for row in objects if grade is None or row.grade == grade.code]
    scores = selectors.scores_of(shown, depth=0) if sees_all else {}
    struck = [row for row in shown if sees_all and is_struck(row)]
    own = None if sees_all else selectors.own_object(actor, round_)
    keeps, decides = policies.may_keep(actor, round_), policies.may_decide(actor, round_)
    papers = [ThingRef(OFFICIAL, round_.notice_ref)] if round_.notice_ref else []
    working = round_.state in policies.CHECKING
    told = told_of(actor, ThingRef("assessment.round", round_.pk), selectors.opening_ref(round_))
    results = [one for one in told if one.row.source_kind != selectors.OPENING]
    in_force = round_.is_public and all(one.stands for one in results[:1])
    openings = official_standing(actor, selectors.opening_ref(round_))
    public = grade_blocks_of(round_) if in_force else []
    blocks = [one for one in public if grade is None or one.code == grade.code]
    asked = [row for row in shown if row.demands] if round_.is_public and sees_all else []
    follow_ups = selectors.follow_ups_of(asked) if asked else []
    context: dict[str, Any] = {
        "round": round_,
        "scheme": scheme,
        "steps": steps_shown(round_),
        "matrix": matrix_of(scheme, shown, scores, selectors.vetoes_of(struck) if struck else {})
        if sees_all
        else None,
        "own": own,
        "own_goals": selectors.filing_of(own) if own else None,
        "goals": selectors.filings_open(round_) if sees_all else None,
        "keeps": keeps,
        "decides": decides,
        "exports": policies.may_export_bundle(actor, round_) and round_.state in ("approved", *Round.PUBLIC),
        "criteria": _criteria(round_, charge.all_codes, keeps) if working else [],
        "approvals": approvals_of(ThingRef("assessment.round", round_.pk)) if sees_all else [],
        "on_site": inspections_for(actor, ThingRef("assessment.round", round_.pk)),
        "surveys": selectors.surveys_of(actor, round_) if sees_all else [],
        "surveyable": bool(mapping.surveyed_leaves(scheme)),
        "surveys_open": services.SURVEYS_OPEN,
        "notice": next(iter(resolve(actor, papers).values()), None),
        "openings": openings,
        "follow_ups": follow_ups,
        "follow_waiting": len(selectors.demands_waiting(round_, asked, follow_ups)) if keeps else 0,
        "may_open": keeps
        and round_.state in services.OPENING_OPEN
        and (not openings or selectors.may_draft_opening(round_)),
        "appeals": selectors.appeals_waiting(round_) if keeps and round_.state == Round.State.APPEALS else 0,
        "compares_scorers": sees_all and round_.computed_at is not None,
        "redraft": decides and not in_force and round_.is_public and selectors.may_draft_notice(round_),
        "in_force": in_force,
        "grade": grade,
        "shown": len(shown) if shown else sum(len(one.names) for one in blocks),
        "told": told,
        "grades": blocks,
        "reported": report_of(round_) if decides and round_.is_public else None,
        "may_report": decides and round_.is_public and round_.jurisdiction.parent_id is not None,
        "sheets_left": sum(1 for row in objects if row.sheet_ref is None),
        "gaps": sum(1 for row in objects if row.state == Assessed.State.MISSING),
        "move_form": bound.get("move_form") or forms.MoveForm(initial={"version": round_.version}),
    }
    return render(request, "assessment/round.html", context, status=status)


def _grade_asked(request: HttpRequestWithActor, scheme: Scheme) -> Grade | None:
    """`?grade=A`: only the objects of this grade, as the situation page counts them."""
    code = request.GET.get("grade", "")
    return next((one for one in scheme.scale.grades if one.code == code), None)


def _criteria(round_: Round, scored: frozenset[str], everything: bool) -> list[selectors.Criterion]:
    """What this hat scores, criterion by criterion."""
    if not everything and not scored:
        return []
    rows = selectors.criteria_of(round_, selectors.counts_by_code(round_))
    return [row for row in rows if everything or row.leaf.code in scored]


def grade_blocks_of(round_: Round) -> list[GradeBlock]:
    """The grades as circulated, the empty ones too."""
    rows = selectors.grades_public(round_)
    return [
        GradeBlock(grade.code, grade.label, tuple(row.name for row in rows if row.grade == grade.code))
        for grade in mapping.scheme_of(round_).scale.grades
    ]


@require_POST
@page
def move(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """A step of the office."""
    round_ = found(selectors.round_by_pk(request.actor, pk))
    if not policies.may_keep(request.actor, round_):
        raise NotAllowed(_("只有本辖区办公室可以组织这次考核"), remedy=_("请切换到办公室的身份"))
    form = forms.MoveForm(request.POST)
    if not form.is_valid():
        return _detail(request, round_, status=400, move_form=form)
    data = form.cleaned_data
    try:
        moved = services.round_move(
            round_=round_,
            action=data["action"],
            reason=data["reason"],
            version=data["version"],
            actor=request.actor,
            now=request.now,
        )
    except BadInput as error:
        form.add_error("reason", str(error.problem))
        return _detail(request, round_, status=400, move_form=form)
    messages.success(request, _("现在是：%(state)s") % {"state": moved.get_state_display()})
    return redirect("assessment:round", pk)


@require_POST
@page
def collect(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """采集数据, then the scores anew where that can be done already."""
    round_ = found(selectors.round_by_pk(request.actor, pk))
    done = services.inputs_collect(round_=round_, actor=request.actor, now=request.now)
    words = _("采集了 %(taken)s 项") % {"taken": done.taken}
    if done.kept:
        words += _("；%(kept)s 项已由人工认定，保持不变") % {"kept": done.kept}
    messages.success(request, words)
    return redirect("assessment:round", pk)


@require_POST
@page
def compute(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """计算得分."""
    round_ = found(selectors.round_by_pk(request.actor, pk))
    result = services.round_compute(round_=round_, actor=request.actor, now=request.now)
    messages.success(request, _("已计算 %(n)s 个对象的得分") % {"n": len(result.objects)})
    for text in result.warnings[:5]:
        messages.warning(request, text)
    return redirect("assessment:round", pk)

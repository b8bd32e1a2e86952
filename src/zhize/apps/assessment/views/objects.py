"""One object of a round: its table with the way to each score, vetoes, objections."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhize.apps.assessment import forms, mapping, policies, selectors, services
from zhize.apps.assessment.models import Appeal, Assessed, Round
from zhize.apps.assessment.services import asks_self
from zhize.apps.documents.models import Evidence
from zhize.apps.documents.selectors import OFFICIAL, told_of
from zhize.core.scoring.numbers import say
from zhize.kit.acting import objected
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.things import ThingRef, resolve
from zhize.kit.views import found, page


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The table of one object, down to the evidence; what this hat may do with it."""
    return show(request, found(selectors.object_by_pk(request.actor, pk)))


def show(
    request: HttpRequestWithActor, assessed: Assessed, *, status: int = 200, **bound: Any
) -> HttpResponse:
    """The page of an object, with a form bound where one was refused."""
    actor, round_ = request.actor, assessed.round
    scheme = mapping.scheme_of(round_)
    scores = policies.may_see_scores(actor, assessed)
    lines = selectors.sheet_of(actor, assessed, with_scores=scores)
    charge = selectors.charge_of(actor, round_)
    checks = round_.state in policies.CHECKING
    mine = {
        line.node.code
        for line in lines
        if checks and line.node.is_leaf and policies.may_check(actor, assessed, line.node.code, charge)
    }
    decides = policies.may_decide(actor, round_) and checks and not policies.is_own(actor, assessed)
    appeals = selectors.appeals_of([assessed]).get(assessed.pk, [])
    waiting = [one for one in appeals if one.state == Appeal.State.FILED]
    hearing = round_.state == Round.State.APPEALS and policies.may_file_appeal(actor, assessed)
    leaves = [(line.node.code, line.name) for line in lines if line.node.is_leaf]
    sheet = [ThingRef(OFFICIAL, assessed.sheet_ref)] if assessed.sheet_ref else []
    asked = selectors.follow_ups_of([assessed]) if scores and round_.is_public and assessed.demands else []
    refs = (ThingRef("assessment.assessed", assessed.pk), ThingRef("assessment.round", round_.pk))
    context: dict[str, Any] = {
        "assessed": assessed,
        "told": told_of(actor, *refs),
        "round": round_,
        "scheme": scheme,
        "lines": lines,
        "shows_scores": scores,
        "worth": say(scheme.root.worth),
        "mine": mine,
        "vetoes": selectors.vetoes_of([assessed]).get(assessed.pk, []) if scores else [],
        "veto_titles": {one.code: one.title for one in scheme.vetoes},
        "appeals": appeals if scores else [],
        "waiting": waiting,
        "follow_ups": asked,
        "looks": policies.may_look(actor, assessed),
        "talks": selectors.talks_about(asked),
        "answerable": _answerable(actor, waiting, charge.served),
        "leaf_names": dict(leaves),
        "sheet": next(iter(resolve(actor, sheet).values()), None),
        "may_self": round_.state == Round.State.SELF
        and assessed.self_state != Assessed.Self.SUBMITTED
        and (policies.may_evaluate_self(actor, assessed) or policies.may_enter_self(actor, assessed)),
        "may_return": round_.state == Round.State.SELF
        and assessed.self_state == Assessed.Self.SUBMITTED
        and policies.may_enter_self(actor, assessed),
        "may_accept": any(line.node.code in mine and asks_self(line.node) for line in lines),
        "return_form": bound.get("return_form") or forms.ReturnForm(),
        "appeal_form": bound.get("appeal_form")
        or (forms.AppealForm(leaves=leaves, offered=offered_of(lines)) if hearing else None),
        "veto_form": bound.get("veto_form")
        or (forms.VetoForm(scheme=scheme) if decides and scheme.vetoes else None),
        "lift_form": forms.LiftForm() if decides else None,
        "is_own": policies.is_own(actor, assessed),
    }
    return render(request, "assessment/object.html", context, status=status)


def _answerable(actor: Actor, waiting: Sequence[Appeal], served: Collection[int]) -> set[int]:
    """Those of the waiting objections that this person may answer."""
    judges = selectors.judges_of(waiting) if waiting else {}
    return {one.pk for one in waiting if policies.may_answer_appeal(actor, one, judges[one.pk], served)}


@require_safe
@page
def compare(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """对比: the result beside another object's, or beside its own of another round (`?with=`)."""
    assessed = found(selectors.object_by_pk(request.actor, pk))
    if not policies.may_see_scores(request.actor, assessed):
        raise NotAllowed(_("得分还没有反馈"), remedy=_("初评反馈后可以查看"))
    offered = selectors.comparable(request.actor, assessed)
    wanted = request.GET.get("with", "")
    other = next((one for one in offered if str(one.pk) == wanted), offered[0] if offered else None)
    context = {
        "assessed": assessed,
        "offered": offered,
        "other": other,
        "pairs": selectors.pairs_of(request.actor, assessed, other) if other else [],
    }
    return render(request, "assessment/compare.html", context)


@require_POST
@page
def accept(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """按自评认定: the object's own marks where nobody has marked yet."""
    assessed = found(selectors.object_by_pk(request.actor, pk))
    taken = services.entries_accept(assessed=assessed, actor=request.actor, now=request.now)
    messages.success(request, _("已按自评认定 %(n)s 项") % {"n": taken})
    return redirect("assessment:object", pk)


@require_POST
@page
def send_back(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """退回自评."""
    assessed = found(selectors.object_by_pk(request.actor, pk))
    if not policies.may_enter_self(request.actor, assessed):
        raise NotAllowed(_("只有组织考核的办公室可以退回自评"), remedy=_("请由办公室办理"))
    form = forms.ReturnForm(request.POST)
    if not form.is_valid():
        return show(request, assessed, status=400, return_form=form)
    services.self_return(
        assessed=assessed,
        reason=form.cleaned_data["reason"],
        version=None,
        actor=request.actor,
        now=request.now,
    )
    messages.success(request, _("已退回，对方会收到待办"))
    return redirect("assessment:object", pk)


@require_POST
@page
def veto(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """登记一票否决."""
    assessed = found(selectors.object_by_pk(request.actor, pk))
    if not policies.may_decide(request.actor, assessed.round):
        raise NotAllowed(_("一票否决由办公室主任登记"), remedy=_("请由办公室主任办理"))
    form = forms.VetoForm(request.POST, scheme=mapping.scheme_of(assessed.round))
    if form.is_valid():
        try:
            services.veto_record(assessed=assessed, **form.cleaned_data, actor=request.actor, now=request.now)
        except BadInput as error:
            form.add_error(None, str(error.problem))
        else:
            messages.success(request, _("已登记，重新计算得分后生效"))
            return redirect("assessment:object", pk)
    return show(request, assessed, status=400, veto_form=form)


@require_POST
@page
def lift(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """撤销一票否决."""
    row = found(selectors.veto_by_pk(request.actor, pk))
    if not policies.may_decide(request.actor, row.assessed.round):
        raise NotAllowed(_("一票否决由办公室主任撤销"), remedy=_("请由办公室主任办理"))
    form = forms.LiftForm(request.POST)
    if not form.is_valid():
        return show(request, found(selectors.object_by_pk(request.actor, row.assessed_id)), status=400)
    services.veto_lift(veto=row, reason=form.cleaned_data["reason"], actor=request.actor, now=request.now)
    messages.success(request, _("已撤销，重新计算得分后生效"))
    return redirect("assessment:object", row.assessed_id)


def offered_of(lines: Iterable[selectors.SheetLine]) -> list[Evidence]:
    """What the object handed in with its self-evaluation, each once."""
    return list({one.pk: one for line in lines for one in line.evidence}.values())


@require_POST
@page
def appeal(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """提出申辩."""
    assessed = found(selectors.object_by_pk(request.actor, pk))
    if not policies.may_file_appeal(request.actor, assessed):
        raise NotAllowed(_("只有考核对象的人员可以提出申辩"), remedy=_("请切换到该单位的身份"))
    scheme = mapping.scheme_of(assessed.round)
    nodes = [scheme.node(code) for code in mapping.leaf_codes(scheme, assessed)]
    leaves = [(node.code, node.name) for node in nodes if node]
    lines = selectors.sheet_of(request.actor, assessed, with_scores=False)
    form = forms.AppealForm(request.POST, request.FILES, leaves=leaves, offered=offered_of(lines))
    try:
        if form.is_valid():
            services.appeal_file(assessed=assessed, **form.said(), actor=request.actor, now=request.now)
    except BadInput as error:
        objected(form, error)
    if form.errors:
        return show(request, assessed, status=400, appeal_form=form)
    messages.success(request, _("已提出，办公室会在规定期限内答复"))
    return redirect("assessment:object", pk)

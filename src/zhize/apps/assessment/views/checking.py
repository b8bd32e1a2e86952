"""核查评分: one criterion over all objects side by side, or one criterion of one object with its evidence."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhize.apps.assessment import forms, mapping, policies, selectors, services
from zhize.apps.assessment.models import Entry, Round
from zhize.apps.assessment.selectors.sheet import SourceLink, said_of
from zhize.apps.documents.models import Evidence
from zhize.core.scoring.scheme import Node
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One object's entry with its form, evidence and sources; `said`: what its facts come to."""

    entry: Entry
    form: forms.FactsForm | None
    evidence: tuple[Evidence, ...]
    sources: tuple[SourceLink, ...]
    said: str


@require_http_methods(["GET", "HEAD", "POST"])
@page
def criterion(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """按项目评分: all objects under one measure (`?code=`), so that strictness is the same for all."""
    actor = request.actor
    round_ = found(selectors.round_by_pk(actor, pk))
    charge = selectors.charge_of(actor, round_)
    general = policies.may_keep(actor, round_)
    if not general and not charge.is_scorer:
        raise NotAllowed(
            _("您不是这次考核的评分人员"), remedy=_("由办公室、办法写明的评分单位或考核组的考核员评分")
        )
    criteria = selectors.criteria_of(round_, selectors.counts_by_code(round_))
    mine = [one for one in criteria if general or one.leaf.code in charge.all_codes]
    code = request.GET.get("code", "") or (mine[0].leaf.code if mine else "")
    chosen = found(next((one for one in mine if one.leaf.code == code), None))
    open_now = round_.state in policies.CHECKING
    entries = [
        one
        for one in selectors.entries_of_code(round_, code)
        if general or charge.covers(one.assessed_id, code)
    ]
    links = selectors.source_links(actor, entries)
    rows = [
        CheckRow(
            entry,
            _form(request, chosen.leaf, entry)
            if open_now and policies.may_check(actor, entry.assessed, code, charge)
            else None,
            tuple(selectors.evidence_of(entry)),
            links.get(entry.pk, ()),
            said_of(chosen.leaf, entry.facts),
        )
        for entry in entries
    ]
    problems: list[str] = []
    if request.method == "POST":
        problems = _save(request, round_, rows)
        if not problems:
            return redirect(f"{request.path}?code={code}")
    context = {
        "round": round_,
        "criteria": mine,
        "chosen": chosen,
        "rule": chosen.leaf.method.words(chosen.leaf.worth) if chosen.leaf.method else "",
        "rows": rows,
        "open": open_now and any(row.form for row in rows),
        "problems": [("", text) for text in problems],
    }
    return render(request, "assessment/criterion.html", context, status=400 if problems else 200)


def _form(request: HttpRequestWithActor, leaf: Node, entry: Entry) -> forms.FactsForm:
    data = request.POST if request.method == "POST" else None
    made = forms.facts_form(leaf, entry, must_say=False)
    return made(data, prefix=f"e{entry.pk}", initial=forms.initial_of(entry))


def _save(request: HttpRequestWithActor, round_: Round, rows: list[CheckRow]) -> list[str]:
    """Saves what was changed; what cannot be taken is answered with its object, and nothing is saved then."""
    bound = [(row, row.form) for row in rows if row.form is not None]
    if not bound:
        raise NotAllowed(
            _("现在不能评分"), remedy=_("评分在核查评分、反馈申辩时办理；不得给本单位、本地区评分")
        )
    if [form for _row, form in bound if not form.is_valid()]:
        return [_("有的填写不正确，请看各行的提示")]
    marks = [
        services.Mark(row.entry.pk, form.facts(), form.cleaned_data["reason"], form.cleaned_data["version"])
        for row, form in bound
        if form.facts()
    ]
    if not marks:
        return [_("还没有填写评分")]
    try:
        changed = services.marks_save(round_=round_, marks=marks, actor=request.actor, now=request.now)
    except BadInput as error:
        return [str(one) for one in error.problems]
    messages.success(request, _("已保存 %(n)s 个对象的评分") % {"n": changed})
    return []


@require_http_methods(["GET", "HEAD", "POST"])
@page
def entry(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One criterion of one object: the claim, the evidence and the data beside the mark."""
    actor = request.actor
    row = found(selectors.entry_by_pk(actor, pk))
    assessed = row.assessed
    charge = selectors.charge_of(actor, assessed.round)
    if not policies.may_check(actor, assessed, row.code, charge):
        raise NotAllowed(
            _("您不能给这个对象的这一项评分"),
            remedy=_("由办公室、办法写明的评分单位或考核组的考核员办理；任何人不得给本单位、本地区评分"),
        )
    leaf = found(mapping.scheme_of(assessed.round).node(row.code))
    made = forms.facts_form(leaf, row)
    form = made(request.POST or None, initial=forms.initial_of(row))
    if request.method == "POST" and form.is_valid():
        try:
            services.entry_check(
                entry=row,
                facts=form.facts(),
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
                actor=actor,
                now=request.now,
            )
        except BadInput as error:
            form.add_error(None, str(error.problem))
        else:
            messages.success(request, _("已保存，重新计算得分后生效"))
            return redirect("assessment:object", assessed.pk)
    lines = selectors.sheet_of(actor, assessed, with_scores=policies.may_see_all(actor, assessed.round))
    context = {
        "entry": row,
        "assessed": assessed,
        "round": assessed.round,
        "line": next(line for line in lines if line.node.code == row.code),
        "form": form if assessed.round.state in policies.CHECKING else None,
    }
    return render(request, "assessment/entry.html", context, status=400 if form.is_bound else 200)

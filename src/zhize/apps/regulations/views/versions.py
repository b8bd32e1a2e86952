"""The next version of a text: put in, compared with the one in force, duties carried over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhize.apps.regulations import policies, selectors, services
from zhize.apps.regulations.forms import NextVersionForm
from zhize.apps.regulations.models import Regulation, RegulationVersion
from zhize.core.duties.carry import Fate
from zhize.core.regulation.amend import Amended
from zhize.core.regulation.compare import Kind, Place
from zhize.kit.errors import NotAllowed, Problem, StateConflict, ZhizeError
from zhize.kit.reading import text_of
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

# What a person must look at first.
ORDER = (Fate.DECIDE, Fate.ENDS, Fate.BEGINS, Fate.REWORDED, Fate.GOES_ON)


def _keeper(request: HttpRequestWithActor) -> None:
    if not policies.may_keep_register(request.actor):
        raise NotAllowed(_("只有本辖区办公室可以登记新版文本"), remedy=_("请切换到办公室的身份"))


@require_http_methods(["GET", "HEAD", "POST"])
@page
def create(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """登记新版: the full text, or a document that amends the one in force; what an amendment did is shown before it is kept."""
    regulation = found(selectors.regulation_by_pk(request.actor, pk))
    _keeper(request)
    current = _in_force(request, regulation)
    form = NextVersionForm(request.POST or None, request.FILES or None)
    amended: Amended | None = None
    if request.method == "POST" and form.is_valid():
        try:
            text = form.cleaned_data["text"] or text_of(form.cleaned_data["file"], on=request.now.date())
            if form.cleaned_data["sort"] == NextVersionForm.Sort.AMENDING:
                amended = services.version_amended(version=current, amending=text)
                if "keep" not in request.POST or not amended.instructions:
                    return _form(request, regulation, current, form, amended, text)
                text = amended.text
            version = services.version_read(
                regulation=regulation,
                text=text,
                in_force_on=form.cleaned_data["in_force_on"],
                actor=request.actor,
                now=request.now,
            )
        except ZhizeError as error:
            form.add_error(None, str(error.problem))
        else:
            if regulation.sort == Regulation.Sort.WORK_RULES:
                messages.success(request, _("新版已登记为草稿：核对后按本版施行"))
                return redirect("regulations:work_rule", pk)
            messages.success(request, _("已识别新版正文，请核对职责的承接"))
            return redirect("regulations:carry", pk=version.pk)
    return _form(request, regulation, current, form, amended, "")


def _form(
    request: HttpRequestWithActor,
    regulation: Regulation,
    current: RegulationVersion,
    form: NextVersionForm,
    amended: Amended | None,
    pasted: str,
) -> HttpResponse:
    context = {
        "regulation": regulation,
        "current": current,
        "form": form,
        "amended": amended,
        "pasted": pasted,
    }
    return render(request, "regulations/version_new.html", context, status=400 if form.errors else 200)


def _in_force(request: HttpRequestWithActor, regulation: Regulation) -> RegulationVersion:
    current = selectors.version_current(request.actor, regulation)
    if current is None or current.state == RegulationVersion.State.DRAFT:
        raise StateConflict(
            _("还没有确认过的文本，不能登记新版"), where=regulation.title, remedy=_("请先识别并确认现有文本")
        )
    return current


@require_safe
@page
def compare(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """两版对照: clause by clause, what changed first; what stayed on demand."""
    version = found(selectors.version_by_pk(request.actor, pk))
    before = found(selectors.version_before(version))
    rows = selectors.changes_between(before, version)
    counts = {kind.value: sum(1 for row in rows if row.change.kind is kind) for kind in Kind}
    counts["moved"] = sum(1 for row in rows if row.change.place is Place.MOVED)
    everything = "all" in request.GET
    shown = [
        row
        for row in rows
        if everything or row.change.kind is not Kind.SAME or row.change.place is Place.MOVED
    ]
    context = {
        "version": version,
        "before": before,
        "rows": shown,
        "counts": counts,
        "everything": everything,
    }
    return render(request, "regulations/version_compare.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def carry(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """职责承接: which duty goes on as which, ends or begins; the doubtful first. Confirming repeals the earlier version."""
    version = found(selectors.version_by_pk(request.actor, pk))
    _keeper(request)
    rules = version.regulation.sort == Regulation.Sort.WORK_RULES
    if rules or version.state != RegulationVersion.State.DRAFT:
        return redirect("regulations:detail", pk=version.regulation_id)
    before = found(selectors.version_before(version))
    proposal = services.propose_next(version)
    decisions = {
        name.removeprefix("to."): value
        for name, value in request.POST.items()
        if name.startswith("to.") and value != "?"
    }
    status = 200
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            carried = services.version_carry(
                version=version,
                decisions={code: "" if value == "-" else str(value) for code, value in decisions.items()},
                expected=int(request.POST.get("version") or 0),
                actor=request.actor,
                now=request.now,
            )
        except ZhizeError as error:
            status, problems = error.status, getattr(error, "problems", [error.problem])
        else:
            words = _("新版已确认：沿用 {kept} 项，终止 {ended} 项，新增 {begun} 项")
            messages.success(
                request, words.format(kept=carried.kept, ended=carried.ended, begun=carried.begun)
            )
            if carried.open_ended:
                left = _("终止的职责还有 {n} 件履职事项没有办结，请主任决定是否免办")
                messages.warning(request, left.format(n=carried.open_ended))
            return redirect("regulations:detail", pk=version.regulation_id)
    rows = sorted(selectors.carry_rows(version, proposal), key=lambda row: ORDER.index(row.carry.fate))
    counts = {fate.value: sum(1 for row in rows if row.carry.fate is fate) for fate in Fate}
    context = {
        "version": version,
        "before": before,
        "rows": rows,
        "counts": counts,
        "candidates": proposal.candidates,
        "decisions": decisions,
        "problems": problems,
    }
    return render(request, "regulations/version_carry.html", context, status=status)

"""自评 off line: the object's table as a workbook, looked at when it comes back, then taken in."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhize.apps.assessment import policies, selectors, services
from zhize.apps.assessment.forms import self_pack as packs
from zhize.apps.assessment.models import Assessed
from zhize.kit.acting import demand
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, Problem
from zhize.kit.files.answers import send_bytes
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _assessed(request: HttpRequestWithActor, pk: int) -> Assessed:
    assessed: Assessed = found(selectors.object_by_pk(request.actor, pk))
    demand(
        policies.may_evaluate_self(request.actor, assessed)
        or policies.may_enter_self(request.actor, assessed),
        _("只有考核对象的人员可以填报自评"),
        _("请切换到该单位的身份；纸质自评由办公室代录"),
    )
    return assessed


@require_safe
@page
def out(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """导出自评表."""
    assessed = _assessed(request, pk)
    lines = selectors.sheet_of(request.actor, assessed, with_scores=False)
    name = f"{assessed.round.title}自评表（{assessed.name}）.xlsx"
    return send_bytes(packs.pack_bytes(assessed, lines, request.actor), name, XLSX)


@require_POST
@page
def back(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """核对 a returned workbook: what it would change, or which cells are wrong; with `kept` of such a look, 写入."""
    assessed = _assessed(request, pk)
    if words := request.POST.get("kept", ""):
        return _write(request, assessed, words)
    form = packs.PackForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, assessed, form, status=400)
    upload = form.cleaned_data["file"]
    lines = selectors.sheet_of(request.actor, assessed, with_scores=False)
    try:
        sheet = packs.opened(
            upload, name=upload.name, size=upload.size, on=local_day(request.now), assessed=assessed
        )
        taken = packs.read(sheet, assessed, lines, request.actor)
    except BadInput as error:
        return _shown(
            request, assessed, packs.PackForm(), problems=error.problems or [error.problem], status=400
        )
    return _shown(request, assessed, packs.PackForm(), taken=taken, name=upload.name)


def _shown(
    request: HttpRequestWithActor,
    assessed: Assessed,
    form: Form,
    *,
    taken: list[packs.Taken] | None = None,
    problems: list[Problem] | None = None,
    name: str = "",
    status: int = 200,
) -> HttpResponse:
    new = [one for one in taken or [] if one.is_new]
    context = {
        "assessed": assessed,
        "round": assessed.round,
        "form": form,
        "looked": taken is not None,
        "new": new,
        "same": len(taken or []) - len(new),
        "problems": problems or [],
        "name": name,
        "kept": packs.kept(new, assessed) if new else "",
    }
    return render(request, "assessment/self_pack.html", context, status=status)


def _write(request: HttpRequestWithActor, assessed: Assessed, words: str) -> HttpResponse:
    """Exactly what was looked at; what somebody saved in between is not overwritten."""
    version, rows = packs.kept_of(words, assessed)
    entries = {one.code: one for one in selectors.entries_of([assessed]).get(assessed.pk, [])}
    services.self_save(
        assessed=assessed,
        rows=[
            services.SelfRow(code, points, said, existing=selectors.evidence_of(entries[code]))
            for code, (points, said) in rows.items()
            if code in entries
        ],
        summary=assessed.self_summary,
        version=version,
        actor=request.actor,
        now=request.now,
    )
    messages.success(request, _("已写入 %(n)s 项，核对后报送") % {"n": len(rows)})
    return redirect("assessment:self", assessed.pk)

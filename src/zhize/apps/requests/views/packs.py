"""报送包: workbooks out (all of a call as one zip, or the unit's own), and back in again."""

from __future__ import annotations

import tempfile
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhize.apps.requests import policies, selectors, services
from zhize.apps.requests.forms import PacksForm, PackUploadForm
from zhize.apps.requests.models import Call, PackRun
from zhize.apps.requests.selectors.pack_books import XLSX
from zhize.apps.requests.specs import PACK_FILE
from zhize.apps.requests.tasks import PACKS_READ, PACKS_TAKE, packs_go_on
from zhize.apps.requests.views.showing import own_request, reply_page
from zhize.kit.acting import objected
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.files.answers import named, send_bytes
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


def _asking(request: HttpRequestWithActor, pk: int) -> Call:
    """The call for its office while it runs."""
    call: Call = found(selectors.call_by_pk(request.actor, pk))
    if not policies.may_change_call(request.actor, call):
        raise NotAllowed(_("只有本辖区办公室可以收发报送包"), remedy=_("请切换到办公室的身份"))
    if not selectors.has_packs(call):
        raise StateConflict(
            _("“%(title)s”要求在专门页面填报，没有报送包") % {"title": call.title},
            remedy=_("请各单位登录后在相应页面填报"),
        )
    return call


@require_http_methods(["GET", "HEAD", "POST"])
@page
def packs(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """收发报送包: take all workbooks out, drop what came back, and the drops before."""
    call = _asking(request, pk)
    form = PacksForm(
        request.POST or None, request.FILES or None, initial={"received_on": local_day(request.now)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            run = services.packs_open(
                call=call, uploads=form.cleaned_data["uploads"], received_on=form.cleaned_data["received_on"],
                actor=request.actor, now=request.now,
            )  # fmt: skip
        except BadInput as error:
            objected(form, error)
        else:
            return _begin(request, run, PACKS_READ)
    context = {
        "call": call,
        "form": form,
        "runs": selectors.pack_runs_of(request.actor, call),
        "due": selectors.packs_due(request.actor, call).count(),
    }
    return render(request, "requests/packs.html", context, status=422 if form.errors else 200)


def _begin(request: HttpRequestWithActor, run: PackRun, kind: str, **payload: Any) -> HttpResponse:
    job = packs_go_on(run=run, kind=kind, payload=payload, actor=request.actor, now=request.now)
    return redirect("jobs:detail", pk=job.pk) if job else redirect("requests:pack_run", pk=run.pk)


@require_safe
@page
def packs_zip(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """全部导出: a workbook for each unit that has not handed in, as one zip."""
    call = _asking(request, pk)
    if call.state != Call.State.ISSUED:
        raise StateConflict(_("还没有发出或已经结束，没有报送包"), where=call.title, remedy=_("请先发出征集"))
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    selectors.packs_archive(request.actor, call, file)
    file.seek(0)
    response = FileResponse(file, content_type="application/zip")
    return named(response, "attachment", f"{call.title[:60]}-报送包.zip")  # type: ignore[return-value]


@require_safe
@page
def pack_run(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One drop: what would be taken, what is refused and why, what a person must decide."""
    run: PackRun = found(selectors.pack_run_by_pk(request.actor, pk))
    return list_page(
        request, PACK_FILE, "requests/pack_run.html",
        rows=selectors.pack_files_listed(request.actor).filter(run=run),
        title=_("收回的报送包：%(title)s") % {"title": run.call.title},
        run=run,
        counts=selectors.pack_counts(request.actor, run),
        conflicts=selectors.pack_conflicts(request.actor, run) if run.state == PackRun.State.READ else [],
        keeps=policies.may_change_call(request.actor, run.call),
    )  # fmt: skip


@require_POST
@page
def pack_run_end(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """收取 or 放弃."""
    run: PackRun = found(selectors.pack_run_by_pk(request.actor, pk))
    if not policies.may_change_call(request.actor, run.call):
        raise NotAllowed(_("只有本辖区办公室可以收发报送包"), remedy=_("请切换到办公室的身份"))
    word = request.POST.get("version", "")
    version = int(word) if word.isdigit() else None
    if request.POST.get("action") == "drop":
        services.packs_drop(run=run, version=version, actor=request.actor, now=request.now)
        messages.success(request, _("已放弃这一批，没有收取任何内容"))
        return redirect("requests:packs", pk=run.call_id)
    chosen = sorted(int(one) for one in request.POST.getlist("replace") if one.isdigit())
    return _begin(request, run, PACKS_TAKE, replace=chosen, version=version)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def own_pack(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The unit's own workbook: GET takes it out, POST fills the draft from it."""
    row = own_request(request, pk)
    if not selectors.has_packs(row.call):
        raise StateConflict(
            _("这次征集要求在专门页面填报，没有报送包"), where=row.call.title, remedy=_("请打开填报页面")
        )
    if request.method != "POST":
        return send_bytes(selectors.pack_book(request.actor, row), selectors.pack_name(row), XLSX)
    form = PackUploadForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            services.pack_fill(
                request=row, upload=form.cleaned_data["pack"], actor=request.actor, now=request.now
            )
        except BadInput as error:
            objected(form, error)
        else:
            messages.success(request, _("已按表填入，请核对后报送"))
            return redirect("requests:request", pk=pk)
    return reply_page(request, row, pack_form=form, status=422)

"""Approval recorded, circular drafted, sheets sent, bundle exported, the report upwards."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhize.apps.assessment import forms, mapping, policies, selectors, services
from zhize.apps.assessment.models import Assessed, Round
from zhize.apps.assessment.selectors.reports import report_by_pk
from zhize.apps.assessment.specs import LOCAL_REPORT
from zhize.apps.assessment.tasks import SHEETS
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.files.answers import send_bytes
from zhize.kit.jobs import job_start
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


def _decided(request: HttpRequestWithActor, pk: int) -> Round:
    round_: Round = found(selectors.round_by_pk(request.actor, pk))
    if not policies.may_decide(request.actor, round_):
        raise NotAllowed(_("这一步须由办公室主任办理"), remedy=_("请由办公室主任登录后办理"))
    return round_


@require_http_methods(["GET", "HEAD", "POST"])
@page
def approve(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """登记审定: who approved on paper, when, in which words; the result is sealed with it."""
    round_ = _decided(request, pk)
    form = forms.ApproveForm(request.POST or None, request.FILES or None, initial={"version": round_.version})
    if request.method == "POST" and form.is_valid():
        try:
            freeze = services.round_approve(
                round_=round_, **form.cleaned_data, actor=request.actor, now=request.now
            )
        except BadInput as error:
            form.add_error(None, str(error.problem))
        else:
            messages.success(
                request, _("已登记审定，结果已封存（摘要 %(digest)s…）") % {"digest": freeze.sha256[:16]}
            )
            return redirect("assessment:round", pk)
    objects = selectors.objects_of(round_)
    context = {"round": round_, "form": form, "objects": objects}
    return render(request, "assessment/approve.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def notice(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """起草通报: who is named as getting a copy; then on to the document itself."""
    round_ = _decided(request, pk)
    copies = selectors.copies_default(round_, local_day(request.now))
    posted = request.POST if request.method == "POST" else None
    form = forms.NoticeForm(posted, initial={"copies": "\n".join(copies)})
    if request.method == "POST" and form.is_valid():
        document = services.notice_draft(
            round_=round_, copies=form.lines(), actor=request.actor, now=request.now
        )
        messages.success(request, _("通报已起草，请核稿、签发后印发"))
        return redirect("documents:official", document.pk)
    objects = selectors.objects_of(round_)
    context = {"round": round_, "form": form, "objects": objects, "grades": _counts(round_, objects)}
    return render(request, "assessment/notice.html", context, status=400 if form.is_bound else 200)


def _counts(round_: Round, objects: list[Assessed]) -> list[tuple[str, int]]:
    """Each grade of the scale with how many have it."""
    return [
        (grade.label, sum(row.grade == grade.code for row in objects))
        for grade in mapping.scheme_of(round_).scale.grades
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@page
def sheets(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """印发考核结果单: to each its own, in the background."""
    round_: Round = found(selectors.round_by_pk(request.actor, pk))
    if not policies.may_keep(request.actor, round_):
        raise NotAllowed(_("只有本辖区办公室可以印发考核结果单"), remedy=_("请切换到办公室的身份"))
    form = forms.SheetsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        job = job_start(
            kind=SHEETS,
            title=_("印发考核结果单：%(title)s") % {"title": round_.title},
            actor=request.actor,
            payload={
                "round": round_.pk,
                "signed_by": data["signed_by"],
                "signed_title": data["signed_title"],
                "signed_on": data["signed_on"].isoformat(),
            },
            now=request.now,
        )
        return redirect("jobs:detail", job.pk)
    left = [row for row in selectors.objects_of(round_) if row.sheet_ref is None]
    context = {"round": round_, "form": form, "left": left}
    return render(request, "assessment/sheets.html", context, status=400 if form.is_bound else 200)


@require_POST
@page
def bundle(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """导出核验包: a zip that anybody can check without us."""
    round_ = found(selectors.round_by_pk(request.actor, pk))
    target = BytesIO()
    services.bundle_export(round_=round_, target=target, actor=request.actor, now=request.now)
    return send_bytes(target.getvalue(), f"{round_.title}核验包.zip", "application/zip")


@require_http_methods(["GET", "HEAD", "POST"])
@page
def report(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """报告上级（四（四））."""
    round_ = _decided(request, pk)
    form = forms.ReportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.local_report(round_=round_, **form.cleaned_data, actor=request.actor, now=request.now)
        except BadInput as error:
            form.add_error(None, str(error.problem))
        else:
            messages.success(request, _("已报告上级办公室"))
            return redirect("assessment:round", pk)
    context = {"round": round_, "form": form}
    return render(request, "assessment/report.html", context, status=400 if form.is_bound else 200)


@require_safe
@page
def reports(request: HttpRequestWithActor) -> HttpResponse:
    """下级考核: what came from below, and what was sent above."""
    return list_page(request, LOCAL_REPORT, "assessment/reports.html")


@require_safe
@page
def local_report(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One report on a local assessment."""
    one = found(report_by_pk(request.actor, pk))
    return render(request, "assessment/local_report.html", {"one": one})

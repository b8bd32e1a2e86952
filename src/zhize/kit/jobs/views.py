"""后台任务: a person's own jobs, each with progress, cancel and result."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhize.kit.jobs.services import job_cancel
from zhize.kit.models import Job
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page, wants_fragment

SHOWN = 100


@page
@require_safe
def job_list(request: HttpRequestWithActor) -> HttpResponse:
    """The latest jobs of the signed-in person."""
    jobs = list(Job.objects.visible_to(request.actor).order_by("-pk")[:SHOWN])
    return render(request, "kit/jobs.html", {"jobs": jobs, "running": sum(not j.ended for j in jobs)})


@page
@require_safe
def job_detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One job; under htmx only its progress, asked for every two seconds until it ends."""
    job = found(Job.objects.visible_to(request.actor).by_pk(pk))
    template = "kit/_job.html" if wants_fragment(request) else "kit/job.html"
    response = render(request, template, {"job": job})
    if wants_fragment(request) and job.ended and _page_shows_the_end(request, job):
        response["HX-Refresh"] = "true"
    return response


def _page_shows_the_end(request: HttpRequestWithActor, job: Job) -> bool:
    """The page around the progress says more than the progress once the job has ended: the job's own page, and the page
    its result stands on."""
    here = (request.htmx.current_url_abs_path or "").partition("?")[0]
    return here in (request.path, (job.result or {}).get("url"))


@page
@require_POST
def job_stop(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    job = found(Job.objects.visible_to(request.actor).by_pk(pk))
    job_cancel(job=job, actor=request.actor, now=request.now)
    messages.success(request, _("已要求取消"))
    return redirect("jobs:detail", pk=pk)

"""归档文件目录: the catalogue, and a set of it as a zip made in the background."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhize.apps.documents import forms, policies
from zhize.apps.documents.specs import ARCHIVE
from zhize.apps.documents.tasks import ARCHIVE_ZIP
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.jobs import job_start
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import page


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """归档文件目录, exported as any list."""
    form = forms.ArchiveZipForm() if policies.may_draft(request.actor) else None
    return list_page(request, ARCHIVE, "documents/archive_list.html", zip_form=form)


@require_POST
@page
def pack(request: HttpRequestWithActor) -> HttpResponse:
    """打包: a job; its page leads to the zip."""
    if not policies.may_draft(request.actor):
        raise NotAllowed(_("只有本辖区领导小组办公室可以打包归档文件"), remedy=_("请切换到办公室的身份"))
    form = forms.ArchiveZipForm(request.POST)
    if not form.is_valid():
        raise BadInput(
            _("年度或保管期限填写有误"), where=_("归档文件目录"), remedy=_("年度按 2012 的格式填写")
        )
    job = job_start(
        kind=ARCHIVE_ZIP,
        title=_("归档文件打包"),
        actor=request.actor,
        payload={"year": form.cleaned_data["year"] or 0, "retention": form.cleaned_data["retention"]},
        now=request.now,
    )
    return redirect("jobs:detail", pk=job.pk)

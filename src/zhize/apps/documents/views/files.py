"""Files: download, view in a sandboxed frame; evidence: registered, looked at."""

from __future__ import annotations

from csp.decorators import csp
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhize.apps.documents import policies, selectors
from zhize.apps.documents.forms import EvidenceForm
from zhize.apps.documents.models import StoredFile
from zhize.apps.documents.services import evidence_register
from zhize.apps.documents.specs import EVIDENCE
from zhize.kit.acting import objected
from zhize.kit.edit import update_page
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.files.answers import named
from zhize.kit.files.store import open_content
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

INLINE = {"application/pdf", "image/png", "image/jpeg"}
# What a shown file may do: nothing. No script, no form, no frame of its own, no way out to the page around it.
SANDBOX = {
    "default-src": ["'none'"],
    "img-src": ["'self'", "data:"],
    "style-src": ["'unsafe-inline'"],
    "object-src": ["'self'"],
    "frame-ancestors": ["'self'"],
    "sandbox": [],
}


def _file(request: HttpRequestWithActor, pk: int) -> StoredFile:
    """The file: 404 outside the scope, 403 inside without the right."""
    file: StoredFile = found(selectors.file_of(request.actor, pk))
    if not policies.may_view_file(request.actor, file, published=selectors.is_published(file)):
        raise NotAllowed(
            _("您不能打开这个文件"),
            where=file.name,
            why=_("它由其他单位提供，且没有主动公开"),
            remedy=_("请联系提供单位或办公室"),
        )
    return file


def send_file(file: StoredFile, disposition: str, content_type: str) -> HttpResponse:
    """A kept file; whoever calls has asked who may have it."""
    response = FileResponse(open_content(file.sha256), content_type=content_type)
    response["Content-Length"] = str(file.size)
    # a streaming response is answered like any other
    return named(response, disposition, file.name)  # type: ignore[return-value]


@page
@require_safe
def download(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """下载: always as an attachment, never opened in the page."""
    file = _file(request, pk)
    return send_file(file, "attachment", file.content_type)


@csp(SANDBOX)
@page
@require_safe
def content(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """A picture or PDF for the frame, under a policy that lets it do nothing; other types 404."""
    file = _file(request, pk)
    if file.content_type not in INLINE:
        raise Http404
    return send_file(file, "inline", file.content_type)


@page
@require_safe
def view(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """查看: the facts of a file beside the file itself."""
    file = _file(request, pk)
    materials = selectors.evidence_listed(request.actor).filter(file=file).order_by("-dated_on", "-pk")[:20]
    context = {"file": file, "materials": list(materials), "inline": file.content_type in INLINE}
    return render(request, "documents/file.html", context)


@page
@require_safe
def evidence_list(request: HttpRequestWithActor) -> HttpResponse:
    """佐证材料: every material within the scope."""
    return list_page(
        request,
        EVIDENCE,
        "documents/evidence_list.html",
        may_register=policies.may_keep_evidence(request.actor),
    )


@page
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """Changes what is said of a material; only the unit that gave it."""
    one = found(selectors.evidence_of(request.actor, pk))
    if not policies.may_change_evidence(request.actor, one):
        raise NotAllowed(_("只有提供材料的单位可以修改"), where=one.title, remedy=_("请退回该单位修改"))
    return update_page(request, EVIDENCE, pk)


@page
@require_safe
def evidence(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """佐证材料: what it is, where its file is."""
    one = found(selectors.evidence_of(request.actor, pk))
    context = {
        "one": one,
        "openable": policies.may_view_file(
            request.actor, one.file, published=one.publicity == one.Publicity.OPEN
        ),
        "editable": policies.may_change_evidence(request.actor, one),
    }
    return render(request, "documents/evidence.html", context)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_create(request: HttpRequestWithActor) -> HttpResponse:
    """登记佐证材料."""
    if not policies.may_keep_evidence(request.actor):
        raise NotAllowed(_("您当前的岗位不能登记佐证材料"), remedy=_("请切换到本单位的联络员、经办人等岗位"))
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            one = evidence_register(
                upload=data["file"],
                title=data["title"],
                doc_no=data["doc_no"],
                dated_on=data["dated_on"],
                period=(data["period_start"], data["period_end"]),
                publicity=data["publicity"],
                actor=request.actor,
                now=request.now,
            )
        except BadInput as error:
            objected(form, error)
        else:
            messages.success(request, _("已登记"))
            return redirect("documents:evidence", one.pk)
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "documents/evidence_create.html", {"form": form}, status=status)

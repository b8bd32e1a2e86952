"""公文模板: the office's own Word files, tried on a sample before they are taken into use."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhize.apps.documents import forms, policies, selectors, services
from zhize.apps.documents.models import OfficialDocument, PaperTemplate
from zhize.apps.documents.specs import TEMPLATE
from zhize.apps.orgs.selectors import own_jurisdiction
from zhize.kit.chinese import in_chinese
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.files.answers import send_bytes
from zhize.kit.files.guards import check_file, limits_on
from zhize.kit.files.store import open_content
from zhize.kit.list_views import list_page
from zhize.kit.officialdoc import Attachment, Imprint, Paper, Signature, heading, layout_on, para, table
from zhize.kit.officialdoc.word_template import FIELDS, filled
from zhize.kit.officialdoc.writers import WRITERS
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


def _demand(request: HttpRequestWithActor) -> None:
    if not policies.may_keep_issuers(request.actor):
        raise NotAllowed(_("只有办公室主任可以启用、停用公文模板"), remedy=_("请由办公室主任办理"))


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """公文模板, in use and stopped."""
    return list_page(
        request, TEMPLATE, "documents/templates.html", may_keep=policies.may_keep_issuers(request.actor)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page
def create(request: HttpRequestWithActor) -> HttpResponse:
    """启用模板; 试排 gives the sample written with it and keeps nothing."""
    _demand(request)
    own = own_jurisdiction(request.actor)
    if own is None:
        raise NotAllowed(_("没有辖区"), remedy=_("请切换到办公室的身份"))
    form = forms.TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            if "try" in request.POST:
                day = request.now.date()
                check_file(data["file"], name=data["file"].name, size=data["file"].size, limits=limits_on(day), on=day, only=("docx",))  # fmt: skip
                return _sample(request, data["file"].read(), data["kind"])
            services.template_take(
                kind=data["kind"], upload=data["file"], jurisdiction=own, actor=request.actor, now=request.now
            )
        except BadInput as error:
            for problem in error.problems:
                form.add_error("file", str(problem))
        else:
            messages.success(request, _("已启用，以后这个文种的 Word 文件按模板写出"))
            return redirect("documents:templates")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "documents/template_create.html", {"form": form, "fields": FIELDS}, status=status)


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One template: its fields, its sample, whether it is in use."""
    template = _one(request, pk)
    context = {"template": template, "may_keep": policies.may_keep_issuers(request.actor)}
    return render(request, "documents/template.html", context)


@require_safe
@page
def sample(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """样稿 written with the template."""
    template = _one(request, pk)
    with open_content(template.file.sha256) as content:
        return _sample(request, content.read(), template.kind)


@require_POST
@page
def stop(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """停用: the built-in layout again."""
    template = _one(request, pk)
    _demand(request)
    services.template_stop(template=template, actor=request.actor, now=request.now)
    messages.success(request, _("已停用，这个文种恢复使用内置版式"))
    return redirect("documents:templates")


def _one(request: HttpRequestWithActor, pk: int) -> PaperTemplate:
    if not policies.may_draft(request.actor):
        raise NotAllowed(_("只有本辖区领导小组办公室可以查看公文模板"), remedy=_("请切换到办公室的身份"))
    template: PaperTemplate = found(selectors.template_of(request.actor, pk))
    return template


@in_chinese
def _sample(request: HttpRequestWithActor, content: bytes, kind: str) -> HttpResponse:
    """A short invented document that uses every field, a table and an attachment."""
    label = str(OfficialDocument.Kind(kind).label)
    organ, day = "（发文机关名称）", "2012年7月20日"
    paper = Paper(
        title=f"关于报送演示材料的{label}",
        body=(
            heading("一、报送内容"),
            heading("（一）演示数据。请按附件填报。", 2),
            para("这是样稿，用来查看模板的效果，不是正式公文。"),
            Attachment("填报表"),
            table(["序号", "内容"], [["1", "演示数据"]]),
        ),
        number="演示〔2012〕1号",
        signer="（签发人）",
        organ=organ,
        day=day,
        addressees="各成员单位",
        signature=Signature(organ, day),
        imprint=Imprint("（抄送机关）", organ, day),
        note="联系人：（演示）",
    )
    made = filled(content, paper, layout_on(request.now.date(), request.actor.jurisdiction_code))
    return send_bytes(made, f"样稿-{label}.docx", WRITERS["docx"].content_type)

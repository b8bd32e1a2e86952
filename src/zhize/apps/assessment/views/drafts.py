"""起草考核办法: from a printed table or a copy, criterion by criterion, tried on a round, registered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

import yaml
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhize.apps.assessment import forms, mapping, policies, selectors, services
from zhize.apps.assessment.models import SchemeDraft
from zhize.apps.assessment.specs import DRAFT
from zhize.apps.orgs.selectors import own_jurisdiction
from zhize.core.scoring import editing
from zhize.core.scoring.findings import Weight
from zhize.core.scoring.numbers import say
from zhize.core.scoring.scheme import Node, Part, Scheme
from zhize.core.scoring.writing import scheme_mapping
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.list_views import list_page
from zhize.kit.reading import cells_of, text_of
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page
from zhize.kit.yaml_text import yaml_of

UNSURE = 0.7
_AS_DATA = (".yaml", ".yml", ".json")


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """Drafts of the jurisdiction, registered ones too."""
    return list_page(request, DRAFT, "assessment/draft_list.html")


@require_http_methods(["GET", "HEAD", "POST"])
@page
def create(request: HttpRequestWithActor) -> HttpResponse:
    """Where a draft starts: a table pasted or uploaded, or a scheme in force."""
    if not policies.may_keep_rounds(request.actor):
        raise NotAllowed(_("只有办公室可以起草考核办法"), remedy=_("请切换到办公室的身份"))
    jurisdiction = found(own_jurisdiction(request.actor))
    editions = selectors.schemes_in_force(jurisdiction, request.now.date())
    initial = {"copy": request.GET.get("copy", ""), "code": request.GET.get("copy", "")}
    form = forms.StartForm(request.POST or None, request.FILES or None, editions=editions, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            body, read = _started(request, data)
            draft = services.draft_create(
                jurisdiction=jurisdiction, code=data["code"], body=body, read=read, source=data["source"],
                actor=request.actor, now=request.now,
            )  # fmt: skip
        except BadInput as error:
            form.add_error("file" if data.get("file") else "text", str(error))
        else:
            messages.success(request, _("已起草，请逐项核对"))
            return redirect("assessment:draft", draft.pk)
    return render(
        request, "assessment/draft_start.html", {"form": form}, status=400 if form.is_bound else 200
    )


def _started(request: HttpRequestWithActor, data: Mapping[str, Any]) -> tuple[Mapping[str, Any], Any]:
    """The body to start from, and the table it was read from where it was one."""
    if code := data.get("copy"):
        edition = selectors.scheme_in_force(own_jurisdiction(request.actor), code, request.now.date())
        return scheme_mapping(found(edition).scheme), None
    upload, today = data.get("file"), request.now.date()
    if upload and upload.name.lower().endswith(_AS_DATA):
        return _data(upload.read(1_000_000)), None
    if upload and upload.name.lower().endswith(".xlsx"):
        read = services.table_read(rows=cells_of(upload, on=today), title="")
    else:
        read = services.table_read(text_of(upload, on=today) if upload else data["text"])
    return read.body, read


def _data(content: bytes) -> Mapping[str, Any]:
    try:
        body = yaml_of(content.decode("utf-8", errors="replace"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = _("第 %(line)s 行") % {"line": mark.line + 1} if mark else ""
        raise BadInput(_("读不懂这个文件"), where=where, remedy=_("请上传导出的 .yaml 或 .json")) from error
    if isinstance(body, Mapping) and "editions" in body:
        body = body["editions"][-1].get("body")
    if not isinstance(body, Mapping):
        raise BadInput(_("文件里没有考核办法"), remedy=_("请上传导出的 .yaml 或 .json"))
    return body


def draft_of(request: HttpRequestWithActor, pk: int) -> SchemeDraft:
    draft: SchemeDraft = found(selectors.draft_by_pk(request.actor, pk))
    return draft


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion in the table being written. `parent`: code of the one above; `sum`: of its parts, “” for a leaf."""

    node: Node
    depth: int
    parent: str
    points: str
    sum: str
    differs: bool
    rule: str


def _lines(scheme: Scheme) -> list[Line]:
    above = {child.code: node.code for _, node in scheme.root.walk() for child in node.children}
    return [_line(node, depth - 1, above[node.code]) for depth, node in scheme.root.walk() if node.code]


def _line(node: Node, depth: int, parent: str) -> Line:
    parts = sum((one.worth for one in node.children if one.part is Part.BASE), start=Fraction(0))
    own = any(one.only for one in node.children)
    declared = node.out_of if node.out_of is not None else node.points
    differs = not node.is_leaf and not own and node.part is Part.BASE and declared not in (None, parts)
    rule = node.method.words(node.worth) if node.method else ""
    shown = "" if node.is_leaf or own or node.part is Part.BONUS else say(parts)
    return Line(node, depth, parent, "" if node.points is None else say(node.points), shown, differs, rule)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The table with its totals, what is doubtful first; points are changed in place."""
    draft = draft_of(request, pk)
    if request.method == "POST":
        step = partial(editing.with_points, points=points_of(request))
        version = version_of(request)
        services.draft_change(draft=draft, change=step, version=version, actor=request.actor, now=request.now)
        messages.success(request, _("分值已保存"))
        return redirect("assessment:draft", pk)
    scheme, _body = mapping.edition_body(draft.body)
    findings = selectors.scheme_findings(scheme)
    rows = _lines(scheme)
    asked = request.GET.get("show", "")
    unsure = {code for code, (sure, _why) in draft.marks.items() if sure <= UNSURE}
    shown = [row for row in rows if asked != "unsure" or row.node.code in unsure]
    context = {
        "draft": draft,
        "scheme": scheme,
        "tree": shown,
        "asked": asked,
        "unsure": unsure,
        "count": len(rows),
        "defects": [one for one in findings if one.weight is Weight.DEFECT],
        "others": [one for one in findings if one.weight is not Weight.DEFECT],
        "total": say(sum((block.worth for block in scheme.root.children if block.part is Part.BASE), start=Fraction(0))),
        "declared": say(scheme.root.points) if scheme.root.points is not None else "",
        "may_write": policies.may_write_draft(request.actor, draft) and draft.edition is None,
    }  # fmt: skip
    return render(request, "assessment/draft.html", context)


def points_of(request: HttpRequestWithActor) -> dict[str, str]:
    """Points typed into the table, by code."""
    return {
        name.removeprefix("p-"): str(value) for name, value in request.POST.items() if name.startswith("p-")
    }


def version_of(request: HttpRequestWithActor) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isdigit() else None


@require_POST
@page
def drop(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """删去草稿."""
    services.draft_drop(draft=draft_of(request, pk), actor=request.actor, now=request.now)
    messages.success(request, _("草稿已删去"))
    return redirect("assessment:drafts")


@require_safe
@page
def as_data(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The draft as YAML, to keep or to carry elsewhere."""
    draft = draft_of(request, pk)
    text = yaml.safe_dump(draft.body, allow_unicode=True, sort_keys=False)
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{draft.code}.yaml"'
    return response

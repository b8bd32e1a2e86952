"""Documents in force, the clause tree, reading and confirming a text."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.regulations import policies, selectors, services
from zhize.apps.regulations.forms import RegulationForm
from zhize.apps.regulations.models import Clause, Duty, Regulation
from zhize.apps.years import selectors as years
from zhize.kit.errors import NotAllowed, ZhizeError
from zhize.kit.reading import text_of
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_safe
@page
def index(request: HttpRequestWithActor) -> HttpResponse:
    """制度文件: the documents in force that feed this jurisdiction's register."""
    if not policies.may_see_register(request.actor):
        raise NotAllowed(_("您还没有岗位，不能查看制度文件"), remedy=_("请联系本辖区的系统管理员"))
    rows = list(selectors.regulations_listed(request.actor)[:200])
    context = {"regulations": rows, "may_keep": policies.may_keep_register(request.actor)}
    return render(request, "regulations/index.html", context)


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """条款: the clause tree with who holds what, and how it stands this year."""
    regulation = found(selectors.regulation_by_pk(request.actor, pk))
    if regulation.sort == Regulation.Sort.WORK_RULES:
        return redirect("regulations:work_rule", pk)
    version = selectors.version_current(request.actor, regulation)
    year = years.year_in_progress(request.actor, request.now.date())
    nodes: list[dict[str, Any]] = []
    counts = {"clauses": 0, "duties": 0, "orphans": 0}
    if version:
        clauses = selectors.clauses_of(version)
        duties = selectors.duties_of_clauses(request.actor, version)
        ids = [duty.pk for found_here in duties.values() for duty in found_here]
        lights = selectors.lights_by_duty(request.actor, ids, year.pk if year else None, request.now.date())
        nodes = _tree(clauses, duties, lights)
        counts = {"clauses": len(clauses), "duties": len(set(ids)), "orphans": _orphans(clauses, duties)}
    context = {
        "regulation": regulation,
        "current": version,
        "nodes": nodes,
        "counts": counts,
        "year": year,
        "may_keep": policies.may_keep_register(request.actor),
        "versions": selectors.versions_of(request.actor, regulation.pk),
    }
    return render(request, "regulations/detail.html", context)


def _tree(
    clauses: list[Clause], duties: dict[int, list[Duty]], lights: dict[int, dict[str, int]]
) -> list[dict[str, Any]]:
    """The rows as nested nodes for the template; no query."""
    nodes: dict[int, dict[str, Any]] = {}
    roots: list[dict[str, Any]] = []
    for clause in clauses:
        node = {
            "clause": clause,
            "duties": [
                {"duty": duty, "lights": lights.get(duty.pk, {})} for duty in duties.get(clause.pk, [])
            ],
            "children": [],
        }
        nodes[clause.pk] = node
        (nodes[clause.parent_id]["children"] if clause.parent_id in nodes else roots).append(node)
    return roots


def _orphans(clauses: list[Clause], duties: dict[int, list[Duty]]) -> int:
    """Clauses at the ends of the tree that no duty rests on (责任空白)."""
    parents = {clause.parent_id for clause in clauses}
    return sum(1 for clause in clauses if clause.pk not in parents and not duties.get(clause.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@page
def create(request: HttpRequestWithActor) -> HttpResponse:
    """Registers a document and reads its text."""
    if not policies.may_keep_register(request.actor):
        raise NotAllowed(_("只有本辖区办公室可以登记制度文件"), remedy=_("请切换到办公室的身份"))
    form = RegulationForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = {name: value for name, value in form.cleaned_data.items() if name not in ("text", "file")}
        try:
            text = form.cleaned_data["text"] or text_of(form.cleaned_data["file"], on=request.now.date())
            jurisdiction = Jurisdiction.objects.visible_to(request.actor).get(
                code=request.actor.jurisdiction_code
            )
            regulation = services.regulation_create(
                jurisdiction=jurisdiction, data={**data, "code": ""}, actor=request.actor, now=request.now
            )
            version = services.version_read(
                regulation=regulation, text=text, actor=request.actor, now=request.now
            )
        except ZhizeError as error:
            form.add_error(None, str(error.problem))
        else:
            messages.success(request, _("已识别正文，请核对职责"))
            return redirect("regulations:confirm", pk=version.pk)
    return render(request, "regulations/create.html", {"form": form}, status=400 if form.errors else 200)

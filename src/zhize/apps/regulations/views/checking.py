"""核对页: the reader's proposals beside the original, row by row; every step is a plain form, htmx only swaps the row."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhize.apps.regulations import policies, selectors, services
from zhize.apps.regulations.forms import RowForm
from zhize.apps.regulations.models import Duty, ProposedDuty, RegulationVersion
from zhize.apps.regulations.views.checking_page import list_context, row_context
from zhize.core.duties.cutting import points_of
from zhize.core.kernel.errors import CoreError
from zhize.kit.errors import BadInput, EditConflict, NotAllowed, Problem, ZhizeError
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page, wants_fragment

KEPT = ("show", "section", "q", "sort", "page")
TOGGLED = {Duty.Nature.STANDING: Duty.Nature.COUNTED}


def _keeper(request: HttpRequestWithActor) -> None:
    if not policies.may_keep_register(request.actor):
        raise NotAllowed(_("只有本辖区办公室可以确认职责"), remedy=_("请切换到办公室的身份"))


@require_http_methods(["GET", "HEAD", "POST"])
@page
def confirm(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """核对并确认职责: GET shows the rows; POST makes the checked rows duties and the text final."""
    version = found(selectors.version_by_pk(request.actor, pk))
    _keeper(request)
    if version.state != RegulationVersion.State.DRAFT:
        return redirect("regulations:detail", pk=version.regulation_id)
    if selectors.version_before(version):  # a next version carries the register over instead of beginning it
        return redirect("regulations:carry", pk=pk)
    status = 200
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            duties = services.version_confirm(version=version, actor=request.actor, now=request.now)
        except ZhizeError as error:
            status, problems = error.status, getattr(error, "problems", [error.problem])
        else:
            messages.success(request, _("已确认 {n} 项职责").format(n=len(duties)))
            return redirect("regulations:detail", pk=version.regulation_id)
    context = list_context(request, version, request.GET)
    return render(request, "regulations/confirm.html", {**context, "problems": problems}, status=status)


@require_POST
@page
def rows(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """Many rows at once: 批量通过 above a confidence, 认领 a part, 重新识别."""
    version = found(selectors.version_by_pk(request.actor, pk))
    _keeper(request)
    act = request.POST.get("act", "")
    who: dict[str, Any] = {"actor": request.actor, "now": request.now}
    if act == "accept" and request.POST.get("least", "").isdigit():
        done = services.rows_accept(version=version, least=int(request.POST["least"]), **who)
        messages.success(request, _("已通过 {n} 项").format(n=done.accepted))
        if done.left:
            words = _("另有 {n} 项可能与现有职责重复，请逐项决定")
            messages.warning(request, words.format(n=done.left))
    elif act in ("take", "give_back"):
        number = services.section_take(
            version=version, section=request.POST.get("section", ""), give_back=act == "give_back", **who
        )
        words = _("已认领 {n} 项") if act == "take" else _("已放回 {n} 项")
        messages.success(request, words.format(n=number))
    elif act == "add" and request.POST.get("clause", "").isdigit():
        added = services.row_add(version=version, clause_id=int(request.POST["clause"]), **who)
        return redirect("regulations:row", pk=added.pk)
    elif act == "reread":
        messages.success(
            request, _("已重新识别，共 {n} 项").format(n=services.rows_reread(version=version, **who))
        )
    else:
        raise BadInput(_("没有选定要做什么"), remedy=_("请返回核对页重新操作"))
    return redirect(_back(request, version.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@page
def row(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One row: GET to correct it, POST to accept, drop, take up again, save, split, merge or change its nature."""
    current = found(selectors.row_by_pk(request.actor, pk))
    _keeper(request)
    if request.method != "POST":
        if "view" in request.GET:
            return _fragment(request, [current])
        return _editor(request, current, RowForm.of(current))
    form = RowForm(request.POST) if request.POST.get("act") in ("save", "keep") else None
    try:
        changed, gone = _act(request, current, form)
    except EditConflict as error:
        return _conflict(request, pk, error, form)
    except ZhizeError as error:
        return _editor(request, current, form or RowForm.of(current), error.problem, error.status)
    except CoreError as error:
        problem = Problem(error.what, error.where, error.why, error.remedy)
        return _editor(request, current, form or RowForm.of(current), problem, 400)
    if wants_fragment(request):
        return _fragment(request, changed, gone)
    return redirect(f"{_back(request, current.text_version_id)}#row-{changed[0].pk}")


def _act(
    request: HttpRequestWithActor, current: ProposedDuty, form: RowForm | None
) -> tuple[list[ProposedDuty], int | None]:
    """What was asked, done; the rows to show again, and the one that is gone."""
    post = request.POST
    by: dict[str, Any] = {
        "row": current,
        "version": int(post["version"]) if post.get("version", "").isdigit() else None,
        "actor": request.actor,
        "now": request.now,
    }
    if "relate" in post:
        return [services.row_update(data=_related(request, post["relate"]), accept=True, **by)], None
    match post.get("act", ""):
        case "accept":
            return [services.row_accept(**by)], None
        case "drop":
            return [services.row_drop(reason=post.get("reason", ""), **by)], None
        case "reopen":
            return [services.row_reopen(**by)], None
        case "nature":
            nature = TOGGLED.get(Duty.Nature(current.nature), Duty.Nature.STANDING)
            return [services.row_update(data={"nature": nature}, accept=False, **by)], None
        case "merge":
            merged, gone = services.row_merge(**by)
            return [merged], gone
        case "split":
            return services.row_split(points=_points(request, current), **by), None
        case "save" | "keep" if form is not None:
            if not form.is_valid():
                raise BadInput(_("有内容需要修改"), remedy=_("请按各项下面的提示修改后再保存"))
            data = {n: form.cleaned_data[n] for n in ("text", "title", "kind", "nature", "keep_flag")}
            data["recurrence"] = form.recurrence(current.recurrence)
            data["holders"] = services.holders_named(
                holders=form.holders(current.holders),
                jurisdiction=current.text_version.regulation.jurisdiction,
            )
            return [services.row_update(data=data, accept=post["act"] == "save", **by)], None
    raise BadInput(_("没有选定要做什么"), remedy=_("请返回核对页重新操作"))


def _related(request: HttpRequestWithActor, words: str) -> dict[str, Any]:
    """same:12, finer:12, or other: how the row stands to a duty of the register."""
    relation, _colon, pk = words.partition(":")
    if relation not in ProposedDuty.Relation.values:
        raise BadInput(_("没有选定与现有职责的关系"), remedy=_("请返回核对页重新操作"))
    duty = selectors.duty_by_pk(request.actor, int(pk)) if pk.isdigit() else None
    return {"relation": relation, "existing": duty}


def _points(request: HttpRequestWithActor, current: ProposedDuty) -> tuple[int, ...]:
    """Where to split: the buttons between the words, or the lines a person broke the text into."""
    points = tuple(int(p) for p in request.POST.getlist("at") if p.isdigit())
    return points or points_of(current.text, request.POST.get("lines", ""))


def _conflict(
    request: HttpRequestWithActor, pk: int, error: EditConflict, form: RowForm | None
) -> HttpResponse:
    """Somebody was first: the row as it is now, what was typed still in the form, and who it was in words."""
    newest = found(selectors.row_by_pk(request.actor, pk))
    if wants_fragment(request) and form is None:
        return _fragment(request, [newest], problem=error.problem)
    return _editor(request, newest, form or RowForm.of(newest), error.problem, error.status)


def _editor(
    request: HttpRequestWithActor,
    current: ProposedDuty,
    form: RowForm,
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form of a row: within the list for htmx, else a page of its own."""
    context = row_context(request, current, form, _query(request)) | {"problem": problem}
    if wants_fragment(request):
        return render(request, "regulations/_row_edit.html", context)  # htmx swaps nothing that is not 200
    return render(request, "regulations/row.html", context, status=status)


def _fragment(
    request: HttpRequestWithActor,
    changed: list[ProposedDuty],
    gone: int | None = None,
    problem: Problem | None = None,
) -> HttpResponse:
    """The rows as they stand now, and the counts of the page."""
    fresh = [row for one in changed if (row := selectors.row_by_pk(request.actor, one.pk))]
    version = fresh[0].text_version
    context = list_context(request, version, QueryDict(_query(request)), rows=fresh)
    return render(request, "regulations/_rows.html", {**context, "gone": gone, "problem": problem})


def _query(request: HttpRequestWithActor) -> str:
    """The filters of the list one came from, and nothing else."""
    asked = QueryDict(request.POST.get("back", request.GET.get("back", "")))
    return urlencode({name: asked[name] for name in KEPT if name in asked})


def _back(request: HttpRequestWithActor, version_id: int) -> str:
    query = _query(request)
    return reverse("regulations:confirm", kwargs={"pk": version_id}) + (f"?{query}" if query else "")

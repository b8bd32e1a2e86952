"""Pages under /imports/<kind>/: upload, columns, dry run, publish."""

from __future__ import annotations

from typing import Any, BinaryIO, cast
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput
from zhize.kit.fields import ThingSpec, specs
from zhize.kit.imports import services, show, template
from zhize.kit.imports import words as values
from zhize.kit.imports.columns import mapped_fields
from zhize.kit.imports.places import letters
from zhize.kit.imports.publish import import_publish, words
from zhize.kit.jobs import job_start
from zhize.kit.models import ImportRow, ImportRun, Job
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WAITED_FOR = 2000
WRONG_ROWS = 10_000


def _known(kind: str, actor: Actor) -> ThingSpec:
    """The thing of this kind; 404 when it is none that can be imported, or this hat does not see it."""
    spec = specs().get(kind)
    if spec is None or spec.bulk_save is None or not (spec.may_view(actor) or spec.may_edit(actor)):
        raise Http404
    return spec


def _spec(kind: str, actor: Actor) -> ThingSpec:
    """The same; 403 without the right to import it."""
    spec = _known(kind, actor)
    services.demand(actor, spec)
    return spec


def _run(request: HttpRequestWithActor, kind: str, pk: int) -> tuple[ThingSpec, ImportRun]:
    """The thing and the person's own import of it: another's is 404, an own one without the right (any more) 403."""
    spec = _known(kind, request.actor)
    one: ImportRun = found(ImportRun.objects.visible_to(request.actor).filter(pk=pk, thing_kind=kind).first())
    services.demand(request.actor, spec)
    return spec, one


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


@page
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequestWithActor, kind: str) -> HttpResponse:
    """导入: choose a file; the template and the last imports are at hand."""
    spec = _spec(kind, request.actor)
    error: BadInput | None = None
    if request.method == "POST":
        try:
            return _upload(request, spec)
        except BadInput as bad:
            error = bad
    runs = ImportRun.objects.visible_to(request.actor).filter(thing_kind=kind).order_by("-pk")[:10]
    context = {"spec": spec, "runs": list(runs), "error": error}
    return render(request, "kit/import_upload.html", context, status=400 if error else 200)


def _upload(request: HttpRequestWithActor, spec: ThingSpec) -> HttpResponse:
    given = request.FILES.get("file")
    if given is None:
        raise BadInput(
            _("没有选择文件"),
            where=str(spec.label),
            why=_("不知道导入什么"),
            remedy=_("请选择 .xlsx 或 .csv 文件"),
        )
    run = services.import_upload(
        spec=spec,
        upload=cast(BinaryIO, given),
        name=given.name or "",
        size=given.size or 0,
        actor=request.actor,
        now=request.now,
    )
    return redirect(
        "imports:columns" if run.state == ImportRun.State.MAPPING else "imports:run", spec.kind, run.pk
    )


@page
@require_GET
def blank(request: HttpRequestWithActor, kind: str) -> HttpResponse:
    """下载模板."""
    spec = _spec(kind, request.actor)
    return _file(template.template(spec, request.actor), f"{spec.label}导入模板.xlsx")


@page
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequestWithActor, kind: str, pk: int) -> HttpResponse:
    """对应列: which column of the file holds which field."""
    spec, run = _run(request, kind, pk)
    error: BadInput | None = None
    header = services.header_of(spec, run)
    if request.method == "POST":
        chosen = {
            f.name: int(at)
            for f in spec.editable_fields
            if (at := request.POST.get(f"column_{f.name}", "")).isdigit() and int(at) < len(run.headers)
        }
        try:
            services.import_map(run=run, spec=spec, mapping=chosen, actor=request.actor, now=request.now)
            return redirect("imports:run", kind, pk)
        except BadInput as bad:
            error = bad
            run.mapping = chosen
    choices = [
        (at, _("第 %(at)s 列：%(word)s") % {"at": letters(at + 1), "word": word or _("（空）")})
        for at, word in enumerate(run.headers)
    ]
    context = {"spec": spec, "run": run, "header": header, "choices": choices, "error": error}
    return render(request, "kit/import_columns.html", context, status=400 if error else 200)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def words_page(request: HttpRequestWithActor, kind: str, pk: int) -> HttpResponse:
    """对应取值: what words of the file mean that no choice knows."""
    spec, one = _run(request, kind, pk)
    asked = [
        (field, [(f"word_{field.name}_{n}", word, rows) for n, (word, rows) in enumerate(pairs.items())])
        for field in mapped_fields(spec, one.mapping)
        if field.choices is not None and (pairs := one.unknown.get(field.name))
    ]
    error: BadInput | None = None
    if request.method == "POST":
        said = {
            field.name: {word: value for key, word, _rows in pairs if (value := request.POST.get(key))}
            for field, pairs in asked
        }
        try:
            values.import_words(run=one, spec=spec, words=said, actor=request.actor, now=request.now)
            return redirect("imports:run", kind, pk)
        except BadInput as bad:
            error = bad
    context = {"spec": spec, "run": one, "asked": asked, "error": error, "posted": request.POST}
    return render(request, "kit/import_words.html", context, status=400 if error else 200)


@page
@require_safe
def run(request: HttpRequestWithActor, kind: str, pk: int) -> HttpResponse:
    """预览: what this import would add and change, row by row; then published or dropped here."""
    spec, one = _run(request, kind, pk)
    if one.state == ImportRun.State.MAPPING:
        return redirect("imports:columns", kind, pk)
    job = Job.objects.visible_to(request.actor).by_pk(one.job_id) if one.job_id else None
    context: dict[str, Any] = {"spec": spec, "run": one, "job": job, "rows": [], "next": None}
    if one.state in (ImportRun.State.READY, ImportRun.State.PUBLISHED):
        effect = _effect(request, one)
        after = request.GET.get("after", "0")
        rows, following = show.page_of(one, effect, int(after) if after.isdigit() else 0)
        context |= {
            "effect": effect,
            "effects": [(e.value, e.label, one.counts.get(e.value, 0)) for e in ImportRow.Effect],
            "fields": mapped_fields(spec, one.mapping),
            "unused": services.header_of(spec, one).unused,
            "rows": show.shown(spec, one, rows, request.actor),
            "next": following,
            "acting": one.counts.get("add", 0) + one.counts.get("change", 0),
            "wrong": one.counts.get("error", 0),
        }
    return render(request, "kit/import_run.html", context)


def _effect(request: HttpRequestWithActor, one: ImportRun) -> str:
    """The effect whose rows are shown: as asked, else errors first, then the first that has rows."""
    asked = request.GET.get("effect", "")
    if asked in ImportRow.Effect.values:
        return asked
    order = ("error", "change", "add", "same")
    return next((e for e in order if one.counts.get(e)), "add")


@page
@require_GET
def wrong(request: HttpRequestWithActor, kind: str, pk: int) -> HttpResponse:
    """下载错误行."""
    spec, one = _run(request, kind, pk)
    rows = ImportRow.objects.filter(run=one, effect=ImportRow.Effect.ERROR).order_by("line")[:WRONG_ROWS]
    return _file(template.wrong_rows(one, spec, rows.iterator()), f"{spec.label}错误行.xlsx")


@page
@require_POST
def publish(request: HttpRequestWithActor, kind: str, pk: int) -> HttpResponse:
    """确认导入: at once when short, as a background task when long."""
    spec, one = _run(request, kind, pk)
    only_good = request.POST.get("only_good") == "1"
    if one.counts.get("add", 0) + one.counts.get("change", 0) <= WAITED_FOR:
        outcome = import_publish(
            run=one, spec=spec, only_good=only_good, actor=request.actor, now=request.now
        )
        messages.success(request, words(outcome))
        return redirect("imports:run", kind, pk)
    job = job_start(
        kind="imports.publish",
        title=f"导入“{one.file_name}”（{spec.label}）"[:200],
        actor=request.actor,
        payload={"run": one.pk, "only_good": only_good, "url": request.path.removesuffix("publish/")},
        now=request.now,
    )
    return redirect("jobs:detail", job.pk)


@page
@require_POST
def again(request: HttpRequestWithActor, kind: str, pk: int) -> HttpResponse:
    """重新核对: reads the file again against what is there now."""
    spec, one = _run(request, kind, pk)
    services.import_stage(run=one, spec=spec, actor=request.actor, now=request.now)
    return redirect("imports:run", kind, pk)


@page
@require_POST
def drop(request: HttpRequestWithActor, kind: str, pk: int) -> HttpResponse:
    """放弃."""
    _thing, one = _run(request, kind, pk)
    services.import_drop(run=one, actor=request.actor, now=request.now)
    messages.success(request, _("已放弃这次导入，没有写入任何数据"))
    return redirect("imports:upload", kind)

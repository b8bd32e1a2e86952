"""The list page every table appears on. An app's view calls `list_page`; its template may extend kit/list.html.

Addresses: `q`, filters, `sort`, `col`, `cursor` make the page; `export=csv|xlsx` (with `all=1` for all columns)
makes the file of the same rows. Under htmx only the region `#list-region` travels and is swapped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from zhize.kit.columns import Column, columns_of
from zhize.kit.errors import BadInput, NotAllowed, Problem
from zhize.kit.exports import CHUNK, XLSX_ROWS, csv_lines, xlsx_file
from zhize.kit.fields import Label, ThingSpec
from zhize.kit.imports.services import may_import
from zhize.kit.lists import Listing, total_of
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.saved_views import saved_views

REGION = "list-region"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def list_page(
    request: HttpRequestWithActor,
    spec: ThingSpec,
    template: str = "kit/list.html",
    *,
    rows: models.QuerySet[Any] | None = None,
    title: Label = "",
    figures: Callable[[Listing], Any] | None = None,
    **extra: Any,
) -> HttpResponse:
    """The list of a thing for the request's actor, or its file.

    `rows` narrows the spec's rows; it must stand in the actor's scope. `figures` is what the app works out of the rows
    found, for its template. `extra` goes to the template, whose blocks `toolbar`, `before_table`, `after_table` and `empty` are for the app's own. Own statements: rows, total, saved
    views, one for each reference filter. Raises NotAllowed.
    """
    listing = _listing(request, spec, rows)
    if wanted := request.GET.get("export"):
        return _export(request, listing, wanted, title=str(title or spec.label))  # type: ignore[return-value]
    found = listing.slice()
    context = {
        "listing": listing,
        "spec": spec,
        "import_url": reverse("imports:upload", args=[spec.kind]) if may_import(request.actor, spec) else "",
        "title": title or spec.label,
        "columns": listing.heads(),
        "rows": listing.cells(found.rows),
        "total": listing.total(found),
        "previous": listing.address({"cursor": found.previous}) if found.previous else None,
        "next": listing.address({"cursor": found.next}) if found.next else None,
        "filters": listing.filterset.bar(),
        "chips": [(words, listing.address({name: ""})) for name, words in listing.filterset.chips()],
        "views": _views(listing),
        "figures": figures(listing) if figures else None,
        "layout": "kit/fragment.html" if _wants_region(request) else "layouts/base.html",
        **extra,
    }
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def listing_for_file(request: HttpRequestWithActor, spec: ThingSpec) -> Listing:
    """The rows the query asks for, to be made a file of the app's own. Raises NotAllowed; BadInput for a wrong condition."""
    listing = _listing(request, spec, None)
    _refuse_wrong_conditions(listing)
    return listing


def _listing(request: HttpRequestWithActor, spec: ThingSpec, rows: models.QuerySet[Any] | None) -> Listing:
    if not spec.may_view(request.actor):
        raise NotAllowed(
            _("您的身份不能查看“%(thing)s”") % {"thing": spec.label}, remedy=_("请切换到有权限的岗位")
        )
    return Listing(spec, request.actor, request.GET, rows=rows, path=request.path)


def _refuse_wrong_conditions(listing: Listing) -> None:
    """A file is never made of more than was asked."""
    if problems := listing.filterset.problems():
        raise BadInput(
            _("筛选条件有误，没有生成文件"),
            [Problem(what=problem) for problem in problems],
            why=_("否则文件里会多出不该有的行"),
            remedy=_("请回到列表改正条件后再导出"),
        )


def _wants_region(request: HttpRequestWithActor) -> bool:
    """htmx asks for the region (boosted links name it as their target); anybody else gets the page."""
    return bool(request.htmx) and request.htmx.target == REGION


def _views(listing: Listing) -> list[dict[str, Any]]:
    here = listing.query()
    return [
        {"name": view.name, "url": f"{listing.path}?{view.query}", "current": view.query == here}
        for view in saved_views(listing.actor, listing.spec)
    ]


def _export(request: HttpRequestWithActor, listing: Listing, wanted: str, *, title: str) -> HttpResponseBase:
    """The file of the rows; a condition that makes no sense refuses it."""
    _refuse_wrong_conditions(listing)
    if wanted not in {"csv", "xlsx"}:
        raise BadInput(_("不能导出为“%(kind)s”") % {"kind": wanted[:20]}, remedy=_("请选择 Excel 或 CSV"))
    fields = listing.spec.listed_fields if request.GET.get("all") else listing.fields
    columns, rows = columns_of(fields), listing.all_rows(fields).iterator(chunk_size=CHUNK)
    name = stamped(title, request.now)
    if wanted == "xlsx" and total_of(listing.filtered, XLSX_ROWS).capped:
        messages.warning(
            request,
            _("超过 %(most)s 行，Excel 打不开这么大的表，已改为 CSV 文件。") % {"most": f"{XLSX_ROWS:,}"},
        )
        wanted, name = "csv", name + _("（超过20万行改为CSV）")
    if wanted == "xlsx":
        return xlsx_response(columns, rows, sheet=title, name=name)
    response = StreamingHttpResponse(csv_lines(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = str(content_disposition_header(True, f"{name}.csv"))
    return response


def stamped(name: str, now: datetime) -> str:
    """责任清单-20121220-0930: a file's name with the moment it was made."""
    return f"{name}-{timezone.localtime(now):%Y%m%d-%H%M}"


def xlsx_response(columns: Sequence[Column], rows: Iterable[Any], *, sheet: str, name: str) -> HttpResponse:
    """An Excel file of the rows, to be kept as `name`.xlsx."""
    file = xlsx_file(columns, rows, sheet=sheet)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)  # type: ignore[return-value]

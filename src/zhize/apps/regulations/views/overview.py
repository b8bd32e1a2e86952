"""Over the whole year: duties × units, and what is missing (责任空白)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhize.apps.orgs.models import Unit
from zhize.apps.regulations import policies, selectors
from zhize.apps.regulations.selectors.gaps import obligations_without_evidence
from zhize.apps.years import selectors as years
from zhize.apps.years.models import WorkYear
from zhize.core.duties.grid import Cell
from zhize.kit.columns import columns_of
from zhize.kit.errors import NotAllowed
from zhize.kit.fields import FieldSpec, Kind
from zhize.kit.list_views import stamped, xlsx_response
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import page


def _demand(request: HttpRequestWithActor) -> None:
    if not policies.may_see_register(request.actor):
        raise NotAllowed(_("您还没有岗位，不能查看履职事项"), remedy=_("请联系本辖区的系统管理员"))


def _year(request: HttpRequestWithActor) -> WorkYear | None:
    """The year asked for, else the one in progress."""
    asked = request.GET.get("year", "")
    chosen = years.year_by_pk(request.actor, int(asked)) if asked.isdecimal() else None
    return chosen or years.year_in_progress(request.actor, request.now.date())


@require_safe
@page
def matrix(request: HttpRequestWithActor) -> HttpResponse:
    """履职矩阵: one row a duty, one column a unit or a region; each cell its light and its count, a link to what it counts."""
    _demand(request)
    year = _year(request)
    kinds = [(kind.value, str(kind.label)) for kind in Unit.Kind]
    asked = selectors.Asked(
        by="region" if request.GET.get("by") == "region" else "unit",
        chapter=request.GET.get("chapter", "")[:60],
        kind=found if (found := request.GET.get("kind", "")) in dict(kinds) else "",
        stuck=request.GET.get("stuck") == "1",
    )
    found_matrix = selectors.matrix_of(request.actor, year, asked, request.now) if year else None
    if year and found_matrix and request.GET.get("export") == "xlsx":
        return _matrix_file(request, year, found_matrix)
    query = request.GET.copy()
    query.pop("export", None)
    context = {
        "year": year,
        "years": [(y.pk, y.label) for y in years.years_visible(request.actor)],
        "matrix": found_matrix,
        "asked": asked,
        "kinds": kinds,
        "query": query,
    }
    return render(request, "regulations/matrix.html", context)


def _matrix_file(request: HttpRequestWithActor, year: WorkYear, found: selectors.Matrix) -> HttpResponse:
    """The same table in Excel: the light's word and the count in each cell."""
    heads = [_("职责编号"), _("职责"), *(column.name for column in found.columns), _("合计")]
    rows = [
        [line.duty.code, line.duty.title, *(_words(cell) for cell in line.cells), _words(line.total)]
        for line in found.lines
    ]
    foot = ["", _("合计"), *(_words(column.total) for column in found.columns), _words(found.total)]
    return _file(request, heads, [*rows, foot], f"{year.label}{_('履职矩阵')}", _("履职矩阵"))


def _words(cell: Cell | None) -> str:
    """逾期 1/2; the word alone where nothing is owed; nothing for an empty cell."""
    if cell is None or not cell.light:
        return ""
    return f"{selectors.Light(cell.light).label} {cell.words}".strip()


@require_safe
@page
def gaps(request: HttpRequestWithActor) -> HttpResponse:
    """责任空白: clauses nobody owns, duties without obligation, obligations nothing shows, each with its remedy."""
    _demand(request)
    year = _year(request)
    if year is None:
        return render(request, "regulations/gaps.html", {"year": None})
    found = selectors.gaps_of(request.actor, year, request.now.date())
    day = selectors.bounds(request.now.date())
    if request.GET.get("export") == "xlsx":
        return _gaps_file(request, year, found)
    context = {
        "year": year,
        "gaps": found,
        "rows": [{"row": o, "light": selectors.light_of_row(o, day)} for o in found.obligations],
        "ended": selectors.ended_units(year, request.now.date()),
        "may_keep": policies.may_keep_register(request.actor),
    }
    return render(request, "regulations/gaps.html", context)


def _gaps_file(request: HttpRequestWithActor, year: WorkYear, found: selectors.Gaps) -> HttpResponse:
    """All three lists in one table, without a cap."""
    heads = [_("空白"), _("条款或职责"), _("单位"), _("期限"), _("说明")]
    bare = obligations_without_evidence(request.actor, year, request.now.date())

    def rows() -> Iterable[list[Any]]:
        for clause in found.clauses:
            label = f"《{clause.version.regulation.title}》{clause.label}"
            yield [_("条款无人承担"), label, "", "", clause.text]
        for gap in found.duties:
            yield [_("职责没有履职事项"), gap.duty.title, "、".join(gap.units), "", gap.why]
        for one in bare.order_by("due_on", "unit__order", "pk").iterator(chunk_size=1000):
            yield [_("履职事项没有佐证"), one.duty.title, one.unit.name, one.due_on, one.period_label]

    return _file(request, heads, rows(), f"{year.label}{_('责任空白')}", _("责任空白"))


def _file(
    request: HttpRequestWithActor, heads: Sequence[str], rows: Iterable[list[Any]], name: str, sheet: str
) -> HttpResponse:
    fields = [FieldSpec(str(n), head, _kind(head), value=_at(n)) for n, head in enumerate(heads)]
    return xlsx_response(columns_of(fields), rows, sheet=sheet, name=stamped(name, request.now))


def _kind(head: str) -> Kind:
    return Kind.DATE if head == _("期限") else Kind.TEXT


def _at(place: int) -> Any:
    return lambda row: row[place]

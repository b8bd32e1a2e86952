"""减负情况: what the office asked in a year or a part of it, unit by unit, each number down to the answers it counts."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhize.apps.requests import policies, selectors
from zhize.apps.requests.mapping.burden_paper import burden_paper
from zhize.apps.requests.specs import UNIT_REQUEST
from zhize.apps.years import selectors as years
from zhize.apps.years.models import WorkYear
from zhize.core.kernel.periods import Every
from zhize.core.kernel.periods import WorkYear as CoreYear
from zhize.core.kernel.rounding import round_once
from zhize.kit.clock import local_day
from zhize.kit.columns import columns_of
from zhize.kit.errors import NotAllowed
from zhize.kit.fields import FieldSpec, Kind
from zhize.kit.files.answers import send_bytes
from zhize.kit.list_views import list_page, stamped, xlsx_response
from zhize.kit.officialdoc import layout_on
from zhize.kit.officialdoc.writers import WRITERS
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

PARTS = (Every.YEAR, Every.HALF, Every.QUARTER)


@require_safe
@page
def statement(request: HttpRequestWithActor) -> HttpResponse:
    """减负情况说明, as page, Excel, Word and PDF."""
    _demand(request)
    asked = _part(request)
    if asked is None:
        return render(request, "requests/burden.html", {"year": None})
    today = local_day(request.now)
    shown = selectors.burden_statement(request.actor, asked, today)
    title = f"{asked.label}{_('减负情况说明')}"
    wanted = request.GET.get("export", "")
    if wanted == "xlsx":
        name = stamped(title, request.now)
        return xlsx_response(columns_of(_columns()), shown.lines, sheet=_("减负情况"), name=name)
    if wanted in WRITERS:
        lines = [(one.unit.name, one.line) for one in shown.lines]
        paper = burden_paper(
            f"{asked.label}减负情况说明", asked.label, shown.calls, lines, shown.total, shown.despite, today
        )
        content = WRITERS[wanted].write(paper, layout_on(today, asked.year.jurisdiction.code))
        return send_bytes(content, f"{title}-{today:%Y%m%d}.{wanted}", WRITERS[wanted].content_type)
    context = {
        "year": asked.year,
        "asked": asked,
        "shown": shown,
        "years": [(year.pk, year.label) for year in years.years_visible(request.actor)],
        "parts": [(part.code, part.label) for part in _parts(asked.year)],
    }
    return render(request, "requests/burden.html", context)


@require_safe
@page
def of_unit(request: HttpRequestWithActor, pk: int, period: str, unit: str) -> HttpResponse:
    """The answers that one unit's line counts: of a year, of a part of it by its code (2012-H1)."""
    _demand(request)
    part = found(
        next((one for one in _parts(found(years.year_by_pk(request.actor, pk))) if one.code == period), None)
    )
    one = found(selectors.unit_by_code(request.actor, unit))
    rows = selectors.answers_counted(request.actor, part).filter(unit=one)
    title = _("%(unit)s · %(period)s") % {"unit": one.name, "period": part.label}
    return list_page(request, UNIT_REQUEST, "requests/burden_unit.html", rows=rows, title=title, asked=part)


def _demand(request: HttpRequestWithActor) -> None:
    if not policies.may_see_calls(request.actor):
        raise NotAllowed(
            _("减负情况由办公室掌握"),
            remedy=_("请切换到办公室、领导或监督的身份；本单位的报送在“本单位报送”中"),
        )


def _part(request: HttpRequestWithActor) -> selectors.YearPart | None:
    """What ?year=&period= names, the running year as a whole where they name nothing."""
    word = request.GET.get("year", "")
    year = years.year_by_pk(request.actor, int(word)) if word.isdigit() else None
    year = year or years.year_in_progress(request.actor, local_day(request.now))
    if year is None:
        return None
    parts = _parts(year)
    return next((one for one in parts if one.code == request.GET.get("period")), parts[0])


def _parts(year: WorkYear) -> list[selectors.YearPart]:
    core = CoreYear(year.starts_on)
    return [selectors.YearPart(year, part) for every in PARTS for part in core.split(every)]


def _columns() -> list[FieldSpec]:
    number = Kind.INTEGER
    return [
        FieldSpec("unit", _("单位"), value=lambda row: row.unit.name),
        FieldSpec("requests", _("报送件数"), number, value=lambda row: row.line.requests),
        FieldSpec("answered", _("已报送"), number, value=lambda row: row.line.answered),
        FieldSpec("late", _("逾期"), number, value=lambda row: row.line.late),
        FieldSpec("fields", _("填报项"), number, value=lambda row: row.line.fields),
        FieldSpec("prefilled", _("其中预填"), number, value=lambda row: row.line.prefilled),
        FieldSpec("share", _("预填比例（%）"), Kind.DECIMAL, places=1, value=_percent),
        FieldSpec("median", _("报送用时（中位，天）"), Kind.DECIMAL, places=1, value=lambda row: row.line.median_days),
        FieldSpec("longest", _("最长用时（天）"), number, value=lambda row: row.line.longest_days),
    ]  # fmt: skip


def _percent(row: selectors.BurdenLine) -> object:
    return None if row.line.share is None else round_once(row.line.share * 100, 1)

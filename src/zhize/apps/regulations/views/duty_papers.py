"""责任清单 and 任务分工表 as files: the rows of the list of duties, under its filters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from zhize.apps.orgs import selectors as orgs
from zhize.apps.regulations.mapping.duty_papers import division_paper, holdings_of, register_paper
from zhize.apps.regulations.models import Duty
from zhize.apps.regulations.specs import DIVISION_FIELDS, DUTY, HOLDING_FIELDS
from zhize.kit.columns import columns_of
from zhize.kit.errors import BadInput
from zhize.kit.fields import FieldSpec, Label
from zhize.kit.files.answers import send_bytes
from zhize.kit.list_views import listing_for_file, xlsx_response
from zhize.kit.lists import total_of
from zhize.kit.officialdoc import layout_on
from zhize.kit.officialdoc.writers import WRITERS
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

MOST = 1_000  # duties on one paper: what Word still opens at once; beyond, Excel
PAPERS = {"register": register_paper, "division": division_paper}


class Sheet(NamedTuple):
    """A paper as rows for Excel."""

    name: Label
    fields: tuple[FieldSpec, ...]
    rows: Callable[[list[Duty]], list[Any]]


SHEETS = {
    "register": Sheet(gettext_lazy("责任清单（按责任主体）"), HOLDING_FIELDS, holdings_of),
    "division": Sheet(gettext_lazy("任务分工表"), DIVISION_FIELDS, list),
}


@require_safe
@page
def paper(request: HttpRequestWithActor) -> HttpResponse:
    """`paper=register|division`, `as=docx|pdf|xlsx`."""
    listing = listing_for_file(request, DUTY)
    which, kind = request.GET.get("paper", "register"), request.GET.get("as", "docx")
    excel = kind == "xlsx"
    if which not in PAPERS or not (excel or kind in WRITERS):
        raise BadInput(
            _("没有这种文表：%(name)s") % {"name": f"{which[:20]}.{kind[:20]}"},
            remedy=_("请在责任清单的“导出”中选择"),
        )
    if not excel and total_of(listing.filtered, MOST).capped:
        raise BadInput(
            _("职责超过 %(most)s 项，没有生成文表") % {"most": f"{MOST:,}"},
            remedy=_("请先筛选，或导出 Excel 文件"),
        )
    jurisdiction = found(orgs.own_jurisdiction(request.actor))
    duties = list(listing.all_rows(()))
    day = request.now.date()
    if excel:
        sheet = SHEETS[which]
        name = str(sheet.name)
        return xlsx_response(
            columns_of(sheet.fields), sheet.rows(duties), sheet=name, name=f"{name}-{day:%Y%m%d}"
        )
    made = PAPERS[which](
        jurisdiction.name, duties, [words for _name, words in listing.filterset.chips()], day
    )
    writer = WRITERS[kind]
    content = writer.write(made, layout_on(day, jurisdiction.code))
    return send_bytes(content, f"{made.title}-{day:%Y%m%d}.{kind}", writer.content_type)

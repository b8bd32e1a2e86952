"""First passwords of accounts made in bulk: one Excel file, once, to who made them."""

from __future__ import annotations

import io

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhize.apps.orgs import services
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_POST
@page
def passwords_issue(request: HttpRequestWithActor) -> HttpResponse:
    """发放初始口令: makes the passwords now and gives them once. The file is never stored here."""
    issued = services.passwords_issue(actor=request.actor, now=request.now)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(_("初始口令"))
    for column, head in enumerate((_("姓名"), _("账号"), _("初始口令"))):
        sheet.write_string(0, column, head)
    for line, (user, password) in enumerate(issued, 1):
        for column, text in enumerate((user.name, user.username, password)):
            sheet.write_string(line, column, text)
    sheet.set_column(0, 2, 24)
    book.close()
    response = HttpResponse(buffer.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = "attachment; filename*=UTF-8''%E5%88%9D%E5%A7%8B%E5%8F%A3%E4%BB%A4.xlsx"
    response["Cache-Control"] = "no-store"
    return response

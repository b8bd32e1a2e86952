"""待办, 已办, 待阅, 已阅 as Excel files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from zhize.kit.columns import columns_of
from zhize.kit.fields import FieldSpec, Kind
from zhize.kit.list_views import stamped, xlsx_response
from zhize.kit.requests import HttpRequestWithActor

MOST = 5000  # rows of one file: more than anybody works off
TODOS = (
    FieldSpec("title", _("事项"), value=lambda item: item.todo.title),
    FieldSpec("unit", _("单位"), value=lambda item: item.todo.unit.name),
    FieldSpec("post", _("岗位"), value=lambda item: item.hat.post_title),
    FieldSpec("jurisdiction", _("辖区"), value=lambda item: item.todo.jurisdiction.name),
    FieldSpec("due_on", _("期限"), Kind.DATE, value=lambda item: item.todo.due_on),
    FieldSpec("created_at", _("产生时间"), Kind.DATE, value=lambda item: item.todo.created_at),
    FieldSpec("done_at", _("办结时间"), Kind.DATE, value=lambda item: item.todo.done_at),
    FieldSpec("done_by", _("办结人"), value=lambda item: item.todo.done_by),
)
NOTICES = (
    FieldSpec("text", _("内容"), value=lambda notice: notice.text),
    FieldSpec("at", _("时间"), Kind.DATE, value=lambda notice: notice.at),
    FieldSpec("read_at", _("阅读时间"), Kind.DATE, value=lambda notice: notice.read_at),
)


def file_of(
    request: HttpRequestWithActor, fields: tuple[FieldSpec, ...], rows: Iterable[Any], title: str
) -> HttpResponse:
    """The rows as an Excel file named after the tab."""
    return xlsx_response(columns_of(fields), rows, sheet=title, name=stamped(title, request.now))

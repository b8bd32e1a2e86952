"""征求意见: the draft sent along, the unit's comments or its word that it has none, the table of adoption."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhize.apps.documents.views.files import send_file
from zhize.apps.requests import mapping, policies, selectors, services
from zhize.apps.requests.forms.comments import CallFilesForm, CommentRow, CommentRows
from zhize.apps.requests.models import Call, UnitRequest
from zhize.apps.requests.views.calls import kept_call
from zhize.apps.requests.views.showing import own_request, parts_of
from zhize.core.workflow.unit_request import TABLE
from zhize.kit.errors import BadInput, EditConflict, StateConflict
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

WRITTEN = ("place", "present", "proposed", "reason")


@require_POST
@page
def call_files(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """随附文件: adds files to a draft, or takes one out (`drop`)."""
    call = kept_call(request, pk)
    if (word := request.POST.get("drop", "")).isdigit():
        link = found(next((one for one in selectors.call_files(call) if one.pk == int(word)), None))
        services.call_file_drop(call=call, link=link, actor=request.actor, now=request.now)
        messages.success(request, _("已移出这份文件"))
        return redirect("requests:call", pk=pk)
    form = CallFilesForm(request.POST, request.FILES)
    if not form.is_valid():
        raise BadInput(_("没有选择文件"), where=_("随附文件"), remedy=_("请返回后选择文件"))
    services.call_files_add(
        call=call, uploads=form.cleaned_data["uploads"], actor=request.actor, now=request.now
    )
    messages.success(request, _("已加入随附文件"))
    return redirect("requests:call", pk=pk)


@require_safe
@page
def call_file(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """下载: whoever is asked may read what was sent along."""
    link = found(selectors.call_file_by_pk(request.actor, pk))
    return send_file(link.evidence.file, "attachment", link.evidence.file.content_type)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def comments(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """修改意见: the unit writes them, the office and the unit read them afterwards."""
    row = _of_round(request, pk)
    editing = _may_write(request, row)
    if request.method != "POST":
        return _page(request, row, _bound(request, row) if editing else None)
    row = own_request(request, pk)
    rows = _bound(request, row)
    if "more" in request.POST:
        return _page(request, row, rows)
    if not rows.is_valid():
        return _page(request, row, rows, status=422)
    word = request.POST.get("version", "")
    sending = request.POST.get("action") != "save"
    try:
        saved = services.comments_save(
            request=row,
            rows=[form.cleaned_data for form in rows.forms],
            version=int(word) if word.isdigit() else None,
            actor=request.actor,
            now=request.now,
        )
        if sending:
            services.request_submit(
                request=saved, version=saved.version, actor=request.actor, now=request.now
            )
    except EditConflict:
        again = _("同事刚保存了本单位的意见。您填写的都还在下面；再次保存，将以您填写的为准。")
        return _page(request, row, rows, problems=[again], status=409)
    except BadInput as error:
        return _page(request, row, rows, problems=[str(p) for p in error.problems], status=422)
    messages.success(request, _("已报送，等待办公室审核") if sending else _("已保存，尚未报送"))
    return redirect("requests:request" if sending else "requests:comments", pk=pk)


@require_POST
@page
def no_comment(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """无意见: one click."""
    row = own_request(request, pk)
    services.comments_none(request=row, actor=request.actor, now=request.now)
    messages.success(request, _("已回复无意见"))
    return redirect("requests:request", pk=pk)


def _of_round(request: HttpRequestWithActor, pk: int) -> UnitRequest:
    row: UnitRequest = found(selectors.request_by_pk(request.actor, pk))
    if row.call.content != mapping.COMMENTS:
        raise StateConflict(_("这次征集不是征求意见"), where=row.call.title, remedy=_("请按填报项填写后报送"))
    return row


def _may_write(request: HttpRequestWithActor, row: UnitRequest) -> bool:
    running = row.call.state == Call.State.ISSUED and row.call.year.state != "closed"
    return running and policies.may_answer(request.actor, row) and not TABLE.status(row.state).locked


def _bound(request: HttpRequestWithActor, row: UnitRequest) -> Any:
    """The lines with what stands saved, or what was typed; 再加一条 gives another empty one."""
    post: Any = request.POST if request.method == "POST" else None
    if post is not None and "more" in post:
        post = post.copy()
        post["form-TOTAL_FORMS"] = str(min(int(post.get("form-TOTAL_FORMS") or 0) + 1, CommentRows.max_num))
    rows = selectors.comments_of(request.actor, row)
    initial = [{"id": one.pk, **{name: getattr(one, name) for name in WRITTEN}} for one in rows]
    return CommentRows(post, initial=initial)


def _page(
    request: HttpRequestWithActor, row: UnitRequest, rows: Any, *, problems: Any = (), status: int = 200
) -> HttpResponse:
    fresh = found(selectors.request_by_pk(request.actor, row.pk))
    own = policies.may_read_draft(request.actor, row)
    context = {
        "row": fresh,
        "call": row.call,
        "own": own,
        "rows": rows,
        "problems": [("", words) for words in problems],
        "comments": [] if rows is not None else selectors.comments_of(request.actor, row),
        "told": row.call.state == Call.State.CLOSED or not own,
        "files": selectors.call_files(row.call),
        "parts": parts_of(row),
        "labels": CommentRow.base_fields,
    }
    return render(request, "requests/comments.html", context, status=status)

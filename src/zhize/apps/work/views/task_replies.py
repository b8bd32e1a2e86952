"""任务进展填报: the unit's tasks on one page; the office looks at what was handed in, task by task."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhize.apps.documents.models import Evidence
from zhize.apps.requests import policies as asking
from zhize.apps.requests import services as requests
from zhize.apps.requests.models import Call, UnitRequest
from zhize.apps.work import services
from zhize.apps.work.forms.task_replies import SheetForm
from zhize.apps.work.selectors import task_replies as selectors
from zhize.core.workflow.unit_request import TABLE
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.views import found, page


@require_http_methods(["GET", "HEAD", "POST"])
@page
def replies(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """GET: the rows. POST `action`: save, carry (or carry-<task>), drop-<task>-<material>, submit by the unit; accept, return by
    the office."""
    row: UnitRequest = found(selectors.request_of(request.actor, pk))
    if request.method != "POST":
        return _page(request, row)
    action = request.POST.get("action", "")
    if action in ("accept", "return"):
        return _decide(request, row, action)
    if not asking.may_answer(request.actor, row):
        raise NotAllowed(_("只有被征集单位的人员可以填报"), remedy=_("请切换到该单位的身份"))
    return _fill(request, row, action)


def _fill(request: HttpRequestWithActor, row: UnitRequest, action: str) -> HttpResponse:
    version = _version(request)
    sheet = selectors.sheet_of(row, local_day(request.now), handed=False)
    typed = SheetForm.of(sheet.rows, _own(request), request)
    if not typed.is_valid():
        return _page(request, row, typed=typed, status=422)
    services.task_replies_save(
        request=row,
        rows={pk: form.written() for pk, form in typed.forms.items()},
        statement=request.POST.get("statement", "")[:2000],
        version=version,
        actor=request.actor,
        now=request.now,
    )
    _files(request, row, typed, action)
    if action.startswith("carry"):
        one = action.removeprefix("carry-")
        number = services.task_replies_carry_over(
            request=row,
            task_ids=[int(one)] if one.isdigit() else None,
            version=None,
            actor=request.actor,
            now=request.now,
        )
        messages.info(request, _("已按上期填入 %(number)s 项，请核对后报送") % {"number": number})
    elif action == "submit":
        try:
            requests.request_submit(request=row, version=None, actor=request.actor, now=request.now)
        except BadInput as error:
            return _page(request, row, problems=[str(one) for one in error.problems], status=422)
        messages.success(request, _("已报送，等待办公室审核"))
    else:
        messages.success(request, _("已保存，还没有报送"))
    return redirect("work:task_replies", pk=row.pk)


def _files(request: HttpRequestWithActor, row: UnitRequest, typed: SheetForm, action: str) -> None:
    """Materials of the rows that have new ones, or of which one is taken out."""
    words = action.split("-")
    dropped = [int(one) for one in words[1:] if one.isdigit()] if words[0] == "drop" else []
    for pk, form in typed.forms.items():
        data = form.cleaned_data
        existing = [data["existing"]] if data["existing"] else []
        drop = dropped[1:] if dropped[:1] == [pk] else []
        if data["uploads"] or existing or drop:
            services.task_reply_files(
                request=row, task_id=pk, uploads=data["uploads"], existing=existing, drop=drop,
                dated_on=data["dated_on"], actor=request.actor, now=request.now,
            )  # fmt: skip


def _decide(request: HttpRequestWithActor, row: UnitRequest, action: str) -> HttpResponse:
    if not asking.may_review(request.actor, row):
        raise NotAllowed(
            _("只有本辖区办公室可以审核报送，且不能审核本单位的报送"),
            remedy=_("请由办公室其他身份的人员办理"),
        )
    version = _version(request)
    if action == "accept":
        requests.request_accept(
            request=row, version=version, comment=request.POST.get("comment", "")[:500], actor=request.actor,
            now=request.now,
        )  # fmt: skip
        messages.success(request, _("已接收，进展已写入各项任务"))
        return redirect("work:task_replies", pk=row.pk)
    comments = {
        int(name.removeprefix("comment-")): str(words)
        for name, words in request.POST.items()
        if name.startswith("comment-") and name.removeprefix("comment-").isdigit()
    }
    try:
        services.task_replies_return(
            request=row,
            comments=comments,
            comment=request.POST.get("comment", ""),
            version=version,
            actor=request.actor,
            now=request.now,
        )
    except BadInput as error:
        return _page(request, row, problems=[str(one) for one in error.problems], status=422)
    messages.success(request, _("已退回，报送单位会收到待办"))
    return redirect("requests:call", pk=row.call_id)


def _version(request: HttpRequestWithActor) -> int:
    given = request.POST.get("version", "")
    if not given.isdigit():
        raise BadInput(_("提交的内容缺少版本号，没有保存"), remedy=_("请重新打开这张表再填"))
    return int(given)


def _own(request: HttpRequestWithActor) -> ScopedQuerySet[Evidence]:
    """The unit's own materials, newest first."""
    rows = Evidence.objects.visible_to(request.actor).filter(unit_id=request.actor.unit_id or 0)
    return rows.order_by("-dated_on", "-pk")


def _page(
    request: HttpRequestWithActor,
    row: UnitRequest,
    *,
    typed: SheetForm | None = None,
    problems: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    if problems:  # what was saved meanwhile is shown, with its version
        row = found(selectors.request_of(request.actor, row.pk))
    may_fill = asking.may_answer(request.actor, row)
    is_open = row.call.state == Call.State.ISSUED and row.call.year.state != "closed"
    editing = may_fill and is_open and not TABLE.status(row.state).locked
    handed = row.handed_in is not None
    reviewing = is_open and row.state == UnitRequest.State.SUBMITTED and asking.may_review(request.actor, row)
    if may_fill and not is_open and not handed:
        raise StateConflict(_("这次征集已经结束，不能再填报"), remedy=_("如确需补报，请联系办公室"))
    sheet = selectors.sheet_of(row, local_day(request.now), handed=not editing) if editing or handed else None
    context = {
        "row": row,
        "call": row.call,
        "sheet": sheet,
        "editing": editing,
        "reviewing": reviewing,
        "own": may_fill,
        "typed": typed or (SheetForm.of(sheet.rows, _own(request)) if sheet and editing else None),
        "problems": problems or [],
        "statement": row.statement if editing else (row.handed_in or {}).get("statement", ""),
        "asked_more": bool(row.call.form),
        "may_carry": editing and sheet is not None and any(
            one.last and not one.said["words"] and not one.said["nothing"] for one in sheet.rows
        ),
    }  # fmt: skip
    return render(request, "work/task_replies.html", context, status=status)
